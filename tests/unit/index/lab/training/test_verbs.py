import pytest

from index.lab.training.grammar import Forms, base_of_past, forms, participles


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("begin", Forms("begin", "begins", "began", "begun", "beginning")),
        ("deny", Forms("deny", "denies", "denied", "denied", "denying")),
        ("plan", Forms("plan", "plans", "planned", "planned", "planning")),
        ("agree", Forms("agree", "agrees", "agreed", "agreed", "agreeing")),
        ("reach", Forms("reach", "reaches", "reached", "reached", "reaching")),
        ("set up", Forms("set up", "sets up", "set up", "set up", "setting up")),
        ("take part in", Forms("take part in", "takes part in", "took part in", "taken part in",
                               "taking part in")),
    ],
)  # fmt: skip
def test_forms(verb, expected):
    assert forms(verb) == expected


def test_past_forms_lead_back():
    assert base_of_past()["wrote"] == "write"
    assert base_of_past()["founded"] == "found"
    assert (participles()["wrote"], participles()["founded"]) == ("written", "founded")
    assert all(forms(base).past == past for past, base in base_of_past().items())
