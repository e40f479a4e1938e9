import pytest

from index.lab.training.grammar import BASE_OF_PAST, PARTICIPLES, Forms, forms


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
    assert BASE_OF_PAST["wrote"] == "write"
    assert BASE_OF_PAST["founded"] == "found"
    assert (PARTICIPLES["wrote"], PARTICIPLES["founded"]) == ("written", "founded")
    assert all(forms(base).past == past for past, base in BASE_OF_PAST.items())
