"""Lines of the command line that several commands show, or that depend on what happened."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from bot.settings import VARIABLES, Settings, SettingsError
from bot.text import listed, plural
from index.errors import (
    DamagedDatabase,
    EmbedderChanged,
    FootnoteError,
    ModelNotFound,
    SchemaTooNew,
    StorageError,
    UnknownArticle,
)
from index.model import Added, Article, Report, Space

ERROR, WARNING = "footnote: ", "warning: "
CLOSEST = "Closest:"
GAP = ("{} (asked {}×)", "{} (asked {}×; perhaps in the articles)")
NO_ARTICLES = "There are no articles yet. Add some: footnote add PATH"
NO_PATH = "no such file or folder"
PERHAPS_LINK = "there's no such file; if it's a link, put https:// in front of it"
OTHER_LINK = "I only read links that begin with https:// or http://"
CHAT_COMMAND = "That's a command. Run it in another terminal, or leave the chat first: exit"
ANOTHER_LINE = "Ask a question, or: /help, /articles, exit."
SPACES_LISTED = 10
MATCHES_NAMED = 5
FIRST_QUESTION = "What did Hegseth say about NATO?"
"""What `footnote run` answers where nobody can type."""

STOPPED = "Stopped. What was finished before stays.\n"
NO_BOT = "No DISCORD_TOKEN, so here is a chat. To set up a bot: {} init"
RESTORE_REMEDY = (
    "restore a backup: footnote restore FILE; without one, move it away and add the articles again"
)
POSTGRES_REMEDY = "restore a dump: pg_restore (docs/operations.md, PostgreSQL)"
_OF_POSTGRES = (
    "the articles are in PostgreSQL (DATABASE_URL), so {}; docs/operations.md has the command"
)
BACKUP_OF_POSTGRES = _OF_POSTGRES.format("save them with its pg_dump")
RESTORE_OF_POSTGRES = _OF_POSTGRES.format("restore them with its pg_restore")
FULL = ("database or disk is full", os.strerror(errno.ENOSPC))
"""What SQLite and the system say of a full disk."""

FREE_SPACE = "; free some space"
PREPARING = "Preparing the models (only the first time; up to a minute)"
INDEXING = "Indexing"
CHAT_ADDING = "To add articles: footnote add PATH_OR_LINK, in another terminal."
CHAT_HELP = (
    "I answer questions from the articles, in their exact words.",
    "Type a question and press Enter.",
    "/articles  list the articles",
    "/help      show this",
    "exit       leave (or Ctrl-D); Ctrl-C drops the line",
    CHAT_ADDING,
)
NOT_JSON, NOT_UTF8 = "not JSON", "not UTF-8"
LOADING = "Loading the models"
STDIN = "standard input"
"""Named in errors. It has no suffix, so that its text tells what kind of file it is."""

ENV_FORMAT = "UTF-8 text, NAME=value lines"

# Findings and remedies of `footnote doctor` and `footnote health`.
NOT_A_SETTING = "not a Footnote setting"
ANOTHER_PROGRAM = "another program answers there"
BOT_REMEDY = "run: footnote init"
READER_REMEDY = "reinstall Footnote, or run: git checkout index/models/trained"
NETWORK_REMEDY = "check the network, proxy and firewall, and discordstatus.com"
PARSERS_REMEDY = "only index what you trust, or run Footnote on Linux"
BAD_LINE = "{file}, line {number}: I ignore it, because it isn't NAME=value"
SILENT = "the bot doesn't answer on port {port}: {reason}"
SAMPLE = 'No articles yet, so I added a sample. To remove it: footnote remove "{}"'
NO_FOLDER = "there's no folder {}"
FILE_TO_WATCH = "{0} is a file, and I watch folders; to add it once: footnote add {0}"
SEEDS_ELSEWHERE = "{}: another process keeps its articles up to date"
UNREACHED = "it can't be reached: {}"
NO_ANSWER_IN = "no answer in {:g} seconds"


def preparing(ready: int, count: int, seconds: float) -> str:
    return f"{PREPARING}: {ready} of {count} ready, {seconds:.0f} s"


def looked_in(settings: Settings) -> str:
    """Say where no articles are, and what sets another place."""
    if settings.database:
        return "I looked in the database that DATABASE_URL names."
    return f"I looked in {settings.data.absolute()}; FOOTNOTE_DATA sets another folder."


def several(words: str, articles: Sequence[Article]) -> str:
    """Say that some words find several articles, and name the first of them."""
    named = ((one.title, one.id, one.published) for one in articles[:MATCHES_NAMED])
    first = [f"{title} ({id_}{f', {day[:10]}' if day else ''})" for title, id_, day in named]
    which = listed(first, "or")
    if more := len(articles) - len(first):
        which = f"{', '.join(first)} or one of {more:,} more (footnote list {words})"
    return f"{len(articles):,} articles match {words!r}; did you mean {which}?"


def same_file(file: str, articles: Sequence[Article]) -> str:
    named = listed([f"{article.title} ({article.id})" for article in articles], "or")
    return f"several articles are from a file {file}; did you mean {named}?"


def unknown_variable(name: str, meant: str | None) -> str:
    return f"{name} is {NOT_A_SETTING}; {meant_variable(meant)}"


def meant_variable(meant: str | None) -> str:
    """Name the setting that an unknown variable means, else all."""
    known = ", ".join(variable for variable, _ in VARIABLES.values())
    return f"did you mean {meant}?" if meant else f"the settings are {known}"


def unknown_space(name: Space, there: Sequence[Space]) -> str:
    known = ", ".join(there[:SPACES_LISTED]) + (", ..." if len(there) > SPACES_LISTED else "")
    return f"there are no articles in the space {name!r}, only in: {known}"


def no_question(command: str) -> str:
    return f'no question given; try: footnote {command} "{FIRST_QUESTION}" (or --batch FILE)'


def plots(paths: Sequence[Path]) -> str:
    return f"Plots: {', '.join(map(str, paths))}"


def marked(count: int, folder: Path) -> str:
    return f"Marked: {plural(count, 'question')}. To measure: footnote evaluate {folder}"


def explain(error: FootnoteError) -> str:
    """Say what went wrong and, where there is one, the command that helps."""
    match error:
        case UnknownArticle():
            named = [f"{article.title} ({article.id})" for article in error.near]
            hint = f"did you mean {listed(named, 'or')}?" if named else "footnote list shows all"
            return f"there's no article {error.article_id!r}; {hint}"
        case ModelNotFound():
            return (
                f"FOOTNOTE_MODEL: I can't get the model {error.model!r}: {error.reason}; "
                "set it to a folder with the model, or leave it empty for the packaged one"
            )
        case EmbedderChanged():
            return (
                f"the index was made with the model {error.stored}, not {error.current}; "
                "to compute all vectors again: footnote reindex --all"
            )
        case SchemaTooNew():
            return (
                f"{error.path} has schema {error.found}, and this release reads up to "
                f"{error.supported}; install the release that wrote it, or a newer one"
            )
        case DamagedDatabase():
            remedy = POSTGRES_REMEDY if on_server(error) else RESTORE_REMEDY
            return f"{error.path} is damaged ({error.reason}); {remedy}"
        case _:
            return str(error)


def settings_error(error: SettingsError) -> str:
    return f"{error.variable} is {error.given}; allowed: {error.allowed}"


def on_server(error: StorageError) -> bool:
    """Tell whether an error is of PostgreSQL, and not of a file."""
    return error.path.startswith("postgresql:")


def set_folder(variable: str, *, full: bool) -> str:
    """Say which variable names the folder that an error is about."""
    if full:
        return f"{FREE_SPACE}, or set {variable} to a folder on another disk"
    return f"; set {variable} to a folder that I can read and write"


def os_error(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def missing(paths: list[Path]) -> str:
    return f"{NO_PATH}: {', '.join(map(str, paths))}"


def report(done: Report) -> str:
    failed = len(done.failed)
    counts = {"unchanged": done.skipped, "already here": done.duplicates, "failed": failed}
    others = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    if done.indexed:
        articles, passages = plural(len(done.indexed), "article"), plural(done.passages, "passage")
        made = f"Indexed {articles} ({passages}) in {done.seconds:.1f} s"
        return f"{made}; {others}." if others else f"{made}."
    if not others:
        return "There are no articles to index."
    if not (done.skipped or done.duplicates):
        return f"Nothing was indexed: {failed} failed."
    if done.duplicates or failed:
        return f"Nothing new: {others}."
    if done.skipped == 1:
        return "Nothing new: the article is unchanged."
    return f"Nothing new: all {done.skipped:,} articles are unchanged."


def duplicate(one: Added) -> str:
    article = one.article
    source = f", {article.source_or_file}" if article.source_or_file else ""
    return f"{one.copy} is already here as {article.id}: {article.title}{source}"


def seeds(folder: Path, done: Report) -> str:
    if not (done.added or done.failed):
        return f"{folder}: no articles in it"
    if done.indexed or done.duplicates or done.failed:
        summary = report(done)
        return f"{folder}: {summary[0].lower()}{summary[1:]}"
    return f"{folder}: {plural(done.skipped, 'article')}, unchanged"


def watching(folder: Path, done: Report) -> str:
    files = plural(len(done.added), "article")
    return f"Watching {folder} ({files}, {done.skipped} unchanged); Ctrl-C to stop."


def watched(status: str, folder: Path, article: Article) -> str:
    """Say what became of one file: "added", "replaced" or "removed"."""
    origin, root = Path(article.origin or ""), folder.resolve()
    file = origin.relative_to(root) if origin.is_relative_to(root) else origin
    verb = "changed" if status == "replaced" else status
    return f"{verb} {file}: {article.title} ({article.id})"


def greeting(articles: int) -> str:
    if not articles:
        return NO_ARTICLES
    return f"Footnote answers from {plural(articles, 'article')}. {ANOTHER_LINE}"


def restored(articles: int, file: Path, kept: Path | None) -> str:
    """Say that a backup is in use, and where the way back is."""
    before = f"; the index that was there is kept as {kept}" if kept else ""
    return f"Restored {plural(articles, 'article')} from {file}{before}"


def remove_prompt(titles: Sequence[str], passages: int) -> str:
    each = listed([repr(title) for title in titles], "and")
    return f"Remove {each} ({plural(passages, 'passage')})? [y/N] "


def removed(article: Article) -> str:
    return f"Removed {article.id}: {article.title}"


def feeds(total: int, due: int, failing: int) -> str:
    return f"{plural(total, 'feed')}, {due} due" + (f", {failing} failing" if failing else "")


def earlier(date: str) -> str:
    """Introduce what an older article says instead; `date` is "" where it has none."""
    return f"Earlier ({date}): " if date else "Earlier: "
