"""The package itself: its names, the size of its modules, its pings."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests import fakediscord
from tests import fakediscord as tests_fakediscord
from tests.fakediscord import limits
from tests.properties import examples

MODULES = sorted(Path(fakediscord.__file__).parent.rglob("*.py"))
PARTS = ("<@1>", "<@&2>", "@everyone", "@here", "`<@1>`", "x")


def test_all_names_exist():
    assert len(set(tests_fakediscord.__all__)) == len(tests_fakediscord.__all__)
    assert all(hasattr(fakediscord, name) for name in tests_fakediscord.__all__)


def test_modules_are_small():
    assert [path for path in MODULES if len(path.read_text().splitlines()) > 250] == []


@examples(60)
@given(st.lists(st.sampled_from(PARTS), max_size=6))
def test_pings_never_exceed_the_text(parts: list[str]):
    text = " ".join(parts)
    got = limits.pings(text, None)
    assert bool(got.users) == ("<@1>" in parts)
    assert got.everyone == ("@everyone" in parts or "@here" in parts)
    assert not limits.pings(text, {"parse": []})
    assert not limits.pings(text, None, can_everyone=False).everyone
