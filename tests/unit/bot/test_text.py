from bot.text import fit_plain, listed, plural


def test_a_plain_text_is_cut_at_a_word():
    assert fit_plain("  a title   of words ", 10) == "a title…"
    assert fit_plain("a title", 10) == "a title"


def test_numbers_and_lists():
    assert [plural(n, "feed") for n in (0, 1, 1_200)] == ["0 feeds", "1 feed", "1,200 feeds"]
    assert listed(["a"], "or") == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
