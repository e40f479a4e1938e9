from datetime import UTC, datetime

from tests.soak.check import Figure, Rounds
from tests.soak.report import Section, put

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def section(name, seen, held=True):
    return Section(name, f"About {name}", (Figure("what", seen, held),), 3.0)


def test_a_section_replaces_the_one_of_the_same_check_alone(tmp_path):
    page = tmp_path / "docs" / "reliability.md"
    put(page, section("one", "first"), NOW)
    put(page, section("two", "a | b", held=False), NOW)
    put(page, section("one", "second"), NOW)
    text = page.read_text()
    assert text.startswith("# Reliability\n")
    assert "first" not in text
    assert text.index("| what | second | yes |") < text.index("| what | a \\| b | **no** |")
    assert "`python -m tests.soak --only one`, 2026-01-02, 3 s" in text


def test_a_section_without_a_figure_does_not_hold():
    assert not Section("one", "", (), 0.0).held
    assert section("one", "x").held
    assert not section("one", "x", held=False).held


def test_rounds_end_with_their_number_or_time():
    assert list(Rounds(3)) == [0, 1, 2]
    assert list(Rounds(3, seconds=-1.0)) == []
