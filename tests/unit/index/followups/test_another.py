"""Whether a sentence says what is asked of something else than was spoken of."""

import pytest

from index.followups.another import is_of_another

EXPO = "What is on show in the Maritime Museum? Some 300 finds are on show in an exhibition there."
LIBRARY = "The museum's library closes on 30 June, and its restaurant closed last year."
PANDA = "When did the panda Li Mei leave? The panda Li Mei left the zoo on Wednesday."
VIOLIN = "How much did the violin fetch? The violin was sold for 210,000 francs."
MOREL = "The banker Luc Morel had sold his yacht to take part."


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("when does it close?", LIBRARY, EXPO),
        ("ok and when does it close", "Its library, the Lund Room, closes on Monday.", EXPO),
        ("when was it closed?", "Its library, the Lund Room, was suddenly closed.", EXPO),
        ("when does it open?", "The planetarium next door opens at noon.", EXPO),
        ("did it sink?", "A boat, the Ternen, sank.", "Is the ferry Solveig lost? It is aground."),
        ("when does she retire?", "The zoo's director, Eva Stadler, retires in June.", PANDA),
        ("when does she leave?", "The panda's mother, Yang Lan, will leave in 2027.", PANDA),
        ("when will she return?", "He will return in two weeks.", PANDA),
        ("who sold it?", MOREL, VIOLIN),
        ("who sold the violin?", MOREL, VIOLIN),
    ],
)
def test_another_thing_that_does_it_or_to_which_it_is_done(question, sentence, told):
    assert is_of_another(question, sentence, told)


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("when does it close?", "The exhibition closes on 6 September.", EXPO),
        ("when does it close?", "It closes on 6 September.", EXPO),
        ("when does it close?", "Closing time is 6pm.", EXPO),
        ("when does it close?", "The exhibition can be seen until 6 September.", EXPO),
        ("when does it close?", f"It closes on Monday. {LIBRARY}", EXPO),
        ("when does the library close?", LIBRARY, EXPO),
        ("how much does it cost?", "A ticket costs £14.", EXPO),
        ("how long does it take?", "The tour takes an hour.", EXPO),
        ("when will she return?", "Li Mei will return in May.", PANDA),
        ("where was she born?", "China agreed when she was born there in 2019.", PANDA),
        ("who sold it?", "Ida Huber sold it.", VIOLIN),
        ("who sold it?", "Ida Huber sold the old violin to the city.", VIOLIN),
        ("who sold the violin?", "The violin was sold by Ida Huber.", VIOLIN),
        ("who sold the violin?", "Ida Huber sold the instrument.", VIOLIN),
        ("will they pay?", "The director said that not a cent would be paid.", "What do they ask?"),
        ("what did it say?", "The town said that it was glad.", VIOLIN),
    ],
)
def test_the_same_or_something_that_is_not_known_to_be_another(question, sentence, told):
    assert not is_of_another(question, sentence, told)
