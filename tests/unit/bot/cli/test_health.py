"""footnote health."""

import pytest

from bot.cli.probes import Silent
from tests.unit.bot.cli.conftest import Footnote, lines


@pytest.mark.parametrize(
    ("wrong", "shown", "code"),
    [([], ["The bot is well."], 0), (["It is ill.", "Badly."], ["It is ill.", "Badly."], 1)],
)
def test_what_the_bot_says_is_the_exit_code(footnote: Footnote, wrong, shown, code):
    footnote.environ["METRICS_PORT"] = "9464"
    footnote.ask_health = lambda port: wrong if port == 9464 else ["another port"]
    result = footnote("health")
    assert (lines(result), result.exit_code) == (shown, code)


def test_a_bot_that_does_not_answer(footnote: Footnote):
    def silent(_: int) -> list[str]:
        raise Silent("nothing listens there", refused=True)

    footnote.environ["METRICS_PORT"] = "9464"
    footnote.ask_health = silent
    result = footnote("health")
    assert result.exit_code == 1
    assert result.stderr == (
        "footnote: the bot does not answer at port 9464: nothing listens there\n"
    )


def test_without_a_port_nobody_can_be_asked(footnote: Footnote):
    result = footnote("health")
    assert result.exit_code == 2
    assert "METRICS_PORT" in result.stderr
