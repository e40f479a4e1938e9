"""What a new article is asked, to tell whether it answers to a topic."""

from __future__ import annotations

import re

from bot import words
from index.answering import summary
from index.words import subject_words

# In capitals it is a name: WHO.
_QUESTION = re.compile(r"(?:[Ww]h(?:o|om|ose|at|en|ere|ich|y)|[Hh]ow)\b.*|.*[?？؟;]\s*", re.DOTALL)


def question_of(topic: str) -> str:
    """Return the topic itself where it is a question, else one for the latest on it.

    Any article can be summed up, so what asks for a summary is taken for the topic of one.
    """
    if summary.is_request(topic):
        return words.latest_question(summary.topic(subject_words(topic)))
    return topic if _QUESTION.fullmatch(topic) else words.latest_question(topic)
