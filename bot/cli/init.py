"""`footnote init`: the token and the folder of articles into .env, and the invite link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import strings
from bot.cli.app import ENV_FILE, App, Exit, UsageError, app_of, environment
from bot.cli.probes import Application, TokenRejected, Unreachable
from bot.settings import VARIABLES, Settings, SettingsError
from bot.text import listed

TOKEN, SEEDS = VARIABLES["token"][0], VARIABLES["seeds"][0]

PLAIN = re.compile(r"[\w./~=-]+", re.ASCII)
"""A value that needs no quotes. docker run --env-file would take quotes for a part of it."""

HELP_FILE = "Read the bot's token from this file instead of asking."
HELP_FOLDER = "The folder of your articles; I'll make it if it's not there."
WHERE_TOKENS_ARE = (
    "A bot's token: discord.com/developers/applications, New Application, Bot, Reset Token."
)
ASK = "Token (it stays hidden): "
ASK_OR_KEEP = "Token (it stays hidden; Enter keeps the one in .env): "
NOTHING_GIVEN = "a token is needed"
REJECTED = (
    "Discord rejects this token. Make a new one (Developer Portal, Bot, Reset Token) and copy all "
    "of it"
)
NEEDS_FILE = "I can't ask anybody here; use --token-file FILE (and --folder FOLDER)"
KEPT = "Nothing was changed."
NO_MESSAGE_CONTENT = (
    "The Message Content Intent is off, so the bot only reads messages that mention it. To let it "
    "answer every message in its threads: Developer Portal, Bot, Message Content Intent."
)
INVITE = "Open this link to add it to a server:"
START = "Then start it: footnote run"


def init(
    context: typer.Context,
    token_file: Annotated[Path | None, typer.Option(metavar="FILE", help=HELP_FILE)] = None,
    folder: Annotated[str | None, typer.Option(metavar="FOLDER", help=HELP_FOLDER)] = None,
) -> None:
    """Set up a bot: check its token, write .env, print the link that invites it."""
    app = app_of(context)
    if token_file is None and not app.interactive():
        raise UsageError(NEEDS_FILE)
    before = environment({}, ENV_FILE, lambda _: None)
    if token_file is not None:
        token = _read(token_file)
        application = _checked(app, token)
    else:
        token, application = _asked_token(app, before.get(TOKEN, ""))
    if folder is None:
        folder = _asked_folder(app, before.get(SEEDS) or str(Settings().seeds))
    articles = Settings.from_environment({SEEDS: folder}).seeds
    changes = {TOKEN: token, SEEDS: folder}
    changes = {name: value for name, value in changes.items() if before.get(name) != value}
    _confirm(app, [name for name in changes if before.get(name)])
    articles.mkdir(parents=True, exist_ok=True)
    _write(changes)
    _show(app, application, articles)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except ValueError as error:
        raise SettingsError(str(file), "unreadable", "a text file with only the token") from error


def _asked_token(app: App, before: str) -> tuple[str, Application]:
    """Ask until Discord accepts a token; Enter alone keeps `before`, if that is not empty."""
    app.print_error(WHERE_TOKENS_ARE)
    while True:
        token = app.read_hidden(ASK_OR_KEEP if before else ASK).strip() or before
        try:
            return token, _checked(app, token)
        except UsageError as error:
            app.print_error(f"{error}.")
        except SettingsError as error:
            app.print_error(f"{strings.settings_error(error)}.")


def _checked(app: App, token: str) -> Application:
    """Return the token's application. Raises SettingsError, UsageError for one that is wrong."""
    secret = Settings.from_environment({TOKEN: token}).token
    if secret is None:
        raise UsageError(NOTHING_GIVEN)
    try:
        return app.ask_application(secret)
    except TokenRejected:
        raise UsageError(REJECTED) from None
    except Unreachable as error:
        problem = f"Discord: {strings.UNREACHED.format(str(error))}; {strings.NETWORK_REMEDY}"
        app.error(problem)
        raise typer.Exit(Exit.FAILED) from None


def _asked_folder(app: App, before: str) -> str:
    if not app.interactive():
        return before
    return app.read_line(f"Folder of your articles [{before}]: ").strip() or before


def _confirm(app: App, replaced: list[str]) -> None:
    """Ask before values are replaced. Raises UsageError where nobody can be asked."""
    if not replaced:
        return
    names = listed(replaced, "and")
    if not app.interactive():
        raise UsageError(
            f"{ENV_FILE} has another {names}, and I can't ask anybody here; "
            "delete that line, or run footnote init in a terminal"
        )
    answer = app.read_line(f"Replace {names} in {ENV_FILE}? [y/N] ")
    if answer.strip().lower() not in ("y", "yes"):
        app.print_error(KEPT)
        raise typer.Exit(Exit.FAILED)


def _write(changes: Mapping[str, str]) -> None:
    """Set the values in .env and leave its other lines; it is for its owner alone."""
    from dotenv import set_key

    ENV_FILE.touch(mode=0o600)
    ENV_FILE.chmod(0o600)  # before there is a token in it
    for name, value in changes.items():
        quote = "never" if PLAIN.fullmatch(value) else "always"
        set_key(ENV_FILE, name, value, quote_mode=quote, follow_symlinks=True)


def _show(app: App, application: Application, articles: Path) -> None:
    from bot.permissions import invite

    app.print(f"{application.name} is set up: {ENV_FILE} is written, its articles go to {articles}")
    if not application.reads_messages:
        app.print(NO_MESSAGE_CONTENT)
    app.print(INVITE)
    app.print(invite(application.id))
    app.print(START)
