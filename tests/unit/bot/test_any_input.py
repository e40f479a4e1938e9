"""Whatever comes from a file, a site or the environment is read, or refused by the one error."""

from __future__ import annotations

import json
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.ask import BadLineError, BatchLine, parse
from bot.settings import Settings, SettingsError
from index.web.robots import allows
from tests.properties import examples
from tests.strategies import encoded, joined, words

ROBOTS = [
    "User-agent: *\n", "User-agent: FootnoteBot\n", "User-Agent:footnotebot/2\r", "Disallow: /\n",
    "Disallow:\n", "Allow: /a$\n", "Disallow: /*?*b*$\n", "Disallow: //[\n", "Allow: /%zz\n",
    "Allow: /é\n", "Disallow: " + "*a" * 200 + "\n", "# no\n", "Crawl-delay: 1\n", ": \n", "\n",
]  # fmt: skip
paths = st.lists(st.sampled_from(["/", "a", "b", "?", "%C3%A9", "*", "$", "robots.txt"])).map(
    lambda parts: "/" + "".join(parts)
)
SECONDS = 1.0


@examples(50)
@given(st.one_of(st.binary(max_size=200), encoded(joined(ROBOTS))), paths)
def test_robots(text: bytes, path: str):
    began = time.process_time()
    allowed = allows(text, "FootnoteBot", path)
    assert isinstance(allowed, bool)
    assert allows(text, "FootnoteBot", "/robots.txt")
    assert time.process_time() - began < SECONDS


@examples(50)
@given(st.lists(st.sampled_from(ROBOTS)).map("".join), paths)
def test_robots_whose_only_rule_forbids_all(comments: str, path: str):
    ours = "\nUser-agent: Footnote\nDisallow: /\n"
    others = "\nUser-agent: Other\n"
    rules = others + comments.replace("FootnoteBot", "Other").replace("footnotebot", "Other") + ours
    assert allows(rules.encode(), "Footnote", path) == (path == "/robots.txt")


keys = st.sampled_from(["question", "article", "Question"])
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3), st.dictionaries(st.one_of(keys, words), inside, max_size=3)
    ),
    max_leaves=6,
)
JSON = [
    '{"question": "', '"}', '{"question":', '"article": "a"', ",", "}", "{", "[", "]" * 9, "null",
    '"\\ud800"', '"\\u0000"', "NaN", "1" * 5_000, "[" * 9_000, '{"a":' * 2_000,
]  # fmt: skip
json_lines = st.one_of(
    st.dictionaries(keys, values).map(lambda value: json.dumps(value).encode()),
    values.map(lambda value: json.dumps(value).encode()),
    encoded(joined(JSON, most=8)),
)


@examples(50)
@given(json_lines)
def test_questions_as_json_lines(line: bytes):
    try:
        found = parse(line)
    except BadLineError:
        return
    assert isinstance(found, BatchLine)
    assert found.text.strip()
    f"{found.text}{found.article}".encode()


VARIABLES = [
    "DISCORD_TOKEN", "FOOTNOTE_DATA", "FOOTNOTE_SEEDS", "FOOTNOTE_MODEL", "CHROMA_URL", "LOG_LEVEL",
    "FOOTNOTE_INDEX_ROLE", "FOOTNOTE_THRESHOLD", "FOOTNOTE_PERHAPS",
    "LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY",
    "LLM_TIMEOUT", "LOG_FORMAT", "DATABASE_URL", "CHROMA_TENANT", "CHROMA_API_KEY",
]  # fmt: skip
GIVEN = [
    "http://", "https://", "host", "postgres://",
    "[::1", "]", ":0", ":99999999", ":x", "/v1", "?a", "#b", "u:p@",
    "nan", "inf", "1e9", "-0", "0.5", "json", "debug", "~", "~nobody/", "a/b", "../", ".", "\x00",
]  # fmt: skip


@examples(60)
@given(st.dictionaries(st.sampled_from(VARIABLES), joined(GIVEN, most=6)))
def test_settings(environment: dict[str, str]):
    try:
        found = Settings.from_environment(environment)
    except SettingsError as error:
        refused(error, environment.get("LLM_API_KEY", "").strip())
    else:
        assert 0 <= found.threshold <= 1
        assert found.llm is None or found.llm.timeout_seconds > 0


def refused(error: SettingsError, key: str) -> None:
    assert error.variable in VARIABLES
    assert error.allowed
    assert error.variable != "LLM_API_KEY" or len(key) < 8 or key not in str(error)
