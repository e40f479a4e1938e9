from index.lab.evaluation import report as tables
from index.lab.evaluation.measures import NONE
from tests.unit.index.lab.evaluation.given import report


def test_the_table_has_a_row_for_each_system():
    lines = tables.markdown(tables.systems(report())).splitlines()
    assert lines[0] == (
        "| system | hit@1 | hit@5 | MRR | sentence (end to end) | sentence given gold paragraph"
        " | EM | F1 | AUC adversarial | AUC gold removed | AUC other article | ECE |"
    )
    assert lines[1] == "| --- " + "| ---: " * 11 + "|"
    assert lines[2] == (
        "| dense alone | .812 | 1.000 | .900 | .500 | .625 | .000 | .250 | - | .750 | .999 | - |"
    )
    assert lines[-1].startswith("| Footnote |")
    assert lines[-1].endswith("| .031 |")
    assert len(lines) == 6
    assert {line.count("|") for line in lines} == {13}


def test_the_questions_are_counted():
    assert tables.questions(report()) == (
        "Questions to 1,234 paragraphs: 1,500 answerable, 0 adversarial, 10 gold removed, "
        "7 other article."
    )


def test_what_the_thresholds_come_to():
    assert tables.markdown(tables.outcomes(report())).splitlines() == [
        "| questions | count | sure, right | sure, wrong | perhaps, right | perhaps, wrong "
        "| refused |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| answerable | 1,500 | .600 | .067 | .100 | .033 | .200 |",
        "| gold removed | 10 | .000 | .100 | .000 | .200 | .700 |",
    ]
    assert tables.thresholds(report().decisions) == (
        "Footnote is sure from .500 on, and answers with perhaps from .300 on. Of its sure answers "
        ".902 are right, one question in two having an answer."
    )


def test_shares():
    assert [tables.share(v) for v in (0.0, 0.8126, 0.9999, 1.0, NONE)] == [
        ".000",
        ".813",
        "1.000",
        "1.000",
        "-",
    ]
