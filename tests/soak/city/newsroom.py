"""Articles of the length and the kind of words of news, and the ways in which they come in."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from index.store.catalog import Catalog
from index.store.database import DATABASE
from tests.fakediscord import File
from tests.soak.city.town import Hall
from tests.soak.command import ROOT, add

SENTENCES = 28
"""About 550 words, in five passages."""

A_COMMAND = 10
"""Files, which is as many as /index file takes."""

INDEXED_SECONDS = 600.0

_WHO = "minister mayor spokeswoman regulator economist engineer farmer surgeon trader judge".split()
_SAID = "said told reporters|warned on Monday|confirmed in a statement|denied".split("|")
_WHAT = """
    the ferry line to the northern islands would close for the winter unless ticket prices rose
    a second reservoir had been filled to a third of its volume by the storms of early spring
    the railway bridge needed eleven months of repairs before heavy trains could cross it again
    hospital waiting times had fallen for the fourth quarter in a row despite the nurses' strike
    exports of barley and rapeseed would be exempt from the new duty until the end of the year
    the court had thrown out the appeal of the mining company over the polluted lower valley
    voters in the coastal districts would be asked again whether the airport should be extended
    the team had measured the glacier's retreat at forty metres a year, twice the earlier figure
    fewer apprentices than ever had signed up for the shipyard's welding and fitting courses
""".strip().splitlines()


def article(number: int, version: int = 0) -> tuple[str, str]:
    """The title and the text of an article; the same numbers always give the same."""
    chance = random.Random(number * 1_000 + version)
    place = f"{chance.choice('BDFGKLMNPRSTV')}{chance.choice('aeiou')}rr{chance.choice('aio')}ngen"
    title = f"Report {number} from {place}"
    return title, " ".join(_sentence(chance, place, number) for _ in range(SENTENCES))


def _sentence(chance: random.Random, place: str, number: int) -> str:
    who, said, what = chance.choice(_WHO), chance.choice(_SAID), chance.choice(_WHAT).strip()
    return f"The {who} of {place} {said} that {what}, item {chance.randrange(10_000)} of {number}."


def file(number: int, version: int = 0) -> File:
    """An article as somebody uploads it."""
    title, text = article(number, version)
    return File(f"report-{number}.txt", f"{title}\n\n{text}\n".encode())


def write(folder: Path, numbers: Iterable[int], version: int = 0) -> list[Path]:
    """Put articles into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for one in (file(number, version) for number in numbers):
        path = folder / one.filename
        path.write_bytes(one.data)
        paths.append(path)
    return paths


def open_seeds(folder: Path) -> None:
    """Make a seeds folder that may be written to, with what the project's own has."""
    shutil.copytree(ROOT / "seeds", folder)


async def upload(hall: Hall, numbers: Iterable[int], version: int = 0) -> str | None:
    """Index articles by one command; return what went wrong, if anything did."""
    first, *more = [file(number, version) for number in numbers]
    further = {f"file{place}": one for place, one in enumerate(more, 2)}
    sent = await hall.chief.slash(hall.channel, "index file", file=first, **further)
    try:
        await sent.final(INDEXED_SECONDS, settle=0.2, until=lambda ix: bool(ix.embeds))
    except AssertionError as error:
        return str(error)
    wrong = "failed" in sent.content_text or "not indexed" in sent.content_text
    return sent.content_text if wrong else None


async def add_beside(data: Path, folder: Path, numbers: Iterable[int]) -> None:
    """Index articles by `footnote add` in a process of its own."""
    write(folder, numbers)
    await asyncio.to_thread(add, data, folder, INDEXED_SECONDS)


def published(data: Path) -> set[int]:
    """The numbers of the articles that are in a data folder, in whatever space."""
    with closing(Catalog(data / DATABASE)) as catalog, catalog.snapshot() as snapshot:
        titles = [article.title.split() for article in snapshot.articles(snapshot.spaces())]
    return {int(title[1]) for title in titles if title[0] == "Report"}
