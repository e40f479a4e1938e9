"""The settings, and .env.example beside them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import SecretStr

from bot.settings import LanguageModelSettings, Settings, SettingsError, Shards
from index.model import THRESHOLDS, Thresholds

EXAMPLE = Path(__file__).parents[3] / ".env.example"
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.G1a2b3.c4d5e6f7-g8h9_i0j1k2l3m4n5o6p7q8r9s0"


class Recording(Mapping[str, str]):
    """An environment that notes what is read from it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_ = values
        self.read: list[str] = []

    def __getitem__(self, name: str) -> str:
        self.read.append(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def refused(environ: Mapping[str, str]) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environ)
    return caught.value


def test_defaults():
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert (settings.data, settings.seeds) == (Path("data"), Path("seeds"))
    assert (settings.log_level, settings.thresholds) == ("INFO", THRESHOLDS)
    assert settings.token is settings.model is settings.chroma_url is settings.llm is None


def test_example_names_every_variable_once_with_its_default():
    example = {name: value or "" for name, value in dotenv_values(EXAMPLE).items()}
    environ = Recording(example)
    assert Settings.from_environment(environ) == Settings.from_environment({})
    assert sorted(environ.read) == sorted(example)


def test_given_values():
    settings = Settings.from_environment(
        {
            "DISCORD_TOKEN": f" {TOKEN}\n",
            "FOOTNOTE_DATA": "/var/footnote",
            "FOOTNOTE_SEEDS": "news",
            "FOOTNOTE_MODEL": "BAAI/bge-small-en-v1.5",
            "CHROMA_URL": "https://chroma.example:8000/",
            "FOOTNOTE_INDEX_ROLE": "News desk",
            "LOG_LEVEL": "debug",
            "FOOTNOTE_THRESHOLD": "0.8",
            "FOOTNOTE_PERHAPS": "0.4",
        }
    )
    assert settings.thresholds == Thresholds(sure=0.8, perhaps=0.4)
    assert settings.token == SecretStr(TOKEN)
    assert settings.data == Path("/var/footnote")
    assert settings.seeds == Path("news")
    assert settings.model == "BAAI/bge-small-en-v1.5"
    assert settings.chroma_url == "https://chroma.example:8000"
    assert settings.index_role == "News desk"
    assert settings.log_level == "DEBUG"


def test_home_is_expanded():
    settings = Settings.from_environment({"FOOTNOTE_DATA": "~/footnote"})
    assert settings.data == Path.home() / "footnote"


@pytest.mark.parametrize(("given", "port"), [("", None), ("0", None), ("9464", 9464)])
def test_nothing_is_served_without_a_port(given: str, port: int | None):
    assert Settings.from_environment({"METRICS_PORT": given}).metrics_port == port


@pytest.mark.parametrize(
    ("given", "shards"), [("", None), ("0-3/16", Shards(0, 3, 16)), (" 5 / 16", Shards(5, 5, 16))]
)
def test_a_process_carries_all_shards_or_some(given, shards):
    assert Settings.from_environment({"SHARDS": given}).shards == shards


def test_converted_models_are_kept_with_the_data_or_come_from_elsewhere():
    assert Settings.from_environment({"FOOTNOTE_DATA": "d"}).model_cache == Path("d/models")
    environ = {"FOOTNOTE_DATA": "d", "FOOTNOTE_MODELS": "/opt/models"}
    assert Settings.from_environment(environ).model_cache == Path("/opt/models")


def test_the_packaged_model_by_its_name_is_no_other_model():
    settings = Settings.from_environment(
        {"FOOTNOTE_MODEL": "sentence-transformers/all-MiniLM-L6-v2"}
    )
    assert settings.model is None


def test_a_model_may_be_a_folder(tmp_path: Path):
    folder = tmp_path / "a model"
    folder.mkdir()
    assert Settings.from_environment({"FOOTNOTE_MODEL": str(folder)}).model == str(folder)


def test_secret_shows_itself_only_when_asked():
    settings = Settings.from_environment({"DISCORD_TOKEN": TOKEN})
    assert TOKEN not in f"{settings} {settings!r} {settings.token} {settings.token!r}"
    assert settings.token
    assert settings.token.get_secret_value() == TOKEN


@pytest.mark.parametrize("given", ["-0.1", "1.5", "half", "nan", "50 %"])
def test_a_threshold_that_is_no_share_is_named(given: str):
    for name in ("FOOTNOTE_THRESHOLD", "FOOTNOTE_PERHAPS"):
        with pytest.raises(SettingsError, match=rf"{name} .* 0 to 1"):
            Settings.from_environment({name: given})


@pytest.mark.parametrize("given", ["secret", "a.b", "a.b.c.d", "Bot a.b.c", "a..c", "ä.b.c"])
def test_a_token_of_the_wrong_shape_is_not_repeated(given: str):
    error = refused({"DISCORD_TOKEN": given})
    assert error.variable == "DISCORD_TOKEN"
    assert f"{len(given)} characters" in error.given
    assert given not in str(error)


@pytest.mark.parametrize(
    ("variable", "given", "allowed"),
    [
        ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR"),
        ("LOG_FORMAT", "xml", "text, json"),
        ("METRICS_PORT", "65536", "1 to 65535"),
        ("SHARDS", "0-16/16", "0-3/16"),
        ("SHARDS", "3-1/16", "0-3/16"),
        ("SHARDS", "16", "0-3/16"),
        ("METRICS_PORT", "-1", "1 to 65535"),
        ("METRICS_PORT", "٩", "1 to 65535"),
        ("METRICS_PORT", "9" * 5000, "1 to 65535"),
        ("CHROMA_URL", "chroma:8000", "http(s)://host[:port]"),
        ("CHROMA_URL", "http://", "http(s)://host[:port]"),
        ("CHROMA_URL", "http://chroma:port", "http(s)://host[:port]"),
        ("CHROMA_URL", "http://[::1", "http(s)://host[:port]"),
        ("CHROMA_URL", "http://chroma/api", "http(s)://host[:port]"),
        ("FOOTNOTE_MODEL", "/no/such/folder", "a folder, or a name"),
        ("FOOTNOTE_MODEL", "two words", "a folder, or a name"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(variable: str, given: str, allowed: str):
    error = refused({variable: given})
    assert error.variable == variable
    assert error.given == repr(given)
    assert allowed in error.allowed


def test_a_password_in_a_link_is_not_repeated():
    assert "hunter2" not in str(refused({"CHROMA_URL": "http://me:hunter2@chroma"}))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("postgresql://me:hunter2@db:5433/footnote", "postgresql://me:hunter2@db:5433/footnote"),
        ("postgres://db/footnote?sslmode=require", "postgresql://db/footnote?sslmode=require"),
        ("postgresql:///footnote", "postgresql:///footnote"),
    ],
)
def test_a_database(given: str, found: str):
    settings = Settings.from_environment({"DATABASE_URL": given})
    assert settings.database == found
    assert "hunter2" not in repr(settings)


def test_the_password_of_a_database_is_a_secret_in_both_its_forms():
    settings = Settings.from_environment({"DATABASE_URL": "postgresql://me:hunter%402@db/footnote"})
    shown = {secret.get_secret_value() for secret in settings.secrets}
    assert {"hunter%402", "hunter@2", settings.database} <= shown


@pytest.mark.parametrize(
    "given",
    [
        "mysql://me:hunter2@db/footnote",
        "sqlite:///hunter2.db",
        "postgresql://me:hunter2@db",
        "postgresql://me:hunter2@db/",
        "postgresql://me:hunter2@db:port/footnote",
        "postgresql://me:hunt@er2@db/footnote",
        "postgresql://me:hunt/er2@db/footnote",
        "postgresql://me:hunt#er2@db/footnote",
        "postgresql://[hunter2/footnote",
        "hunter2",
    ],
)
def test_no_database_and_its_password_is_not_repeated(given: str):
    error = refused({"DATABASE_URL": given})
    assert error.variable == "DATABASE_URL"
    assert "postgresql://user" in error.allowed
    assert "er2" not in str(error)


def test_a_chroma_servers_key_is_a_secret():
    environ = {
        "CHROMA_TENANT": "newsroom",
        "CHROMA_DATABASE": "news",
        "CHROMA_API_KEY": "ck-canary",
    }
    settings = Settings.from_environment(environ)
    assert (settings.chroma_tenant, settings.chroma_database) == ("newsroom", "news")
    assert "ck-canary" in {secret.get_secret_value() for secret in settings.secrets}
    assert "canary" not in repr(settings)


def test_a_language_model():
    environ = {
        "LLM_BASE_URL": "http://localhost:11434/v1/",
        "LLM_MODEL": "llama3.2",
        "LLM_API_KEY": "sk-canary",
        "LLM_TIMEOUT": "5",
    }
    llm = LanguageModelSettings(
        "http://localhost:11434/v1", "llama3.2", SecretStr("sk-canary"), 5.0
    )
    settings = Settings.from_environment(environ)
    assert settings.llm == llm
    assert "canary" not in repr(settings)


@pytest.mark.parametrize("given", ["LLM_BASE_URL", "LLM_MODEL"])
def test_server_and_model_go_together(given: str):
    error = refused({given: "http://localhost"})
    assert error.variable == given
    assert "LLM_" in error.allowed


@pytest.mark.parametrize("given", ["two words", "sk-ä", "sk-\x01"])
@pytest.mark.parametrize("variable", ["LLM_API_KEY", "CHROMA_API_KEY"])
def test_a_key_of_the_wrong_shape_is_not_repeated(given: str, variable: str):
    assert given not in str(refused({variable: given}))


@pytest.mark.parametrize("given", ["0", "601", "soon", "nan", "inf"])
def test_a_timeout_is_a_number_of_seconds(given: str):
    with pytest.raises(SettingsError, match="LLM_TIMEOUT"):
        Settings.from_environment({"LLM_TIMEOUT": given})


def test_a_parameter_in_a_link_is_not_repeated():
    environ = {"LLM_BASE_URL": "https://llm.example/v1?key=hunter2", "LLM_MODEL": "m"}
    assert "hunter2" not in str(refused(environ))


@pytest.mark.parametrize("variable", ["FOOTNOTE_DATA", "FOOTNOTE_SEEDS", "FOOTNOTE_MODEL"])
def test_a_folder_of_somebody_unknown_is_refused(variable):
    assert refused({variable: "~nobody-of-that-name/articles"}).variable == variable
