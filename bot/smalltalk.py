"""Recognise small talk, courtesies and several questions in one message."""

from __future__ import annotations

import re
from enum import StrEnum

from index.followups.english import AUXILIARIES, WH


class Talk(StrEnum):
    """Kinds of message that ask nothing of the articles."""

    COMPLAINT = "complaint"
    """About an answer; "that's wrong" may as well be about the news."""
    GREETING = "greeting"
    THANKS = "thanks"
    ADDING = "adding"
    """How articles are added; a link alone is meant to be one."""
    HELP = "help"
    CHATTER = "chatter"
    """Meant for nobody in particular: in a server it needs no reply."""

    @property
    def wants_examples(self) -> bool:
        """Tell whether questions that the articles answer help whoever says it."""
        return self in (Talk.GREETING, Talk.HELP)


_PATTERNS = {
    Talk.COMPLAINT: r"(?:that(?:'s| is| was) (?:an? |the |such a )?)?"
    r"(?:(?:wrong|bad|useless|terrible|stupid|dumb) (?:answer|bot|reply)"
    r"|not (?:very |really )?helpful|not what i asked(?: for)?)"
    r"|(?:that|this|it) (?:does|did)(?:n't| not) (?:help|answer (?:it|that|my question))"
    r"|you(?:'re| are) (?:wrong|useless|not helpful)",
    Talk.ADDING: r"(?:how (?:do|does|can) (?:i|we|you)|(?:please )?help (?:me|us)(?: to)?"
    r"|(?:can|may|could) (?:i|we|you))"
    r" add (?:an? |this |new |more |my |some )?(?:article|file|link|page)s?(?: here)?",
    Talk.HELP: r"(?:(?:can|could|will|would) you |i need )?(?:please )?(?<!the )(?<!your )help"
    r"(?: me| us)?"
    r"|what (?:can|do) (?:you|u) do(?: for (?:me|us))?|what are you(?: for)?"
    r"|who (?:are|made|runs|built|created|wrote) you|(?:can|do) you speak \w+"
    r"|is this (?:thing|bot) (?:on|working)"
    r"|can i ask (?:you )?(?:something|anything|a question)|what(?:'s| is) your name"
    r"|how (?:do|does) (?:you|this|it)(?: bot)? work|how (?:do|can) i use (?:you|this|it)(?: bot)?"
    r"|i (?:do|did)(?:n't| not) (?:understand|get (?:it|that))(?: (?:it|that|this))?"
    r"|what can i ask(?: you)?|what do you know(?: about)?|commands?"
    r"|(?:are )?you (?:a |an )?(?:bot|robot|ai|human|real|there|alive|working|online)",
    Talk.THANKS: r"(?:thanks|thank you|thank u|thankyou|thx|ty|tysm|tyvm|cheers|many thanks|danke"
    r"|merci|gracias)"
    r"(?: for (?:that|(?:all )?(?:the|your) (?:help|info|answers?|reply|updates?)))?"
    r"|ta|that(?:'s| was| is)? (?:all|helped|(?:very |so )?helpful)"
    r"|you(?:'re| are) (?:a star|a legend|a lifesaver)|much appreciated"
    r"|(?:i )?(?:really )?(?:appreciate|love) (?:it|that|this(?: bot)?)|good (?:bot|job|work|one)"
    r"|well done|nice one|(?:good|great|nice|perfect) answer",
    Talk.GREETING: r"hi+|hello+|hey+|heya|hiya|yo|howdy|greetings|good (?:morning|afternoon|evening"
    r"|day)|morning|evening|afternoon|hola|hallo|moin|bonjour|salut"
    r"|any(?:one|body) (?:there|here)|sup"
    r"|what's up|whats up|how (?:are|r) (?:you|u)(?: doing)?(?: today)?|how's it going"
    r"|(?:nice|good|great) to (?:meet|see|have) you(?: here)?",
    Talk.CHATTER: r"look at (?:this|that)|check (?:this|that) out|good (?:question|point)"
    r"|cool story|a?(?:ha+)+h?|he(?:he)+|lo+l+|lmf?ao+|rofl|xd+|wow+|whoa|omg|oh+|ah+|hm+|huh"
    r"|no (?:worries|problem|way|idea)|yes|yeah+|yep|yup|no+|nope|nah|sure|true|right|exactly"
    r"|agreed|same|ok(?:ay)?|k+|got it|um+|i see|makes sense|nice+|cool+|great|awesome|perfect"
    r"|amazing|interesting|lovely|wonderful"
    r"|you(?:'re| are) (?:welcome|right|funny|great|the best)|np|yw|gg|idk|me too"
    r"|i (?:don't know|agree)|what(?:ever)?|fair enough|wrong (?:channel|chat|thread|server)"
    r"|(?:that(?:'s| is)|how) (?:so )?(?:wrong|right|true|funny|cool|nice|great|sad|crazy"
    r"|interesting|awful|terrible|horrible|wild|weird|odd|amazing|hilarious|shocking|scary|too bad)"
    r"|good luck|poor (?:thing|guy|you|them|man|woman)s?"
    r"|happy (?:birthday|new year)(?: \w+)?|merry christmas|good(?: ?night)?"
    r"|wait(?: what)?|hang on|stop|sorry|oops|my bad|nvm|never ?mind|bye+|goodbye"
    r"|see (?:you|ya)(?: (?:tomorrow|later|soon))?"
    r"|gn|brb(?: \w+)?|test(?:ing)?|first|welcome|congrats|congratulations|please|pls",
}
"""The first that matches counts, if a message is several of them."""

_WHOM = (
    "there|all|everyone|everybody|guys|folks|team|world|bot|footnote|again|so much|very much|a lot"
    "|a bunch|man|mate"
)

_ANY = "|".join(_PATTERNS.values())

_TALK = re.compile(
    # Atomic: a long message that is like small talk must not be tried in every way to divide it.
    rf"(?>(?:{_ANY})(?= |\Z))(?: (?>(?:{_ANY}|{_WHOM})(?= |\Z)))*+",
    re.IGNORECASE,
)

_TO_SOMEBODY = re.compile(rf"(?:{_WHOM})", re.IGNORECASE)

_KINDS = {
    talk: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for talk, pattern in _PATTERNS.items()
}

_FIRST = re.compile(
    rf"(?:(?:{_PATTERNS[Talk.GREETING]}|ok(?:ay)?|so|well)(?: (?:{_WHOM}))*\s*[,.!:;–—-]+\s*"
    rf"|(?:hi+|hello+|hey+|heya|hiya)(?: (?:{_WHOM}))*\s+)",
    re.IGNORECASE,
)

_LAST = re.compile(
    r"(?:(?<=[?!.,])\s*|\s+)(?:thanks|thank (?:you|u)|thx|ty|tysm|cheers|please|pls|plz)"
    rf"(?: in advance)?(?: (?:{_WHOM}))*[\s.!,:;)]*$",
    re.IGNORECASE,
)

_EMOJI = re.compile(r"<a?:\w+:\d+>|<[@#][!&]?\d+>|:[\w+-]+:")
"""Of a server; and mentions."""

_NO_WORDS = re.compile(r"[^\w\s']|_")


_LINK = re.compile(r"<?https?://\S+>?", re.IGNORECASE)


def talk_of(text: str) -> Talk | None:
    """Return the kind of small talk that a message is, None if it may be a question."""
    if _LINK.fullmatch(text.strip()):
        return Talk.ADDING
    parts = re.split(r"[.!?,;:\n–—]+", _EMOJI.sub(" ", text).replace("’", "'"))
    every = (" ".join(_NO_WORDS.sub(" ", part).split()) for part in parts)
    words = [part for part in every if part]
    said = [part for part in words if not _TO_SOMEBODY.fullmatch(part)] or words
    if not all(map(_TALK.fullmatch, said)):
        return None
    return next((t for t, own in _KINDS.items() if any(map(own.search, said))), Talk.CHATTER)


def without_courtesies(text: str) -> str:
    """Return a question without a greeting before it, thanks after it, or /ask typed as words."""
    whole = text.strip().removeprefix("/ask ").strip()
    greeting = _FIRST.match(whole)
    asked = _LAST.sub("", whole[greeting.end() :] if greeting else whole)
    return asked.strip() or whole


MOST_QUESTIONS = 3
"""In one message that are answered one by one."""

_WH = rf"(?:{'|'.join(sorted(WH))})"

_AUXILIARY = rf"(?:{'|'.join(sorted(AUXILIARIES))})(?:n['’]t)?"

_ASKS = (
    rf"(?:(?:when|where|why|whom?) {_AUXILIARY}"
    rf"|(?:how|which|what|whose)(?: (?!{_WH}\b)[\w'’-]+){{0,4}}? {_AUXILIARY}"
    r"|(?:who|what|how many [\w'’-]+) (?:happened|left|won|lost|said|took|paid|\w+ed))\b"
)
"""How a question begins; what somebody knows or says ("when it opens") does not."""

_NEXT_QUESTION = re.compile(r"(?<=\?)\s+(?=\S)")

_AND_ASKS = re.compile(rf"(?:,|,? and)\s+(?={_ASKS})", re.IGNORECASE)

_ONE_QUESTION = re.compile(
    rf"(?:(?:and|so|but|also|ok(?:ay)?),? )*(?:{_ASKS}|{_AUXILIARY}\b)"
    rf"(?!.*\b{_WH}\b)[^\"“”]*",
    re.IGNORECASE,
)
"""With one question word, so that what stands behind "and" is no part of it."""

MIN_WORDS = 3
"""Of each of several questions in one message; "Really?" is too short."""


def questions_of(text: str) -> list[str]:
    """Return the questions of a message in order, or the whole message if it has other words.

    "How much will it cost and when does it open?" are two.
    """
    parts = [without_courtesies(part) for part in _NEXT_QUESTION.split(text)]
    parts = [half for part in parts if talk_of(part) is None for half in _halves(part)]
    several = 1 < len(parts) <= MOST_QUESTIONS
    if several and all(part.endswith("?") and len(part.split()) >= MIN_WORDS for part in parts):
        return parts
    return [text]


def _halves(part: str) -> list[str]:
    """Return the questions that "and" joins in one; itself where it joins something else."""
    halves = _AND_ASKS.split(part.rstrip(" ?!."))
    whole = all(_ONE_QUESTION.fullmatch(one) and len(one.split()) >= MIN_WORDS for one in halves)
    return [f"{one}?" for one in halves] if whole and len(halves) > 1 else [part]


_THAT = "(?:this|that|it|these|those)"

_THIS = f"(?:{_THAT}|he|she|they)"

_DOUBTS = frozenset(
    "true truth real legit legitimate accurate fake hoax hoaxes rumour rumours rumor rumors fact"
    " facts factual fiction false misinformation disinformation satire clickbait propaganda bs"
    " confirmed debunked verified reliable credible trustworthy check verify confirm factcheck"
    " joke source sources proof evidence citation link".split()
)
"""Words that ask whether it is so, or who says it."""

_AROUND_DOUBTS = AUXILIARIES | frozenset(
    "this that it these those there here a an the any all some of in to for on about or and not no"
    " been real really actually even still just so right correct news story stories article"
    " headline post claim claims thing i you u we anyone someone anybody somebody got your please"
    " needed what's".split()
)
"""Words that may stand beside them; whoever asks about something of its own names it besides."""

_INTERJECTION = r"(?:h+m+|u+m+|wait|wow|omg|lo+l+|ok(?:ay)?|but|and|so)"

_POINTING = re.compile(
    # Whether it is so, and who says it.
    rf"(?:is|was|are|were|isn't|can|could|will) {_THIS}(?: (?:really|actually|even|all|be)){{0,3}}"
    r" (?:true|right|correct|real|fake|legit|accurate|so|for real|confirmed)"
    r"|really|actually|seriously|for real|is it|what(?:'s| is| are) (?:the |your )?"
    rf"sources?(?: (?:for|of|on|to) {_THAT})?|who says(?: (?:so|{_THAT}))?|says who"
    r"|according to whom?"
    rf"|where (?:is|does|did) {_THAT}(?: come)? from|did {_THAT} (?:really |actually )?happen"
    rf"|where (?:did|do) (?:you|u) (?:get|find|hear|read|see) {_THAT}(?: from)?"
    rf"|where was {_THAT} (?:published|posted|reported)|how do (?:you|u) know(?: {_THAT})?"
    rf"|how (?:true|real|accurate|reliable|credible) (?:is|are) {_THAT}"
    rf"|(?:can|could|should|do) (?:i|we|you|u) (?:trust|believe) {_THAT}"
    # What else is known.
    rf"|what (?:about|of) {_THIS}|(?:your |any )?thoughts(?: on {_THIS})?"
    rf"|what do you (?:know|have|say|think)(?: (?:about|on|of|to) {_THIS})?"
    r"|what (?:do|does) (?:the |your )?(?:articles?|news|sources?) say"
    rf"(?: (?:about|on|to) {_THIS})?|(?:tell (?:me|us) )?more(?: (?:about|on) {_THIS})?|{_THIS}",
    re.IGNORECASE,
)

_AROUND = re.compile(
    rf"^(?:{_INTERJECTION} )+(?=.)|(?<=.)(?: (?:though|tho|guys|folks|lo+l+|bro|man))+$",
    re.IGNORECASE,
)


def is_pointing(text: str) -> bool:
    """Tell whether words only make sense about another message: "source?", "is this true"."""
    spoken = " ".join(_NO_WORDS.sub(" ", _EMOJI.sub(" ", text).replace("’", "'")).split())
    said = _AROUND.sub("", spoken)
    words = {word.removesuffix("n't") for word in said.lower().split()}
    doubts = bool(words & _DOUBTS) and words <= _DOUBTS | _AROUND_DOUBTS
    return not said or doubts or bool(_POINTING.fullmatch(said))


_POINTS = re.compile(rf"\?|\b{_THIS}\b", re.IGNORECASE)


def is_unclear(text: str) -> bool:
    """Tell whether a message that goes on from none does not say what it asks about.

    "is this true" does not; "propaganda" may be what is looked for.
    """
    return bool(_POINTS.search(text)) and is_pointing(text)
