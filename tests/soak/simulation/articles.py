"""Articles as long as news and with its kinds of words, and how they are indexed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from index.store.catalog import Catalog
from index.store.database import DATABASE
from tests.fakediscord import File
from tests.soak.command import add
from tests.soak.simulation.servers import Server

SENTENCES = 28
"""About 550 words, in five passages."""

INDEXED_SECONDS = 600.0

_PEOPLE = (
    "minister mayor spokeswoman regulator economist engineer farmer surgeon trader judge".split()
)
_VERBS = "said told reporters|warned on Monday|confirmed in a statement|denied".split("|")
_CLAIMS = """
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
    rng = random.Random(number * 1_000 + version)
    place = f"{rng.choice('BDFGKLMNPRSTV')}{rng.choice('aeiou')}rr{rng.choice('aio')}ngen"
    title = f"Report {number} from {place}"
    return title, " ".join(_sentence(rng, place, number) for _ in range(SENTENCES))


def _sentence(rng: random.Random, place: str, number: int) -> str:
    who, text, what = rng.choice(_PEOPLE), rng.choice(_VERBS), rng.choice(_CLAIMS).strip()
    return f"The {who} of {place} {text} that {what}, item {rng.randrange(10_000)} of {number}."


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


async def upload(server: Server, numbers: Iterable[int], version: int = 0) -> str | None:
    """Index articles by one command; return what went wrong, if anything did."""
    first, *more = [file(number, version) for number in numbers]
    further = {f"file{place}": one for place, one in enumerate(more, 2)}
    sent = await server.manager.slash(server.channel, "index file", file=first, **further)
    try:
        await sent.final(INDEXED_SECONDS, settle=0.2, until=lambda ix: bool(ix.embeds))
    except AssertionError as error:
        return str(error)
    wrong = "failed" in sent.content_text or "I couldn't index" in sent.content_text
    return sent.content_text if wrong else None


async def add_by_command_line(data: Path, folder: Path, numbers: Iterable[int]) -> None:
    """Index articles by `footnote add` in a process of its own."""
    write(folder, numbers)
    await asyncio.to_thread(add, data, folder, INDEXED_SECONDS)


def published(data: Path) -> set[int]:
    """The numbers of the articles that are in a data folder, in whatever space."""
    with closing(Catalog(data / DATABASE)) as catalog, catalog.snapshot() as snapshot:
        titles = [article.title.split() for article in snapshot.articles(snapshot.spaces())]
    return {int(title[1]) for title in titles if title[0] == "Report"}
