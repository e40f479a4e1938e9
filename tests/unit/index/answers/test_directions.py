"""Who did it to whom, as a question asks and as a sentence tells it."""

import pytest

from index.answers.directions import asked, is_other_way, lacks_doer

OTHER_WAY = (
    ("who replaced Tony Breck", "Tony Breck replaced Dario Conti in May."),
    ("who replaced tony breck as coach?", "Breck, 44, has replaced Dario Conti."),
    ("Who is replacing Breck?", "Breck is replacing Dario Conti at Orm."),
    ("who succeeded Lind", "Conti was succeeded by former mayor Rosa Lind on Monday."),
    ("who succeeded Lind", "Rosa Lind, who led the council, later succeeded Conti."),
    ("who beat Mercy Chebosi", "Chebosi narrowly beat Paola Ventresca in Orm."),
    ("who beat Chebosi", "Ventresca was beaten by Kenya's Mercy Chebosi."),
    ("who defeated Lind in the vote?", "Lind went on to defeat Conti."),
    ("who sued Gralmore", "Gralmore Foods has sued a blogger over a review."),
    ("who hired Ina Groh", "Ina Groh hired two cooks."),
    ("who sacked Breck", "Breck sacked the goalkeeper coach in March."),
    ("who fired Breck", "The goalkeeper was dismissed by Breck in March."),
    ("who arrested Hollis", "Sergeant Hollis arrested a man of 40."),
    ("who endorsed Lind", "Lind endorsed Conti on Monday."),
    ("who did Brandreth buy", "Brandreth & Lowe, an old firm, has agreed to be bought by Nordkob."),
    ("who did Breck replace?", "Breck was replaced by Jo Lind."),
    ("whom has Breck replaced", "Jo Lind replaced Tony Breck."),
    ("who is Conti suing", "The club is suing Conti."),
    ("who was sacked by Conti", "Conti was sacked on Sunday."),
    ("who was Breck replaced by", "Breck replaced Dario Conti."),
    ("which firm bought Nordkob", "Nordkob bought Brandreth & Lowe."),
    ("who did Lind accuse", "Lind, accused by Conti of lying, said no."),
)


@pytest.mark.parametrize(("question", "sentence"), OTHER_WAY)
def test_a_sentence_that_tells_the_other_way_is_no_answer(question, sentence):
    """ "who replaced Tony Breck" got "He replaced Dario Conti"."""
    assert is_other_way(asked(question), [sentence], 0)


TOLD_SO = (
    ("who replaced Tony Breck", "Jo Lind replaced Tony Breck in May."),
    ("who replaced Tony Breck", "Breck was replaced by Jo Lind."),
    ("who replaced Tony Breck", "Breck, who replaced Conti, has been replaced by Jo Lind."),
    ("who replaced Tony Breck", "Breck, sacked in May, makes way for Jo Lind."),
    ("who replaced Tony Breck", "Breck's successor is Jo Lind."),
    ("who replaced Tony Breck", "Jo Lind replaces the sacked coach Tony Breck."),
    ("who replaced Tony Breck", "Jo Lind takes over from Breck."),
    ("who replaced Tony Breck", "Breck said that Lind replaced Conti."),
    ("who succeeded Lind", "Lind will be succeeded by Conti."),
    ("who succeeded Lind", "Conti was picked to succeed Lind."),
    ("who beat Chebosi", "Rowan Tully won, beating Kenya's Mercy Chebosi."),
    ("who beat Chebosi", "Chebosi was beaten into second place by Tully."),
    ("who beat Chebosi", "Chebosi lost to Tully."),
    ("who sued Gralmore", "A blogger has sued Gralmore Foods."),
    ("who sued Gralmore", "Gralmore is being sued by a blogger."),
    ("who hired Ina Groh", "Ina Groh was hired by the Orm Herald."),
    ("who sacked Breck", "Breck got sacked by the chairman."),
    ("who arrested Hollis", "Hollis was later arrested by officers from Orm."),
    ("who endorsed Lind", "The Herald endorsed Mayor Rosa Lind."),
    ("who sacked Breck", "Breck sacked after third defeat"),
    ("who sacked Breck", "Tony Breck (44) sacked by Orm."),
    ("who did Brandreth buy", "Brandreth bought Nordkob for £86m."),
    ("who did Breck replace?", "Breck replaced Dario Conti."),
    ("who did Breck replace?", "Dario Conti was replaced by Breck."),
    ("whom has Breck replaced", "Tony Breck has replaced Conti."),
    ("who was sacked by Conti", "Conti sacked the coach."),
    ("who was Breck replaced by", "Breck was replaced by Jo Lind."),
    ("who bought Brandreth", "Nordkob has agreed to buy Brandreth & Lowe."),
    ("who replaced the coach", "Coach Lind replaced Breck."),
    ("who replaced Tony Breck", "Breck's ally Jo Lind replaced him."),
    ("who replaced Tony Breck", "Jo Breck replaced him."),
    ("who replaced Lord Rosebery", "The year after, Lord Salisbury replaced him."),
    ("who did Victoria endorse?", "Disraeli, whom Victoria endorsed, led for long."),
    ("what year did Breck replace Conti", "Conti was replaced by Breck in 2020."),
    ("who had Breck dismissed from court?", "Lind had Breck dismissed."),
    ("did Lind replace Breck?", "Breck replaced Lind."),
    ("who said that Breck replaced Conti", "Breck replaced Conti, said Lind."),
)


@pytest.mark.parametrize(("question", "sentence"), TOLD_SO)
def test_what_may_answer_is_not_the_other_way(question, sentence):
    assert not is_other_way(asked(question), [sentence], 0)


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("who hired Craig Hollis", "Hollis had been hired to drive her to the airport.", True),
        ("who sacked Tony Breck?", "Breck, 44, was sacked in May.", True),
        ("who sacked Tony Breck?", "Breck, sacked in May, left for Orm.", True),
        ("who sacked Tony Breck?", "Breck was sacked in May by the chairman.", False),
        ("who sacked Tony Breck?", "The Orm Herald said that Breck was sacked.", False),
        ("who sacked Tony Breck?", "The chairman sacked Breck.", False),
        ("who did Breck sack?", "Breck was sacked in May.", False),
        ("when was Breck sacked?", "Breck was sacked in May.", False),
    ],
)
def test_by_whom_it_was_done_is_to_stand_in_the_answer(question, sentence, lacks):
    """ "Who hired Craig Hollis?" was surely answered with the first."""
    assert lacks_doer(asked(question), sentence) is lacks


@pytest.mark.parametrize(
    ("question", "before", "sentence", "wrong"),
    [
        ("who replaced Tony Breck", "Tony Breck was named on Monday.", "He replaced Conti.", True),
        ("who replaced Tony Breck", "Coach Tony Breck came in May.", "He replaced Conti.", True),
        ("who replaced Tony Breck", "Jo Lind came after Tony Breck.", "He replaced him.", False),
        ("who replaced Tony Breck", "Orm City hired Tony Breck.", "He replaced Dario Conti.", True),
        ("who replaced Tony Breck", "Jo Lind beat Tony Breck.", "She replaced Coach Breck.", False),
        ("who did Breck replace", "Orm City hired Tony Breck.", "He replaced Dario Conti.", False),
        ("who replaced Tony Breck", "Tony Breck left.", "He was replaced by Jo Lind.", False),
        ("who did Breck replace", "Tony Breck came in May.", "He replaced Conti.", False),
        ("who did Breck replace", "Tony Breck left.", "He was replaced by Jo Lind.", True),
    ],
)
def test_he_is_the_one_by_whose_name_the_sentence_before_begins(question, before, sentence, wrong):
    assert is_other_way(asked(question), [before, sentence], 1) is wrong
