"""Whose words a sentence gives, by the names and verbs in it."""

import time

import pytest

from index.answers.attribution import Speaker, statements
from tests.builders import hit


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("Delia Marchetti", '"Nobody was in," said Delia Marchetti, the theatre\'s director.'),
        ("marchetti", "Marchetti said the season would go on."),
        ("Peter Hagen", 'Peter Hagen, who leads the opposition, called the sum "a scandal".'),
        ("Hagen", '"They were warned," Hagen told reporters outside the town hall.'),
        ("Vey", "According to Vey, the plant lost 90,000 loaves."),
        ("Vey", "The plant lost 90,000 loaves, according to shop steward Jonas Vey."),
        ("Stodd", "Lomax's manager, Carla Stodd, says the demand would double the bill."),
        ("Okafor", "Doctor Samuel Okafor of the Western Clinic disagreed with her figures."),
        ("Lind", '"It is late," said the mayor of Orm, Rosa Lind.'),
        ("Lind", "Lind has repeatedly warned that the bridge is old."),
        ("Lind", "Lind was quoted as saying that it is late."),
        ("Lind", "Lind: We had no choice."),
        ("Lind", "When Lind said so, nobody laughed."),
        ("Lind", "Brandt and Lind denied it."),
        ("Norvik", "Shipping company Norvik said it would return."),
        ("Lind", "On Monday Lind backtracked slightly, saying that the bridge is safe."),
        ("the mayor", "The mayor, Rosa Lind, said that it was late."),
        ("the mayor", "The mayor said the hall would close."),
        ("the mayor", "Mayor Aino Lehti praised the divers."),
        ("the mayor", '"No," said Aino Lehti, the mayor.'),
        ("the shop steward", '"Eleven years," Jonas Vey, the shop steward, told the crowd.'),
        ("the union leader", "Union leader Tomas Hale warned of lost jobs."),
        ("police", "In Tarn, police said that the road was closed."),
        ("Noll's lawyer", "Noll’s lawyer said that she slept."),
        ("nolls lawyer", "Noll’s lawyer said that she slept."),
        ("the farmers union", "The Farmers' Union said it would sue."),
        ("oneill", "Moira O’Neill said it would sue."),
    ],
)
def test_it_gives_their_words(phrase, sentence):
    assert Speaker(phrase).speaks(sentence)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("Lehti", "The mayor, Aino Lehti, visited the pickets but made no speech."),
        ("Oyelaran", "The architect, Ruben Oyelaran, did not want to comment."),
        ("Hagen", "Hagen said nothing."),
        ("Hagen", "Hagen's spokesman said it was late."),
        ("Hagen", "A spokesman for Hagen said it was late."),
        ("Hagen", '"It is late," said the lawyer of Peter Hagen.'),
        ("Hagen", "Stodd said Hagen had called it a scandal."),
        ("Hagen", "Stodd said that Hagen had called it a scandal."),
        ("Hagen", '"No," said Ada Smith, who beat Hagen.'),
        ("Hagen", "The man who attacked Hagen said he was sorry."),
        ("Hagen", "Hagen was accused of lying."),
        ("Hagen", "Hagen added two goals and claimed the title."),
        ("Hagen", "Hagen voted on Monday."),
        ("Hagen", "Eight in ten thought Hagen had said enough about the storm."),
        ("Hagen", 'Hagen responded in an "excellent" manner to the storm.'),
        ("Hagen", "Stodd told Hagen that it was late."),
        ("Lind", "Lindholm said it would open."),
        ("the mayor", '"No," said Ada Smith, who beat the mayor.'),
        ("the mayor", "A critic of the mayor said it was late."),
    ],
)
def test_it_gives_somebody_elses_words_or_none(phrase, sentence):
    assert not Speaker(phrase).speaks(sentence)


def given(text, phrase):
    one = hit(text)
    texts = [span.of(text) for span in one.passage.sentences]
    return [" ".join(texts[n] for n in places) for places in statements(one, Speaker(phrase))]


def test_she_is_the_one_who_spoke_last():
    text = (
        'Lind said the hall would close. "We are sorry," she added. Brandt said it was late.'
        " She said it again. Lind left. She said so. The hall is old. She said no."
    )
    assert given(text, "Lind") == [
        "Lind said the hall would close.",
        '"We are sorry," she added.',
        "She said so.",
    ]
    assert given(text, "Brandt") == ["Brandt said it was late.", "She said it again."]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("Against it were five Greens and a Tory, Rosa Lind.", True),
        ("The prize went to a baker from Orm, Rosa Lind.", True),
        ("Brandt has beaten Rosa Lind.", False),
        ("The prize went to a baker, Rosa Lind, and her son, Max Orr.", False),
    ],
)
def test_she_is_the_one_by_whose_name_the_sentence_before_ends(before, said):
    quoted = '"I have counted. It is cheap," she said.'
    assert given(f"{before} {quoted}", "Rosa Lind") == [quoted] * said


def test_a_quotation_of_several_sentences_is_one_statement():
    text = 'Lind shook her head. "It is late. We go home," Lind said. "Nobody stays." It rained.'
    assert given(text, "Lind") == ['"It is late. We go home," Lind said. "Nobody stays."']


def test_a_quotation_in_a_paragraph_of_its_own_is_nobodys():
    assert given('Lind said it was late.\n\n"Nobody stays."', "Lind") == ["Lind said it was late."]


@pytest.mark.parametrize("piece", ["Lind ", "A ", "Lind, ", "the Lind", 'said "', "said a Lind,"])
@pytest.mark.parametrize("phrase", ["Lind", "the mayor Lind"])
def test_hostile_text_takes_no_time(piece, phrase):
    began = time.process_time()
    Speaker(phrase).speaks(piece * 3000)
    assert time.process_time() - began < 2
