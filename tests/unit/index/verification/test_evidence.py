import pytest

from index.verification.evidence import resolved


@pytest.mark.parametrize(
    ("sentence", "before", "whole"),
    [
        ("He left.", "Rubio came.", "Rubio left."),
        ("She left.", "In Munich, Ilse Berg spoke.", "Ilse Berg left."),
        ("His party left.", "Rubio came to Munich.", "Rubio’s party left."),
        ("He left.", "The harbour reopened.", None),
        ("He left.", None, None),
        ("They left.", "Critics spoke.", "They left."),
        ("They left.", None, None),
        ("Rubio left.", None, "Rubio left."),
        ("Heat rose.", None, "Heat rose."),
    ],
)
def test_whom_a_pronoun_means(sentence, before, whole):
    assert resolved(sentence, before) == whole
