"""Questions about the articles themselves: who wrote them, when, how many, which, what is in them.

The grammar is small and certain: a question that it does not parse as a whole is none of these, and
goes to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto

from index.answers import periods
from index.answers.periods import Period
from index.text import words

MAX_CHARS = 300
"""Longer questions are about something else."""


MOST_WORDS_OF_A_KIND = 2
"""As in "the forest fire article"; "the original little red riding hood story" is another."""


RECENT_DAYS = 31
"""Of such a time news is asked for, where of an earlier one a sentence may tell."""


class Wanted(Enum):
    """What is asked about articles."""

    AUTHOR = auto()
    DATE = auto()
    SOURCE = auto()
    COUNT = auto()
    ARTICLES = auto()


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted, and of which articles: those that meet all conditions given.

    `topic` is what they are about or, where `literal`, what they mention. `title` names one.
    `name` is a source or an author, who may be unknown. `newest` is the newest of them, `this` the
    one that is looked at, or was spoken of last; `pronoun` tells whether it is called no more than
    "that", so that something else may be meant. `is_open` is whether a sentence may answer as well,
    where no article is about the topic. `instead_of` names a time of which there are none.
    """

    wanted: Wanted
    topic: str = ""
    literal: bool = False
    title: str = ""
    name: str = ""
    newest: bool = False
    this: bool = False
    pronoun: bool = False
    period: Period | None = None
    is_open: bool = False
    instead_of: str = ""

    @property
    def sought(self) -> str:
        """Return the topic without an article before it."""
        return re.sub(r"^(?:the|an?) ", "", self.topic, flags=re.IGNORECASE)


_ARTICLE = r"(?:news )?(?:article|story|piece)"

_ARTICLES = r"(?:news )?(?:article|storie|piece)s"

_COUNTED = r"(?:news articles|articles|news stories)"
"""A house has stories as well, and a game pieces."""

_NAME = r"(?:the )?(?P<name>[^\W_][\w.'’& -]{0,40})"

_HAVE = (
    r"(?:do (?:you|we) (?:have|know|hold)|have you (?:got|indexed|read)|did you (?:get|index)"
    r"|are (?:there|here|indexed|available)|are in (?:here|the (?:index|library|database|archive))"
    r"|(?:were|was|have been) (?:published|posted|written|added)|exist)"
)

_IS = r"(?: is| was|['’]s)"

_OUTLET = r"(?:what|which) (?:news ?paper|paper|outlet|site|website|magazine|agency|source)"

_ONE: dict[Wanted, tuple[str, ...]] = {
    Wanted.AUTHOR: (
        r"(?:who|(?:which|what) (?:author|writer|reporter|journalist))(?: has)?"
        r" (?:wrote|written|authored) (?P<one>.+)",
        rf"who{_IS} (?:the )?(?:author|writer|reporter|journalist) (?:of|behind|for) (?P<one>.+)",
        rf"who{_IS} (?P<one>the (?:author|writer|reporter|journalist))",
        r"(?:by )?whom? (?:is|was) (?P<one>.+?) (?:by|written|written by)",
    ),
    Wanted.DATE: (
        r"when (?:was|is) (?P<one>.+) (?:published|posted|written|released|from|dated|printed)",
        r"when did (?P<one>.+) (?:come out|appear)",
        rf"what{_IS} the (?:publication )?date (?:of|on|for) (?P<one>.+)",
        r"(?:(?:on )?what (?:date|day)|how old|how recent) (?:is|was) (?P<one>.+?)"
        r"(?: from| published| posted| written)?",
        rf"when did {_NAME} (?:publish|post|print|run|write) (?P<one>.+)",
    ),
    Wanted.SOURCE: (
        r"who published (?P<one>.+)",
        r"where (?:is|was|does|did) (?P<one>.+) (?:come from|from|published|appear)",
        rf"{_OUTLET} (?:published|ran|has) (?P<one>.+)",
        rf"{_OUTLET} (?:is|was) (?P<one>.+) from",
        rf"what{_IS} the (?:source|link|url|address|publisher) (?:of|to|for) (?P<one>.+)",
    ),
}
"""Questions about one article."""

_SEVERAL: dict[Wanted, tuple[str, ...]] = {
    Wanted.COUNT: (
        rf"how many (?:of (?:the|your) )?{_COUNTED}(?P<which> .+) {_HAVE}",
        rf"how many (?:of (?:the|your) )?{_COUNTED}(?: {_HAVE})?(?P<which> .+)?",
        rf"how many {_COUNTED} (?:did|has|have) {_NAME} (?:publish|published|write|written|posted)",
        rf"(?:what{_IS} )?(?:the )?(?:total )?number of {_COUNTED}(?: (?:that )?you have)?",
    ),
    Wanted.ARTICLES: (
        rf"(?:which|what) {_ARTICLES} (?:did|has|have) {_NAME} (?:publish|published|write|written)"
        r"(?P<which> .+)?",
        rf"(?:which|what) {_ARTICLES}(?P<which> .+) {_HAVE}",
        rf"(?:which|what) (?:of (?:the|your) )?(?:{_ARTICLES}|article)(?: {_HAVE}| are| were)?"
        r"(?P<which> .+)?",
        r"(?:list|show|give|find|name)(?: me| us)?(?: (?:all|every|any|some|the|your|of|an?)\b)*+"
        rf" (?:{_ARTICLES}|{_ARTICLE}|everything|anything|something)"
        rf"(?: {_HAVE}| you have| published| written)?(?P<which> .+)?",
        rf"(?:{_HAVE}|is there)(?: any| an?| some)? (?:{_ARTICLES}|{_ARTICLE}|news)(?P<which> .+)?",
        rf"(?:{_HAVE}|is there) (?:any|some)thing(?P<which> (?:about|on|regarding|concerning) .+)",
        r"what do you have(?P<which> (?:about|on) .+)",
        rf"(?:any )?(?:{_ARTICLES})(?P<which> .+)?",
        rf"what(?: else)? (?:did|does|do|has|have) {_NAME} (?:report|reported|write|written|say"
        r"|said|publish|published)(?P<which> (?:on|about) .+)?(?: about)?",
    ),
}
"""Questions about all articles of a kind."""

_NEWS = re.compile(
    r"(?:(?:(?:do you )?have you got|do you have|is there|got) )?anything|what do you have"
    r"|what(?: all| else)? (?:happened|has happened|has been happening|went on|was going on"
    r"|(?:is|was) new|made (?:the )?(?:news|headlines)"
    r"|(?:was|were|are|is) (?:in )?the (?:news|headlines)|was reported|was published|did i miss"
    r"|have i missed)"
    r"(?: (?:in|on|at|with|around) (?P<topic>.+))?",
    re.IGNORECASE,
)
"""Asked of a time."""

_NEWS_WORD = r"(?:news|update|development|headline|article|report|stor(?:y|ie))s?"

_FROM = rf"(?:(?:are |were )?(?:published )?(?:from|by|in|of)) {_NAME}"

_LATEST_ON = r"(?:on|about|with|from|in|regarding|concerning|around)"

_LATEST = re.compile(
    rf"\b(?:latest|newest|most recent)(?: {_NEWS_WORD}| one)?(?: {_LATEST_ON}\b| *[?!.]*$)"
    rf"|\b(?:latest|newest|most recent|recent) {_NEWS_WORD}\b"
    rf"|\b(?:what['’]?s|what is|anything|something) new(?: {_LATEST_ON}\b| *[?!.]*$)"
    rf"|\bany (?:news|updates?)\b"
    rf"|^(?:the )?(?:news|updates?) {_LATEST_ON}\b"
    r"|^(?:(?:show|give|tell) (?:me|us) )?(?:(?:what(?:['’]?s| is| are) )?(?:in )?the )?"
    rf"(?:news|headlines|last {_ARTICLE}) *[?!.]*$",
    re.IGNORECASE,
)

_LATEST_FROM = re.compile(
    rf"(?:what(?:['’]?s| is) )?(?:the )?(?:latest|newest|most recent)(?: {_NEWS_WORD})? {_FROM}",
    re.IGNORECASE,
)

_LATEST_WORDS = {
    "latest", "newest", "most", "recent", "recently", "new", "news", "update", "updates",
    "development", "developments", "headline", "headlines", "article", "articles", "report",
    "reports", "story", "stories", "regarding", "concerning", "around", "today", "anything",
    "what's", "what’s", "whats", "one", "last",
}  # fmt: skip

_FIRST = re.compile(
    r"(?:(?:please|and|so|hey|ok(?:ay)?)[, ]+)?"
    r"(?:(?:(?:can|could|would) you (?:please )?|help me )(?=(?:list|show|give|find)\b))?"
    r"(?:(?:can|could|would) you (?:please )?tell me |do you know |tell me |i want to know )?",
    re.IGNORECASE,
)

_CALLED = re.compile(
    rf"(?P<pronoun>this|that|it)(?: one)?|(?P<this>(?:this|that|the) (?:{_ARTICLE}|author|writer"
    r"|reporter|journalist))"
    rf"|(?:the )?(?:{_ARTICLE} )?[\"“„«](?P<title>.{{1,200}})[\"”“»]"
    rf"|(?:the|your) (?P<newest>latest|newest|most recent|last) {_ARTICLE}(?P<newest_which> .+)?"
    rf"|(?:the|that|this|your|an?) {_ARTICLE}(?P<which> .+)"
    rf"|(?:the|that|this|your|an?) (?P<kind>.{{1,60}}?)(?:['’]s)? {_ARTICLE}(?P<kind_which> .+)?",
    re.IGNORECASE,
)

_ABOUT = (
    r"(?:(?:that |which )?(?:(?:are |is |was |were )?(?:written )?"
    r"(?:about|on|regarding|concerning|covering)|talks? about|deals? with|discuss(?:es)?|covers?"
    r"|reports? on|(?P<literal>mention(?:s|ed|ing)?|nam(?:es?|ing)|contain(?:s|ing)?)))"
    r" (?P<topic>\S.*)"
)

_WHICH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"{_ABOUT} {_FROM}", rf"{_FROM} {_ABOUT}", _ABOUT, _FROM)
)
"""The longest come first: a name that nobody has goes on to be part of the topic."""

_ASKS = re.compile(r"\b(?:who|whom|whose|why|when|where|how|which|what)\b", re.IGNORECASE)


def parse(question: str, today: date) -> Iterator[Request]:
    """Yield what a question may ask about articles, the likeliest first; nothing if it does not.

    The first whose `name`, `title` and `period` there are is meant.
    """
    text = " ".join(question.split()).rstrip(" ?!.")
    text = text[_FIRST.match(text).end() :]  # type: ignore[union-attr]  # it may match nothing
    if len(text) > MAX_CHARS:
        return
    if found := periods.find(text, today):
        period, rest = found
        news = list(_news(rest))
        yield from (replace(one, period=period) for one in (*news, *_requests(rest)))
        is_recent = not period.any_year and period.last >= today - timedelta(days=RECENT_DAYS)
        if is_recent and any(not one.topic and one.wanted is Wanted.ARTICLES for one in news):
            yield Request(Wanted.ARTICLES, newest=True, instead_of=period.words)
        if period.named:  # an article without a date may name the time
            yield from (
                replace(one, topic=period.named, literal=True) for one in news if not one.topic
            )
    yield from _requests(text)
    if not found:  # what is older than asked for is not the latest
        yield from _latest(text)


_ANY_DAY = date(2000, 1, 1)
"""Which day it is does not matter to what is asked."""

_WRITING = re.compile(
    r"\b(?:letter|book|report|study|paper|poem|song|play|statement|memo|note|email|post|tweet|novel"
    r"|bill|law|treaty|plan|declaration|speech|script|figures|survey|photo|video|film)s?\b",
    re.IGNORECASE,
)
"""What is written or published as well, so that "it" may be that."""


_OF_ALL = re.compile(rf"\b{_ARTICLES}\b", re.IGNORECASE)

_POINTS = re.compile(r"\b(?:this|that|it)\b", re.IGNORECASE)


def stands_alone(question: str) -> bool:
    """Tell whether a question about articles needs none before it.

    Such is what asks for the newest of all articles, or for all, whichever was spoken of.
    """
    is_of_all = bool(_OF_ALL.search(question))
    points = bool(_POINTS.search(question))
    return any(
        one.topic
        or one.title
        or one.period
        or ((one.newest or is_of_all) and not points)
        or one.wanted is Wanted.COUNT
        for one in parse(question, _ANY_DAY)
        if not one.name
    )


def refers_back(question: str, *before: str | None) -> bool:
    """Tell whether a question is about the article that was spoken of `before`.

    "That" alone is none where something else that is written was spoken of.
    """
    found = next(parse(question, _ANY_DAY), None)
    if found is None or not found.this:
        return False
    return not (found.pronoun and any(_WRITING.search(said or "") for said in before))


def _news(text: str) -> Iterator[Request]:
    """Yield a request for all that is new in a time that was named beside this."""
    if found := _NEWS.fullmatch(text):
        topic = _topic(found["topic"] or "")
        if topic or not found["topic"]:
            yield Request(Wanted.ARTICLES, topic=topic, is_open=True)
    else:
        yield from _latest(text)


def _latest(text: str) -> Iterator[Request]:
    """Yield a request for what is newest, of a source, on a topic or of all."""
    if found := _LATEST_FROM.fullmatch(text):
        yield Request(Wanted.ARTICLES, name=_name(found["name"]), newest=True)
    if _LATEST.search(text):
        subject = [one for one in words.subject_words(text) if one.lower() not in _LATEST_WORDS]
        yield Request(Wanted.ARTICLES, topic=" ".join(subject), newest=True)


def _requests(text: str) -> Iterator[Request]:
    for wanted, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        groups = found.groupdict()
        begun = Request(wanted, name=_name(groups.get("name")))
        if "one" in groups:
            yield from _of_one(begun, groups["one"])
        else:
            yield from _of_several(begun, groups.get("which"))


def _of_one(begun: Request, called: str) -> Iterator[Request]:
    """Yield the article that is called so."""
    found = _CALLED.fullmatch(called)
    if found is None:
        return
    if found["pronoun"] or found["this"]:
        yield replace(begun, this=True, pronoun=bool(found["pronoun"]))
    elif found["title"]:
        yield replace(begun, title=found["title"])
    elif found["newest"]:
        yield from _of_several(replace(begun, newest=True), found["newest_which"])
    elif found["which"]:
        yield from _of_several(begun, found["which"])
    elif begun.name:
        return
    else:  # "the BBC article", "the wildfire story"
        yield from _of_several(replace(begun, name=_name(found["kind"])), found["kind_which"])
        short = len(found["kind"].split()) <= MOST_WORDS_OF_A_KIND
        if short and not found["kind_which"] and (topic := _topic(found["kind"])):
            yield replace(begun, topic=topic)


def _of_several(begun: Request, which: str | None) -> Iterator[Request]:
    """Yield the conditions that stand behind "articles"."""
    if not which:
        yield begun
        return
    for pattern in _WHICH:
        found = pattern.fullmatch(which.strip())
        if found is None:
            continue
        groups = found.groupdict()
        name, topic = _name(groups.get("name")), _topic(groups.get("topic") or "")
        if bool(topic) == ("topic" in groups) and not (name and begun.name):
            literal = bool(groups.get("literal"))
            yield replace(begun, name=name or begun.name, topic=topic, literal=literal)


def _name(given: str | None) -> str:
    """Return a source or author: BBC for "BBC's article"."""
    return re.sub(rf"(?:['’]s)? {_ARTICLE}s?\Z", "", given or "", flags=re.IGNORECASE).strip()


def _topic(given: str) -> str:
    """Return what articles are to be about, "" where that is not sure to be a topic."""
    if given.lower().startswith("to ") or _ASKS.search(given):
        return ""
    return given if words.subject_words(given) else ""


_PATTERNS = tuple(
    (wanted, re.compile(pattern, re.IGNORECASE))
    for kinds in (_ONE, _SEVERAL)
    for wanted, patterns in kinds.items()
    for pattern in patterns
)
