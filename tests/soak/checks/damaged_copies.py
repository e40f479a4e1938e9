"""Chroma's and BM25's folders deleted, cut short, overwritten, or of another model."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path

from index.library import Library
from index.model import Space
from tests.builders import long_document
from tests.fake_models import HashingEmbedder, OtherModel
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.processes import SILENT_SECONDS, Child
from tests.soak.steps import ARTICLES, IN_SYNC_SECONDS, publish, restart

TITLE = "Chroma's and BM25's folders damaged"
SOAK = 200
SUITE = 5

OTHERS = 9
"""Articles beside those of the steps, so many that Chroma has written its graph to files."""

SENTENCES = 900
ELSEWHERE = Space("1001")


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """Do each damage to each file in turn, to the folder as a clean stop or a kill had left it."""
    others = OTHERS if rounds.count > SUITE else 0  # each takes a second, and as much to repair
    for name, target in (("sound", _fill), ("foreign", _fill_by_another)):
        with Child(target, folder / name, others) as child:
            list(child.messages(SILENT_SECONDS))
    tried, problems, repairs = 0, [], [0.0]
    cases = product(_damages(folder / "sound"), (False, True))
    for _, ((name, damage), killed) in zip(rounds, cases, strict=False):
        data = folder / "tried"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(folder / "sound", data)  # with the times of the files
        if killed:
            (data / "chroma.sealed").unlink()
        damage(data)
        found, seconds = restart(data, ARTICLES - 1)
        problems += [f"{name}{' after a kill' if killed else ''}: {one}" for one in found]
        repairs.append(seconds)
        tried += 1
    yield Figure("folders damaged (each file gone, empty, halved, overwritten)", str(tried), True)
    yield Figure("lost, wrongly answered, unrepaired or crashed", first_few(problems), not problems)
    yield Figure("longest until Chroma was in sync again", f"{max(repairs):.1f} s", True)


def _damages(sound: Path) -> list[tuple[str, Callable[[Path], None]]]:
    """Every damage with its name, those to the largest files first, whole folders before them."""
    damages: list[tuple[str, Callable[[Path], None]]] = [
        ("chroma deleted", lambda data: shutil.rmtree(data / "chroma")),
        ("chroma of another model", _exchange),
        ("lexical deleted", lambda data: shutil.rmtree(data / "lexical")),
    ]
    files = {p.name: p for p in (sound / "chroma").rglob("*") if p.is_file()}
    files |= {p.suffix: p for p in (sound / "lexical").iterdir()}  # segments have the same kinds
    for file in sorted(files.values(), key=lambda file: -file.stat().st_size):
        path = file.relative_to(sound)
        damages += [(f"{path} {kind.__doc__}", partial(_to_file, path, kind)) for kind in KINDS]
    return damages


def _to_file(path: Path, damage: Callable[[Path], None], data: Path) -> None:
    damage(data / path)


def halve(file: Path) -> None:
    """halved"""
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def _lose(file: Path) -> None:
    """gone"""
    file.unlink()


def _overwrite(file: Path) -> None:
    """overwritten"""
    file.write_bytes(bytes(n * 37 % 256 for n in range(file.stat().st_size)))


def _empty(file: Path) -> None:
    """empty"""
    file.write_bytes(b"")


KINDS = (halve, _lose, _overwrite, _empty)


def _exchange(data: Path) -> None:
    foreign = data.parent / "foreign"
    shutil.rmtree(data / "chroma")
    shutil.copytree(foreign / "chroma", data / "chroma")
    if (data / "chroma.sealed").exists():
        shutil.copy2(foreign / "chroma.sealed", data / "chroma.sealed")


def _fill(send: Callable[[int], None], data: Path, others: int) -> None:
    _fill_with(data, HashingEmbedder(), others)


def _fill_by_another(send: Callable[[int], None], data: Path, others: int) -> None:
    _fill_with(data, OtherModel(), 0)


def _fill_with(data: Path, embedder: HashingEmbedder, others: int) -> None:
    with Library.open(data, embedder) as library:
        for step in range(ARTICLES):
            publish(library, step)
        texts = (long_document(f"Other {n}", SENTENCES, f"o{n}") for n in range(others))
        library.ingest(texts, ELSEWHERE)
        assert library._vectors.wait(IN_SYNC_SECONDS)
