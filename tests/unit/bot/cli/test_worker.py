from bot.cli.strings import FIRST_QUESTION


def test_a_worker_starts_with_its_indexes_made(footnote):
    footnote.environ["DATABASE_URL"] = "postgresql://footnote@127.0.0.1/footnote"
    assert footnote("worker").exit_code == 0
    assert footnote.workers == [footnote.library]
    assert footnote.opened == [{"chroma": True, "reembed": False}]
    assert footnote.library.asked[-1][0] == FIRST_QUESTION


def test_without_postgresql_there_is_nobody_to_answer(footnote):
    result = footnote("worker")
    assert result.exit_code == 2
    assert "DATABASE_URL" in result.stderr
    assert not footnote.opened
