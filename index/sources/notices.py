"""What pages and feeds say around an article: teasers between its lines, notices in its place."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from index import strings
from index.text.bylines import byline, dateline
from index.text.normalise import words_in_order
from index.text.sentences import count_words, ends_sentence, paragraphs
from index.text.words import entries

_TEASER_MAX_CHARS = 250

_LINK_LABEL = (
    r"(?:watch|listen|video|videos|photos|gallery|podcast|explainer|more|live|opinion|in pictures"
    r"|background|timeline|tags|topics|keywords|categories|filed under|posted in|themen|latest"
    r"|previously|earlier|up next|next up|(?:also|now|next) (?:on|in|from)"
    r"|from (?:the|our) archives?)\b[\w ]{0,20}"
)
"""What stands before links to other articles, and before other things where there is no link."""


@functools.cache
def phrases(name: str) -> re.Pattern[str]:
    """Return what finds any of the phrases of a list."""
    return re.compile("|".join(entries("index.sources", name)), re.I)


@functools.cache
def _link_label() -> re.Pattern[str]:
    return re.compile(rf"\W*+(?:{phrases('labels').pattern}|{_LINK_LABEL})?\W*", re.I)


@functools.cache
def _teaser() -> re.Pattern[str]:
    label = rf"(?:{phrases('labels').pattern})(?:\W*|\s*(?:[:|»>→–—]|\s-\s).*)"
    # Nothing that is quoted: “Follow us,” he said.
    quote = "\"“”„«‘’'"
    return re.compile(rf"[^\w{quote}]*(?:{label}|{phrases('teasers').pattern})", re.I | re.S)


def is_link_label(text: str) -> bool:
    """Tell what stands before links to other articles, where a line has no more than that."""
    return _link_label().fullmatch(text.strip()) is not None


def is_links_heading(text: str) -> bool:
    """Tell a heading over links to other articles: "Related stories"."""
    return phrases("labels").fullmatch(text.strip(" \n:.…»>→|–—-")) is not None


def without_teasers(text: str) -> str:
    """Leave out lines that point elsewhere, or ask to follow, share or subscribe.

    A text of hardly anything else stays as it is.
    """
    lines = text.split("\n")
    kept = [line for line in lines if not _is_teaser(line.strip())]
    if count_words("\n".join(kept)) < count_words(text) / 2:
        return text
    return "\n".join(kept).strip()


def _is_teaser(line: str) -> bool:
    return 0 < len(line) <= _TEASER_MAX_CHARS and _teaser().fullmatch(line) is not None


_HEAD_LINES = 3
"""Lines above the text that may be a headline, a section or a standfirst without a full stop."""


def article_words(title: str, text: str) -> str:
    """Return the words of the article alone, in lower case, without marks.

    Title, headline, byline, dateline, teasers and credits are left out: texts that differ in these
    alone are the same. A text of hardly anything else counts whole.
    """
    lines = list(_story_lines(title, text))
    if sum(map(count_words, lines)) < count_words(text) / 2:
        return " ".join(words_in_order(text))
    return " ".join(word for line in lines for word in words_in_order(line))


def _story_lines(title: str, text: str) -> Iterator[str]:
    title = " ".join(title.casefold().split())
    above = 0
    for n, paragraph in enumerate(paragraphs(text)):
        line = paragraph.of(text)
        above_text = above == n
        line = line[byline(line, above_text=above_text) :].strip()
        bare = line.strip(" *_#-–—•[]()")
        if above_text and n < _HEAD_LINES and not ends_sentence(line):
            above += 1
        elif " ".join(line.casefold().split()) != title and not (
            _is_teaser(bare) or _is_credit(bare)
        ):
            yield line[dateline(line) :]


def _is_credit(line: str) -> bool:
    return len(line) <= _TEASER_MAX_CHARS and phrases("credits").fullmatch(line) is not None


NOTICE_MAX_WORDS = 250
"""Longer texts are articles, though they may be about cookies or paywalls."""

_PERSONAL = re.compile(
    r"\b(?:we|our|us|you|your|wir|unsere?|ihre?|sie|nous|nos|vous|votre|vos|nosotros|nuestros|su|tu"
    r"|noi|nostri|tuo|wij|onze|uw|je)\b",
    re.I,
)

_CONSENT_WORDS = 50
"""A notice about cookies has one of its phrases in so many words, and speaks of you and us in
_PERSONAL_WORDS; news about cookies does not."""

_PERSONAL_WORDS = 25

_CHECK_WORDS = 120
"""A browser check or an error has no more to say; with up to _BARE_WORDS it has nothing else."""

_BARE_WORDS = 40

_STUB_WORDS = 150

_TITLE_PART = re.compile(r"\s[|–—·•«»:-]\s")


def notice(title: str, text: str, page: str, *, locked: bool) -> str | None:
    """Say what a page shows instead of an article, in plain words; None where it has one.

    `text` is what seems to be the article, `page` all that the page shows; `locked` is whether the
    page says that its article is not free.
    """
    words = count_words(text)
    if words > NOTICE_MAX_WORDS:
        # The page of an error may list the news of the day under it.
        return strings.SOFT_404 if _is_title("missing", title) else None
    bare = words <= _BARE_WORDS and count_words(page) <= NOTICE_MAX_WORDS
    shown = page if bare else text
    if _asks_consent(f"{title}\n{shown}"):
        return strings.COOKIE_WALL
    if _says("checks", title, shown, words):
        return strings.BROWSER_CHECK
    if _says("missing", title, shown, words):
        return strings.SOFT_404
    # Offers are on many pages of a site; under a few lines of text they say that these are all.
    offered = phrases("offers").search(text) or phrases("paywalls").search(page)
    stub = words <= _STUB_WORDS and (locked or offered)
    return strings.PAYWALL if stub or phrases("paywalls").search(text) else None


def _is_title(notices: str, title: str) -> bool:
    """Tell whether a title, but for the site's name in it, is nothing but a notice."""
    parts = (part for line in title.split("\n") for part in _TITLE_PART.split(line))
    return any(phrases(notices).fullmatch(part.strip(" .!?:…")) for part in parts)


def _asks_consent(shown: str) -> bool:
    said = len({match[0].lower() for match in phrases("consent").finditer(shown)})
    personal = len(_PERSONAL.findall(shown))
    words = count_words(shown)
    return said > 1 and said * _CONSENT_WORDS >= words and personal * _PERSONAL_WORDS >= words


def _says(notices: str, title: str, shown: str, words: int) -> bool:
    """Tell whether a page says one of the notices: in its title, at its start, or with no more."""
    if words <= _BARE_WORDS and count_words(shown) <= _CHECK_WORDS:
        return phrases(notices).search(f"{title}\n{shown}") is not None
    # The page of an error may list articles under it.
    titles = title.split("\n") if words <= _CHECK_WORDS or notices == "missing" else []
    lines = titles + (shown.split("\n")[:1] if words <= _CHECK_WORDS else [])
    found = ((match, line) for line in lines for match in phrases(notices).finditer(line))
    return any(3 * len(match[0]) >= len(line) for match, line in found)
