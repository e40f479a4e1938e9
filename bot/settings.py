"""The settings, read once from a mapping of environment variables."""

from __future__ import annotations

import os.path
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from index.model import THRESHOLD


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that shows itself only when asked to."""

    value: str

    def reveal(self) -> str:
        """Return the text."""
        return self.value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__


LLM_TIMEOUT_SECONDS = 20.0

LLM_TIMEOUT_RANGE = (1.0, 600.0)

PORTS = range(1, 65_536)

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

LOG_FORMATS = ("text", "json")

PACKAGED_MODELS = ("all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2")
"""Names of the model that is installed with Footnote; naming it is the same as naming none."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}=*")

_MODEL = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?", re.ASCII)


class SettingsError(Exception):
    """A variable has a value that cannot be used.

    Attributes:
        variable: Its name. given: Its value (for a secret, only what is wrong with it).
        allowed: What may be given, in plain words.
    """

    def __init__(self, variable: str, given: str, allowed: str) -> None:
        super().__init__(f"{variable} is {given}; allowed is {allowed}")
        self.variable = variable
        self.given = given
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """A model behind an OpenAI-compatible server; `timeout_seconds` is for a whole text."""

    base_url: str
    model: str
    key: Secret | None = None
    timeout_seconds: float = LLM_TIMEOUT_SECONDS


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; the defaults are those of an empty environment.

    `token` None means that there is no bot to start, `model` None the packaged model,
    `chroma_url` None the embedded Chroma, `index_role` None that only Manage Server may index.
    `threshold` is the confidence (0 to 1) from which on a question is answered; `llm` None means
    that answers are in the articles' own words, `metrics_port` None that nothing is served.
    `models` is a folder with the models as they were converted before, None the data folder's.
    """

    token: Secret | None
    data: Path
    seeds: Path
    model: str | None
    chroma_url: str | None
    index_role: str | None
    log_level: str
    threshold: float = THRESHOLD
    llm: LanguageModelSettings | None = None
    log_format: str = "text"
    metrics_port: int | None = None
    models: Path | None = None

    @property
    def model_cache(self) -> Path:
        """Where converted models are kept; it is only read where it holds them."""
        return self.models or self.data / "models"

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What must be shown nowhere."""
        return tuple(filter(None, (self.token, self.llm.key if self.llm else None)))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read every variable once; an empty one counts as not set. Raises SettingsError."""

        def value(variable: str) -> str | None:
            return environ.get(variable, "").strip() or None

        return cls(
            token=_token(value("DISCORD_TOKEN")),
            data=_folder("FOOTNOTE_DATA", value("FOOTNOTE_DATA") or "./data"),
            seeds=_folder("FOOTNOTE_SEEDS", value("FOOTNOTE_SEEDS") or "./seeds"),
            models=_folder("FOOTNOTE_MODELS", at) if (at := value("FOOTNOTE_MODELS")) else None,
            model=_model(value("FOOTNOTE_MODEL")),
            chroma_url=_chroma_url(value("CHROMA_URL")),
            index_role=value("FOOTNOTE_INDEX_ROLE"),
            log_level=_log_level(value("LOG_LEVEL")),
            log_format=_log_format(value("LOG_FORMAT")),
            metrics_port=_metrics_port(value("METRICS_PORT")),
            threshold=_threshold(value("FOOTNOTE_THRESHOLD")),
            llm=_llm(
                _llm_url(value("LLM_BASE_URL")),
                value("LLM_MODEL"),
                _llm_key(value("LLM_API_KEY")),
                _llm_timeout(value("LLM_TIMEOUT")),
            ),
        )


def _token(given: str | None) -> Secret | None:
    if given is None:
        return None
    if not _TOKEN.fullmatch(given):
        parts = given.count(".") + 1
        raise SettingsError(
            "DISCORD_TOKEN",
            f"a text of {len(given)} characters in {parts} part{'s' * (parts != 1)}",
            "a bot token: three parts of letters, digits, - and _ with dots between them "
            "(Developer Portal, Bot, Reset Token)",
        )
    return Secret(given)


def _model(given: str | None) -> str | None:
    if given is None or given in PACKAGED_MODELS:
        return None
    allowed = "a sentence-transformers model: a folder, or a name such as all-MiniLM-L6-v2"
    # Unlike a Path, isdir says no to a name that no system takes.
    if not _MODEL.fullmatch(given) and not os.path.isdir(_folder("FOOTNOTE_MODEL", given, allowed)):
        raise SettingsError("FOOTNOTE_MODEL", repr(given), allowed)
    return given


def _folder(variable: str, given: str, allowed: str = "the path of a folder") -> Path:
    try:
        if "\0" in given:
            raise ValueError("a path has no NUL")
        return Path(given).expanduser()
    except (RuntimeError, ValueError) as error:  # ~somebody that the system does not know
        raise SettingsError(variable, repr(given), allowed) from error


def _chroma_url(given: str | None) -> str | None:
    url = _url("CHROMA_URL", given, "http(s)://host[:port]")
    if url and urlsplit(url).path:
        raise SettingsError("CHROMA_URL", repr(given), "http(s)://host[:port]")
    return url


def _url(variable: str, given: str | None, allowed: str) -> str | None:
    """A link to a server, without what could be a secret in it."""
    if given is None:
        return None
    try:
        url = urlsplit(given)
        whole = bool(url.scheme in ("http", "https") and url.hostname and url.port != 0)
    except ValueError:  # a port that is no number, or a bracket that is not closed
        whole = False
    if not whole or "@" in given or url.query or url.fragment:
        # What stands before an @ or behind a ? may be a password.
        secret = "@" in given or "?" in given
        shown = "a link with a name, password or parameter in it" if secret else repr(given)
        raise SettingsError(variable, shown, allowed)
    return given.rstrip("/")


def _llm(
    base_url: str | None, model: str | None, key: Secret | None, timeout_seconds: float
) -> LanguageModelSettings | None:
    if base_url is None and model is None:
        return None
    if base_url is None or model is None:
        given, other = ("LLM_MODEL", "LLM_BASE_URL") if model else ("LLM_BASE_URL", "LLM_MODEL")
        raise SettingsError(
            given, f"set without {other}", f"both of them, or neither ({other}=...)"
        )
    return LanguageModelSettings(base_url, model, key, timeout_seconds)


def _llm_url(given: str | None) -> str | None:
    return _url(
        "LLM_BASE_URL", given, "http(s)://host[:port]/path, such as http://localhost:11434/v1"
    )


def _llm_key(given: str | None) -> Secret | None:
    if given is None:
        return None
    if not (given.isascii() and given.isprintable()) or " " in given:
        raise SettingsError(
            "LLM_API_KEY",
            f"a text of {len(given)} characters, some of which no key has",
            "letters, digits and marks of ASCII without spaces",
        )
    return Secret(given)


def _llm_timeout(given: str | None) -> float:
    lowest, highest = LLM_TIMEOUT_RANGE
    try:
        seconds = LLM_TIMEOUT_SECONDS if given is None else float(given)
    except ValueError:
        seconds = 0.0
    if not lowest <= seconds <= highest:
        allowed = f"seconds, {lowest:g} to {highest:g}, such as {LLM_TIMEOUT_SECONDS:g}"
        raise SettingsError("LLM_TIMEOUT", repr(given), allowed)
    return seconds


def _log_level(given: str | None) -> str:
    level = (given or "INFO").upper()
    if level not in LOG_LEVELS:
        raise SettingsError("LOG_LEVEL", repr(given), ", ".join(LOG_LEVELS))
    return level


def _log_format(given: str | None) -> str:
    form = (given or "text").lower()
    if form not in LOG_FORMATS:
        raise SettingsError("LOG_FORMAT", repr(given), ", ".join(LOG_FORMATS))
    return form


def _metrics_port(given: str | None) -> int | None:
    if given is None or given == "0":
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 6 and int(given) in PORTS):
        allowed = f"a port, {PORTS[0]} to {PORTS[-1]}, such as 9464; 0 for none"
        raise SettingsError("METRICS_PORT", repr(given), allowed)
    return int(given)


def _threshold(given: str | None) -> float:
    if given is None:
        return THRESHOLD
    try:
        threshold = float(given)
    except ValueError:
        threshold = -1.0
    if not 0 <= threshold <= 1:
        raise SettingsError("FOOTNOTE_THRESHOLD", repr(given), "a number from 0 to 1, such as 0.5")
    return threshold
