"""Question and passage as the reader's tokens, the same in training and in use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from index.models import weights

MAX_TOKENS = 384
"""Of question, heading and passage together (the encoder has 512 positions); the index's longest
passages, 220 words, fit with a question of 60 words."""

MAX_QUESTION_TOKENS = 96
"""Of a longer question the beginning is read."""

NO_ANSWER = 0
"""The place of `<s>`, to which start and end point where there is no answer."""

PAD = 1
"""The padding token; positions are counted from the number after it."""

HEADING_END = "\n"
"""Between heading and passage; the tokenizer drops it, offsets keep it."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")

_NOTHING = "\ufffd"
"""In place of half a character, which has no UTF-8; the tokenizer drops it, offsets keep it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Tokens of `<s> question </s></s> heading passage </s>`.

    `first` and `last` (exclusive) bound the passage's tokens; `offsets` are those tokens'
    characters in the passage.
    """

    ids: Sequence[int]
    first: int
    last: int
    offsets: Sequence[tuple[int, int]]


class PairEncoder:
    """The reader's tokenizer, for pairs."""

    def __init__(self) -> None:
        """Load the tokenizer that comes with the weights."""
        self._pairs, self._questions = _tokenizer(), _tokenizer()
        self._pairs.enable_truncation(MAX_TOKENS, strategy="only_second")
        self._questions.enable_truncation(MAX_QUESTION_TOKENS)

    def encode(self, pairs: Sequence[tuple[str, str, str]]) -> list[Pair]:
        """Encode (question, heading, passage) triples."""
        texts = [
            (self._cut(_encodable(question)), _encodable(f"{heading}{HEADING_END}{passage}"))
            for question, heading, passage in pairs
        ]
        encodings = self._pairs.encode_batch(texts)
        return [
            _pair(encoding, len(heading) + len(HEADING_END))
            for encoding, (_, heading, _) in zip(encodings, pairs, strict=True)
        ]

    def _cut(self, question: str) -> str:
        """Return the beginning of a question, as many tokens as are read."""
        offsets = self._questions.encode(question, add_special_tokens=False).offsets
        if len(offsets) < MAX_QUESTION_TOKENS:
            return question
        return question[: offsets[-1][1]]


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(weights.TOKENIZER))
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "</s>" in an article is only a text
    return tokenizer


def _encodable(text: str) -> str:
    """Return the text at the same offsets, with nothing that UTF-8 cannot hold."""
    return _SURROGATE.sub(_NOTHING, text)


def _pair(encoding: Encoding, begin: int) -> Pair:
    """Find the tokens of the second text that start at character `begin` or later."""
    ids, parts, offsets = encoding.ids, encoding.sequence_ids, encoding.offsets
    last = len(ids) - 1  # the closing </s>
    inside = (i for i in range(last) if parts[i] == 1 and offsets[i][0] >= begin)
    first = next(inside, last)
    return Pair(ids, first, last, [(a - begin, b - begin) for a, b in offsets[first:last]])
