"""Which sentences need others before them, and how many."""

import pytest

from index.answers.alone import is_clear, needed_before, stands_alone


@pytest.mark.parametrize(
    "text",
    [
        "He refused.",
        "Yet, she refused.",
        "Their boat sank.",
        "The company denied it.",
        '"It is a disgrace," she said on Monday.',
        "“Small firms are agile.”",
        '"I have counted. It is cheap," she said on Monday.',
        "It is expected to open in May.",
        "It was closed when a storm came.",
        "The company, which employs 40, left.",
        "The report found nothing.",
        "The 26-year-old, who trains in Orm, left.",
    ],
)
def test_who_is_meant_stands_in_the_sentence_before(text):
    assert not stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Hesitantly, Brandt refused.", "This was new.", "Herring is cheap.", '"No," Lind said.'),
        *("It is not known who started the fire.", "But it was unclear whether Lind knew."),
        *("It took 40 firefighters two hours to put it out.", "It emerged that a pipe had burst."),
        *(
            "The Bank of England raised rates.",
            "The Union Bank left.",
            "The firm, Lind & Co., left.",
        ),
        "The report by the audit office found nothing.",
        "The union Bakers United called it shameful.",
    ],
)
def test_other_sentences_stand_alone(text):
    assert stands_alone(text)


NEEDS_ONE = (
    # what is claimed, judged, or done to somebody stands in the sentence before
    ("Deer hunters want the season extended.", "Biologist Iris Kahn supports that."),
    ("The coalition will rewrite the law.", "Minister Kroll rejected that, pointing to subsidies."),
    ("Boonmee blames a blocked culvert.", "District head Anong Chaiyo disputes that."),
    ("A preacher says that the jab makes girls barren.", "The council called that a lie."),
    ("Blasting has cracked 26 homes.", "Operator Calder denies it, pointing to monitors."),
    ("A tank is said to lie in the moor.", "A search by radar has not confirmed it."),
    ("Reporters were photographed, a weekly says.", "Two guests confirmed this."),
    ("The boats were old, villagers say.", "The police said they could not confirm that."),
    ("The premier paused the levy.", "The opposition accused him of caving in."),
    ("The minister will pay for fences.", "Hunters accuse her of governing from a balcony."),
    (
        "Hinrichs had slept at the wheel.",
        'Driver Ina Groh, who towed her, described him as "pale".',
    ),
    ("Marek Kuznik was sold on Tuesday.", "Manager Earl Sutcliffe called the decision hard."),
    (
        "The complaint seeks $410 million.",
        'Spokesman Trent Holloway called the allegations "untrue".',
    ),
    ("Rebel leader Adoum Tcheri accused the secret service.", "Orm dismissed the claim as absurd."),
    ("Brannock must withdraw the product.", "Farm leader Pat Tuohy called the ruling a victory."),
    ("The clock struck again on 2 May.", 'Mayor Judith Tansley called it "the slowest rescue".'),
    ("Tenants want a vote.", "Housing alderman Bart Mertens disagrees: owners want none."),
    ("A plumber found the cans.", "That was in 2021."),
    ("Two residents had died, it was reported.", "This was incorrect."),
    ("The merger fell apart over conditions.", "Those conditions included a freeze on prices."),
    ("Canoes pulled out 63 people.", "One of them, Ada Furaha, said the captain had jumped first."),
    ("Mette and Signe Krogh sold the firm.", "Both founders will stay for three years."),
    # who is meant by "he" stands there
    ("Winston Abiola won.", "Reached by telephone on a roof in Orm, he laughed."),
    ("Odd Moe has died at 91.", "Born on a lighthouse island, he trained as a pharmacist."),
)


@pytest.mark.parametrize(("before", "text"), NEEDS_ONE)
def test_what_is_meant_stands_in_the_sentence_before(before, text):
    """Such answers were shown without it."""
    assert not is_clear(text)
    assert needed_before(["The sun shone.", before, text], 2) == 1


NEEDS_NO_SECOND = (
    # the sentence before does not stand alone, and presents the one who is meant
    (
        "She won.",
        "Her coach, the former steeplechaser Des Molloy, said she rose early.",
        "He runs.",
    ),
    ("He took the cat.", "Its owner, banker Carolin Stroh, was out.", "She gave him 1,000 euros."),
    ("My boat sank.", "The firm's head, Julien Astier, has wept.", "His lawyers came."),
    ("I rode.", "It began as a bet with the trainer, my rival Pauline Shaw.", "She says little."),
    ("It is dear.", "Her report names the farm where Robert Gaunt was born.", "He left."),
    ("It died.", "It is the first time, said virologist Wiebke Johannsen.", "She advised care."),
)


@pytest.mark.parametrize("sentences", NEEDS_NO_SECOND)
def test_one_sentence_is_enough_where_it_presents_who_is_meant(sentences):
    """The answer stood behind a second one, or, where that says nothing of who, alone."""
    assert needed_before(sentences, 2) == 1


NEEDS_NONE = (
    # who speaks late in it is named in it
    "Hotelier Martha Jochum is charging half; a competitor, she noted, is not.",
    "Managing director Dr Nils Overbeck blames politicians: ever since, he argues, all wait.",
    "Widow Gun-Britt Berg, 74, was unfazed: her messages, she said, were about bridge.",
    "Historian Dr Padma Rayner finds it telling: the roast, she notes, is young.",
    "My co-founder Peter Otieno stayed; the old service, he says, was poor.",
    "Novelist Ewa Grot sent a shoebox, and her editor, she admits, was silent.",
    "Laura Finch blames the price of housing: nobody, she says, dares lose a room.",
    "Scholar Tiina Aalto is not amused: such people, she says, will disbelieve all.",
    # what seems to mean another is another thing, or told
    "The ruling party urged reflection.",
    "The ruling coalition, for its part, kept silent.",
    "The woman who had been waiting for a kidney is back on dialysis.",
    "The girl who held that blade, Ola Mazur, gave up the sport.",
    "The report that angered the president showed prices down.",
    "It was a paraglider, teacher Jana Bielik, who noticed a yellow jacket.",
    "It was the sponsor, heir Carl Lodding, who wanted something visible.",
    "It was the cover-up, not the error, that ended a career.",
    "It turned out the bank had fed tapes to a computer.",
    "These days miners' widows play with him.",
    "Those who seek a room are not delighted.",
    "Frater, who once called him lazy, kept silent.",
    'Mayor Stu Haldane called himself "deeply embarrassed".',
    "Bukar said that the side would try again.",
    "The maker called the ruling of the court a shame.",
)


@pytest.mark.parametrize("text", NEEDS_NONE)
def test_other_sentences_need_none_before(text):
    """A sentence too many stood before some of them."""
    assert needed_before(["Snow fell.", "The sun shone.", text], 2) == 0


@pytest.mark.parametrize(
    "before",
    [
        '"A shame," he said.',
        "Ina Groh welcomed it, she told the Post.",
        "The insurers pay only 6 of the 19 million pounds that a building would cost.",
        "Turnout in the last contest was a dismal 17 percent.",
    ],
)
def test_what_another_says_or_decides_nothing_does_not_tell_what_is_judged(before):
    assert needed_before([before, "Lind called the decision a gift."], 1) == 0


def test_he_is_not_the_one_who_is_said_to_have_spoken_of_him():
    """ "Coach Bay called him stubborn. His last game is in May": not the coach's."""
    text = [
        "He left.",
        "National coach Henrik Bay called him stubborn.",
        "His last game is in May.",
    ]
    assert needed_before(text, 2) == 0


def test_he_is_not_introduced_by_a_sentence_on_her():
    """ "The infirmary has paid her £65,000. He has 28 days to appeal" did not say who."""
    text = [
        "A tribunal struck off Graham Oakshott.",
        "The infirmary has paid her.",
        "He may appeal.",
    ]
    assert needed_before(text, 2) == 2
    assert needed_before(text[1:], 1) == 0
    assert needed_before(["Ada Ro, whose son met her, left.", "He may appeal."], 1) == 1


def test_the_second_before_is_needed_where_both_are_on_the_same():
    text = ["Tesfaye Bekele left Ohio.", "He leaves two daughters.", "His aunt Ada Ro wept."]
    assert needed_before(text, 2) == 2
    assert needed_before(text[1:], 1) == 0


STUDY = "The study cost €92,000, most of which a trust paid."


def test_a_study_is_introduced_by_no_sentence_that_has_none():
    """Somebody else's doubts stood before what it had cost."""
    text = ['"Silence is a poor witness," said Max Grube.', "He thinks of noise.", STUDY]
    assert needed_before(text, 2) == 0
    assert needed_before(["The study by Lund is out.", STUDY], 1) == 1
    assert needed_before(["The study by Lund is out.", "It has 40 pages.", STUDY], 2) == 2


def test_it_is_no_person_of_whom_he_is_said_two_sentences_later():
    """A member of the band stood before the children of its founder."""
    text = [
        "It has 70 members, the oldest of whom, Nesta Rees, plays the tuba.",
        "His marriage to the actress Sheila Crane ended in 1976.",
        "He is survived by a son.",
    ]
    assert needed_before(text, 2) == 0


def test_he_is_nobody_in_a_sentence_without_a_name_or_a_single_one():
    text = ["Silas Pohl sold 64 cars.", "Victims lost £310,000.", "He will be sentenced in July."]
    assert needed_before(text, 2) == 2
    assert needed_before(text[1:], 1) == 0
    assert needed_before(["A man drowned in a lake.", "He was 40."], 1) == 1
