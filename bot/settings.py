"""The operator's settings, read once from a mapping of environment variables."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeAlias
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic.dataclasses import dataclass
from rapidfuzz import fuzz, process

from index.model import THRESHOLDS, Thresholds

LLM_TIMEOUT_SECONDS = 20.0
WEB_PORT = 8370

PACKAGED_MODELS = ("all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2")
"""Names of the model that is installed with Footnote; naming it is the same as naming none."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}=*")
_MODEL = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?", re.ASCII)
_FOLDER = "the path of a folder"

_PREFIX = "FOOTNOTE_"

_MEANT = 75.0
"""The similarity (0 to 100) from which on a known variable is what a FOOTNOTE_ one means."""

_MISSPELT = 85.0
"""The same for one without the prefix, which may be another program's: DISCORD_BOT_TOKEN has 87."""

VARIABLES = {
    "token": (
        "DISCORD_TOKEN",
        "a bot token: three parts of letters, digits, - and _, separated by dots "
        "(Developer Portal, Bot, Reset Token)",
    ),
    "data": ("FOOTNOTE_DATA", _FOLDER),
    "seeds": ("FOOTNOTE_SEEDS", _FOLDER),
    "models": ("FOOTNOTE_MODELS", _FOLDER),
    "model": (
        "FOOTNOTE_MODEL",
        "a sentence-transformers model: a folder, or a name such as all-MiniLM-L6-v2",
    ),
    "chroma_url": ("CHROMA_URL", "http(s)://host[:port]"),
    "chroma_tenant": ("CHROMA_TENANT", "the name of a tenant of the Chroma server"),
    "chroma_database": ("CHROMA_DATABASE", "the name of a database of the tenant"),
    "chroma_key": ("CHROMA_API_KEY", "ASCII letters, digits and punctuation without spaces"),
    "database_url": (
        "DATABASE_URL",
        "postgresql://user:password@host[:port]/database, or empty for SQLite in the data folder "
        "(write @ / ? # % of the password as %40 %2F %3F %23 %25)",
    ),
    "index_role": ("FOOTNOTE_INDEX_ROLE", "the name of a role"),
    "log_level": ("LOG_LEVEL", "DEBUG, INFO, WARNING, ERROR"),
    "log_format": ("LOG_FORMAT", "text, json"),
    "shards": ("SHARDS", "shards of all, such as 0-3/16 or 5/16"),
    "metrics_port": ("METRICS_PORT", "a port, 1 to 65535, such as 9464; 0 for none"),
    "threshold": ("FOOTNOTE_THRESHOLD", "a number from 0 to 1, such as 0.5"),
    "perhaps": ("FOOTNOTE_PERHAPS", "a number from 0 to 1, such as 0.3"),
    "llm_url": ("LLM_BASE_URL", "http(s)://host[:port]/path, such as http://localhost:11434/v1"),
    "llm_model": ("LLM_MODEL", "the name of a model"),
    "llm_key": ("LLM_API_KEY", "ASCII letters, digits and punctuation without spaces"),
    "llm_timeout_seconds": ("LLM_TIMEOUT", f"seconds, 1 to 600, such as {LLM_TIMEOUT_SECONDS:g}"),
    "web_url": ("WEB_URL", "http(s)://host[:port], where people reach the web page"),
    "web_host": ("WEB_HOST", "an IP address of this machine, such as 127.0.0.1"),
    "web_port": ("WEB_PORT", "a port, 1 to 65535, such as 8370"),
    "web_password": ("WEB_PASSWORD", "8 to 200 characters"),
    "web_user_header": (
        "WEB_USER_HEADER",
        "the name of a header that your reverse proxy sets, such as X-Remote-User",
    ),
    "web_proxy": (
        "WEB_PROXY",
        "addresses or networks of the reverse proxy, separated by commas, such as 172.18.0.0/16",
    ),
    "web_public": ("WEB_PUBLIC", "1 for reading and asking without a password, 0"),
}
"""Of each setting: its variable, and what may be given, in plain words."""


def unknown(environ: Mapping[str, str]) -> dict[str, str | None]:
    """Return the variables that are set for Footnote but not known, with what each may mean.

    That is every other FOOTNOTE_ variable, and what looks like another one that is not set.
    """
    known = {variable: _words(variable) for variable, _ in VARIABLES.values()}
    others = [name for name in environ if name not in known and environ[name].strip()]
    missing = [variable for variable in known if not environ.get(variable, "").strip()]
    found: dict[str, str | None] = {}
    for name in others:
        if name.upper().startswith(_PREFIX):
            near = process.extractOne(_words(name), known, scorer=fuzz.WRatio, score_cutoff=_MEANT)
            found[name] = near[2] if near else None
        elif close := process.extractOne(name, missing, scorer=fuzz.ratio, score_cutoff=_MISSPELT):
            found[name] = close[0]
    return found


def _words(variable: str) -> str:
    return variable.upper().removeprefix(_PREFIX).replace("_", " ")


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


# What these raise is shown in place of the value, which may hold a secret.


def _token(given: str) -> str:
    if not _TOKEN.fullmatch(given):
        parts = given.count(".") + 1
        raise ValueError(f"{len(given)} characters in {parts} part{'s' * (parts != 1)}")
    return given


def _key(given: str) -> str:
    if not (given.isascii() and given.isprintable()) or " " in given:
        raise ValueError(f"{len(given)} characters, some of which can't be in a key")
    return given


def _folder(given: str) -> Path:
    try:
        if "\0" not in given:
            return Path(given).expanduser()
    except RuntimeError:  # ~somebody that the system does not know
        pass
    raise ValueError(repr(given))


def _model(given: str) -> str | None:
    # Unlike a Path, isdir says no to a name that no system takes.
    if not _MODEL.fullmatch(given) and not os.path.isdir(_folder(given)):
        raise ValueError(repr(given))
    return None if given in PACKAGED_MODELS else given


def _url(given: str) -> str:
    """Refuse anything but a link to a server, and links that may contain a secret."""
    try:
        url = urlsplit(given)
        whole = bool(url.scheme in ("http", "https") and url.hostname and url.port != 0)
    except ValueError:  # a port that is no number, or a bracket that is not closed
        whole = False
    if not whole or "@" in given or url.query or url.fragment:
        # What stands before an @ or behind a ? may be a password.
        secret = "@" in given or "?" in given
        raise ValueError("a link with a name, password or parameter in it" * secret or repr(given))
    return given.rstrip("/")


def _server_url(given: str) -> str:
    url = _url(given)
    if urlsplit(url).path:
        raise ValueError(repr(given))
    return url


def _database_url(given: str) -> str:
    """Refuse anything but a PostgreSQL address, without repeating its password."""
    try:
        url = urlsplit(given)
        whole = bool(url.path.strip("/") and url.port != 0 and not url.fragment)
    except ValueError:
        raise ValueError("no complete link") from None
    if url.scheme not in ("postgresql", "postgres"):
        raise ValueError("no link to PostgreSQL")
    if not whole or url.netloc.count("@") > 1:
        raise ValueError("no complete link")
    return f"postgresql{given[len(url.scheme) :]}"


def _port(given: str) -> int | None:
    if not (given.isascii() and given.isdecimal() and len(given) < 6 and int(given) < 65_536):
        raise ValueError(repr(given))
    return int(given) or None


def _is_local(url: str | None) -> bool:
    """Tell whether there is no address, or only this machine can reach it."""
    return url is None or urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")


def _password(given: str) -> str:
    if not 8 <= len(given) <= 200:
        raise ValueError(f"{len(given)} characters")
    return given


def _header(given: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]{1,60}", given):
        raise ValueError(repr(given))
    return given


def _networks(given: str) -> tuple[IpNetwork, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in given.split(","))
    except ValueError as error:
        raise ValueError(repr(given)) from error


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards that this process runs: `first` to `last` (from 0, inclusive) of `count`."""

    first: int
    last: int
    count: int


_SHARDS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", re.ASCII)


def _shards(given: str) -> Shards:
    if found := _SHARDS.fullmatch(given.replace(" ", "")):
        first, last, count = (int(number or found[1]) for number in found.groups())
        if first <= last < count:
            return Shards(first, last, count)
    raise ValueError(repr(given))


FolderPath = Annotated[Path, BeforeValidator(_folder)]

IpNetwork: TypeAlias = IPv4Network | IPv6Network

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))


class LanguageModelSettings(NamedTuple):
    """A model on an OpenAI-compatible server; `timeout_seconds` covers the whole text."""

    base_url: str
    model: str
    key: SecretStr | None = None
    timeout_seconds: float = LLM_TIMEOUT_SECONDS


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; the defaults are those of an empty environment.

    Attributes (and what None means):
        token: The bot's token (no bot is started).
        model: The embedding model (the packaged one).
        models: A folder with converted models (the one in the data folder).
        chroma_url: A Chroma server (the embedded Chroma).
        database_url: A PostgreSQL database (SQLite).
        index_role: A role whose members may index (only members with Manage Server).
        metrics_port: Where metrics are served (they are not).
        shards: Which shards this process runs (all that Discord recommends).
        threshold, perhaps: The lowest confidences (0 to 1) of a sure and of an unsure answer.
        web_url: The address at which people open the web page (answers have no links to it).
        web_user_header: The header in which a reverse proxy at one of the `web_proxy` addresses
            names the user (none does).
        web_public: Whether anybody may read and ask without logging in.
    """

    token: Annotated[SecretStr, BeforeValidator(_token)] | None = None
    data: FolderPath = Path("data")
    seeds: FolderPath = Path("seeds")
    models: FolderPath | None = None
    model: Annotated[str | None, BeforeValidator(_model)] = None
    chroma_url: Annotated[str, BeforeValidator(_server_url)] | None = None
    chroma_tenant: str = "default_tenant"
    chroma_database: str = "default_database"
    chroma_key: Annotated[SecretStr, BeforeValidator(_key)] | None = None
    database_url: Annotated[SecretStr, BeforeValidator(_database_url)] | None = None
    index_role: str | None = None
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)
    ] = "INFO"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(str.lower)] = "text"
    metrics_port: Annotated[int | None, BeforeValidator(_port)] = None
    shards: Annotated[Shards, BeforeValidator(_shards)] | None = None
    threshold: Annotated[float, Field(ge=0, le=1)] = THRESHOLDS.sure
    perhaps: Annotated[float, Field(ge=0, le=1)] = THRESHOLDS.perhaps
    llm_url: Annotated[str, BeforeValidator(_url)] | None = None
    llm_model: str | None = None
    llm_key: Annotated[SecretStr, BeforeValidator(_key)] | None = None
    llm_timeout_seconds: Annotated[float, Field(ge=1, le=600)] = LLM_TIMEOUT_SECONDS
    web_url: Annotated[str, BeforeValidator(_server_url)] | None = None
    web_host: IPv4Address | IPv6Address = IPv4Address("127.0.0.1")
    web_port: Annotated[int, BeforeValidator(_port)] = WEB_PORT
    web_password: Annotated[SecretStr, BeforeValidator(_password)] | None = None
    web_user_header: Annotated[str, BeforeValidator(_header)] | None = None
    web_proxy: Annotated[tuple[IpNetwork, ...], BeforeValidator(_networks)] = LOOPBACK
    web_public: bool = False

    def check_web(self) -> None:
        """Raise SettingsError if anybody could change articles on the web page."""
        outside = not self.web_host.is_loopback or not _is_local(self.web_url)
        if outside and not (self.web_password or self.web_user_header or self.web_public):
            name, given = ("WEB_URL", self.web_url)
            if not self.web_host.is_loopback:
                name, given = "WEB_HOST", str(self.web_host)
            allowed = "only with WEB_PASSWORD, WEB_USER_HEADER or WEB_PUBLIC=1"
            raise SettingsError(name, f"{given}, which others can reach", allowed)

    @property
    def llm(self) -> LanguageModelSettings | None:
        """The language model; None for answers in the articles' own words."""
        if self.llm_url is None or self.llm_model is None:
            return None
        return LanguageModelSettings(
            self.llm_url, self.llm_model, self.llm_key, self.llm_timeout_seconds
        )

    @property
    def thresholds(self) -> Thresholds:
        """What an answer is sure from, and may be one from."""
        return Thresholds(self.threshold, self.perhaps)

    @property
    def model_cache(self) -> Path:
        """Where converted models are kept; it is only read where it holds them."""
        return self.models or self.data / "models"

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """What must be shown nowhere."""
        given = (
            self.token,
            self.llm_key,
            self.web_password,
            self.database_url,
            self.chroma_key,
        )
        return (*filter(None, given), *self._database_passwords())

    def _database_passwords(self) -> Iterator[SecretStr]:
        """Yield the password in DATABASE_URL, as it is written there and as it is."""
        if self.database_url:
            password = urlsplit(self.database_url.get_secret_value()).password or ""
            yield from (SecretStr(password), SecretStr(unquote(password)))

    @property
    def database(self) -> str | None:
        """The address of PostgreSQL, its password included; None for SQLite."""
        return self.database_url.get_secret_value() if self.database_url else None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read every variable once; an empty one counts as not set. Raises SettingsError."""
        given: dict[str, Any] = {
            name: text
            for name, (variable, _) in VARIABLES.items()
            if (text := environ.get(variable, "").strip())
        }
        try:
            settings = cls(**given)
        except ValidationError as errors:
            first = errors.errors()[0]
            name = str(first["loc"][0])
            reason = first.get("ctx", {}).get("error")
            raise SettingsError(
                VARIABLES[name][0], str(reason or repr(given[name])), VARIABLES[name][1]
            ) from None  # pydantic's error repeats what was given
        if (settings.llm_url is None) != (settings.llm_model is None):
            there, other = ("LLM_MODEL", "LLM_BASE_URL")[:: 1 if settings.llm_model else -1]
            allowed = f"both of them, or neither ({other}=...)"
            raise SettingsError(there, f"set without {other}", allowed)
        return settings
