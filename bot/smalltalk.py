"""Recognise small talk, courtesies and several questions in one message."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from index.answers import requests, summary_requests
from index.followups.english import AUXILIARIES, WH
from index.text.words import subject_words


class Talk(StrEnum):
    """Kinds of message that ask nothing of the articles."""

    COMPLAINT = "complaint"
    """About an answer; "that's wrong" may as well be about the news."""
    GREETING = "greeting"
    THANKS = "thanks"
    ADDING = "adding"
    """How articles are added; a link alone is meant to be one."""
    HELP = "help"
    UNCLEAR = "unclear"
    """Question marks and no words."""
    CHATTER = "chatter"
    """Meant for nobody in particular: in a server it needs no reply."""

    @property
    def wants_examples(self) -> bool:
        """Tell whether questions that the articles answer help whoever says it."""
        return self in (Talk.GREETING, Talk.HELP)


_PATTERNS = {
    Talk.COMPLAINT: r"(?:(?:that|this|it)(?:'s| is| was) (?:an? |the |such a |just )?)?"
    r"(?:(?:wrong|bad|useless|terrible|stupid|dumb|worst) (?:answer|bot|reply)"
    r"|not (?:very |really )?helpful|useless|not what i (?:asked(?: for)?|meant|wanted|said))"
    r"|(?:that|this|it) (?:does|did)(?:n't| not) (?:help|answer (?:it|that|my question))"
    r"|(?:you|this bot|this) sucks?|thanks for nothing"
    r"|you(?:'re| are) (?:wrong(?: about (?:it|that|this))?|useless|not helpful|stupid|dumb)",
    Talk.ADDING: r"(?:how (?:do|does|can) (?:i|we|you)|(?:please )?help (?:me|us)(?: to)?"
    r"|(?:can|may|could) (?:i|we|you))"
    r" add (?:an? |this |new |more |my |some )?(?:article|file|link|page)s?(?: here)?",
    Talk.HELP: r"(?:(?:can|could|will|would) you |i need )?(?:please )?(?<!the )(?<!your )help"
    r"(?: (?:me|us))?(?: out)?(?: here)?"
    r"|(?:show (?:me|us) )?what (?:can|do) (?:(?:you|u)|this (?:bot|thing)) do"
    r"(?: for (?:me|us))?|show (?:me|us) what you can do"
    r"|what(?:'s| is| are) (?:you|footnote|this (?:bot|thing)|your (?:name|job|purpose))(?: for)?"
    r"|what are you (?:doing|good at|made of|thinking|up to)"
    r"|what (?:(?:does|can) (?:footnote|this (?:bot|thing))|do you) do"
    r"|who (?:are|made|runs|built|created|wrote|owns) you"
    r"|who(?:'s| is) your (?:maker|owner|developer|boss|creator)"
    r"|(?:can|do) you speak \w+|what languages? do you speak"
    r"|(?:is|does) this(?: (?:thing|bot))? (?:on|work(?:ing)?)"
    r"|can i ask (?:you )?(?:something|anything|a question)"
    r"|how (?:do|does) (?:you|this|it|footnote)(?: bot)? work"
    r"|how (?:do|can) i use (?:you|this|it)(?: bot)?|how to use (?:you|this|it)(?: bot)?"
    r"|i (?:do|did)(?:n't| not) (?:understand|get (?:it|that))(?: (?:it|that|this))?"
    r"|what (?:can|should|could|do) i (?:ask|do)(?: (?:you|here))?(?: about)?"
    r"|what do you know(?: about)?"
    r"|what (?:topics|subjects|themes|commands) (?:do you (?:cover|know|have)|are there)"
    r"|(?:(?:give|show) (?:me|us) )?(?:some |an |any |more )?(?:examples?|suggestions?|ideas?)"
    r"|commands?|(?:i'm |im )?(?:so )?bored"
    r"|(?:are |r )?(?:you|u) (?:a |an |the )?(?:bot|robot|ai|machine|human|person|real|there"
    r"|alive|awake|working|online|offline|busy|free|ready|chat ?gpt|gpt|llm|sentient|conscious"
    r"|listening)(?: or (?:a |an )?\w+)?"
    r"|(?:do|can|could) (?:you|u) (?:sleep|eat|dream|feel|read|understand|hear|see|talk|learn)"
    r"(?: (?:me|us|this|that|anything))?|do you (?:love|like|hate|know|remember) (?:me|us)"
    r"|how (?:old|smart|accurate|reliable) are you|where (?:are you from|do you live)"
    r"|can i trust (?:you|this bot|your answers)"
    r"|where do you get your (?:info|information|data|news|answers|articles)(?: from)?"
    r"|where do your answers come from"
    r"|(?:(?:can you |please )?tell|sing|write|make) (?:me |us )?(?:a|another) (?:joke|song|poem)"
    r"|(?:please )?(?:surprise|entertain|amuse) (?:me|us)"
    r"|(?:please )?tell (?:me|us) something(?: (?:interesting|cool|fun(?:ny)?|random))?"
    r"|say (?:something|hi|hello)(?: to \w+)?"
    r"|what time is it|what day is it(?: today)?",
    Talk.THANKS: r"(?:many thanks|thanks|thank you|thank u|thankyou|thx|ty|tysm|tyvm|cheers|danke"
    r"|merci|gracias|grazie|obrigado|tack)"
    r"(?: for (?:that|this|(?:all )?(?:the|your) (?:help|info|answers?|reply|updates?)))?"
    r"(?: in advance)?|ta(?: love)?"
    r"|(?:that|this|it)(?:'s| was| is)? (?:all|(?:really )?help(?:s|ed)"
    r"|(?:very |so |really |super )?(?:helpful|useful|quick|fast))"
    r"|(?:very|so|super|really) (?:helpful|useful)"
    r"|(?:that's |that is |that was )?(?:just |exactly )?what i (?:needed|wanted|was looking for)"
    r"|you(?:'re| are) (?:a (?:star|legend|lifesaver|genius)|the best|amazing|awesome|so kind)"
    r"|you rock|(?:much |greatly )?appreciated"
    r"|(?:i )?(?:really )?(?:appreciate|love|like) (?:it|that|you|this(?: bot)?)"
    r"|(?:who's a |such a )?(?:good|great|awesome|amazing|nice|excellent|brilliant|perfect)"
    r" (?:bot|job|work|one|answer)|well done",
    Talk.GREETING: r"hi+|hello+|hey+|heya|hiya|yo|howdy|ahoy|greetings"
    r"|good (?:morning|afternoon|evening|day)|morning|evening|afternoon|hola|hallo|moin|bonjour"
    r"|salut|ciao|guten tag|(?:is )?any(?:one|body) (?:there|here|around|awake|home)|sup"
    r"|what's up|whats up|how (?:are|r) (?:you|u|things)(?: doing)?(?: today)?|how's it going"
    r"|how have you been|what(?:'s| is) new with you|(?:are )?(?:you|u) (?:ok(?:ay)?|good|alright)"
    r"|how(?:'s| is| was) (?:your|the|everyone's) (?:day|morning|evening|night|week|weekend)"
    r"(?: going| so far)?|long time no see|you again|(?:i'm|im) (?:back|new here)|knock knock"
    r"|(?:nice|good|great) to (?:meet|see|have) you(?: here)?",
    Talk.CHATTER: r"look at (?:this|that)|check (?:this|that) out|(?:good|fair) (?:question|point)"
    r"|cool story|a?(?:ha+)+h?|he(?:he)+|lo+l+|lmf?ao+|rofl|xd+|wow+|whoa|omg|oh+|ah+|hm+|huh"
    r"|no (?:worries|problem|way|idea|rush|thanks|thank you|clue|comment)"
    r"|yes|yeah+|yep|yup|no+|nope|nah|sure|true|right|exactly"
    r"|agreed|same(?: here)?|ditto|ok(?:ay)?|k+|got it|um+|i see|makes sense|nice+|cool+|great"
    r"|awesome|perfect|amazing|interesting|lovely|wonderful|brilliant|excellent"
    r"|you(?:'re| are) (?:welcome|right|funny|great)|np|yw|gg|idk|me too|my pleasure|any ?time"
    r"|i (?:don't know|don't care|don't think so|don't mind|agree|disagree|think so|guess(?: so)?"
    r"|hope so|knew it)|i don't think that's (?:right|true)|what(?:ever)?|fair enough"
    r"|wrong (?:channel|chat|thread|server)"
    r"|(?:that(?:'s| is)|this is|so) (?:so |really |not )?(?:boring|fair|good|bad|a lot|huge)"
    r"|(?:that(?:'s| is)|this is|how|so) (?:so |really |not )?(?:wrong|right|true|funny|cool"
    r"|nice|great|sad|crazy|interesting|awful|terrible|horrible|wild|weird|odd|amazing|hilarious"
    r"|shocking|scary|too bad)"
    r"|good luck|poor (?:thing|guy|you|them|man|woman)s?|boring|wrong"
    r"|happy (?:birthday|new year|holidays|easter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?: \w+)?|merry christmas|good(?: ?night)?"
    r"|have an? (?:nice|good|great|lovely|wonderful) (?:day|evening|night|week|weekend|time|one)"
    r"|take care|take your time|(?:don't|no) worry(?: about it)?"
    r"|wait(?: what)?|hang on|hold on|stop(?: it)?|sorry|oops|my bad|nvm|never ?mind"
    r"|(?:i )?(?:found|figured) it(?: out)?|bye+(?: for now)?|goodbye"
    r"|see (?:you|ya)(?: (?:tomorrow|later|soon))?|talk (?:to you )?(?:later|soon)"
    r"|gn|(?:brb|afk|bbl|ttyl|gtg)(?: \w+)?|(?:mic )?test(?:ing)?(?: 1 2 3| one two three)?|ping"
    r"|pong|first|welcome(?: back)?|congrats|congratulations|please|pls|rip|wtf|smh|fyi|btw|tbh"
    r"|ikr|oof|ugh|meh|yikes|ouch|yay|duh|phew|bruh|damn|jeez|finally|anyways?|well|maybe|perhaps"
    r"|probably|definitely|absolutely|totally|indeed|of course|for sure|obviously"
    r"|noted|understood|will do|sounds good|fine(?: by me| with me)?|roger(?: that)?|copy that"
    r"|good to know|let me (?:think|see|check)|give me a (?:sec|second|minute|moment)"
    r"|(?:one|just a) (?:sec|second|minute|moment)|(?:as|like) i said|guess what|who cares"
    r"|(?:interesting|good|nice|great) (?:article|read|story|piece|find|news|stuff)"
    r"|shut up|go away|get lost"
    r"|(?:please )?stop (?:pinging|tagging|messaging) (?:me|us)|pardon|come again"
    r"|(?:can you |please )?(?:repeat|say) (?:that|it)(?: again)?|what did you (?:just )?say",
}
"""The first that matches counts, if a message is several of them."""

_WHOM = (
    "there|all|everyone|everybody|guys|folks|team|world|bot|footnote|again|so much|very much|a lot"
    "|a bunch|a million|a ton|heaps|loads|man|mate"
)

_PIECE = re.compile(
    rf"{'|'.join(f'(?P<{talk}>{pattern})' for talk, pattern in _PATTERNS.items())}|{_WHOM}",
    re.IGNORECASE,
)

MOST_WORDS = 8
"""Of one piece of small talk."""

_TO_SOMEBODY = re.compile(rf"(?:{_WHOM})", re.IGNORECASE)

_FIRST = re.compile(
    rf"(?:(?:{_PATTERNS[Talk.GREETING]}|ok(?:ay)?|so|well)(?: (?:{_WHOM}))*\s*[,.!:;–—-]+\s*"
    rf"|(?:hi+|hello+|hey+|heya|hiya)(?: (?:{_WHOM}))*\s+)",
    re.IGNORECASE,
)

_LAST = re.compile(
    r"(?:(?<=[?!.,])\s*|\s+)(?:(?:many )?thanks|thank (?:you|u)|thx|ty|tysm|cheers|please|pls|plz)"
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
    if not words and "?" in text:
        return Talk.UNCLEAR
    said = [part for part in words if not _TO_SOMEBODY.fullmatch(part)] or words
    kinds: set[str] = set()
    for part in said:
        if not (own := _kinds(part)):
            return None
        kinds |= own
    return next((talk for talk in _PATTERNS if talk in kinds), Talk.CHATTER)


def _kinds(part: str) -> set[str]:
    """Return the kinds of small talk that a part of a message consists of; none if it does not."""
    kinds, words = set[str](), part.split(" ")
    while words:
        most = range(min(len(words), MOST_WORDS), 0, -1)
        found = ((n, one) for n in most if (one := _PIECE.fullmatch(" ".join(words[:n]))))
        count, piece = next(found, (0, None))
        if piece is None or not (piece.lastgroup or kinds):  # to whom it is said comes behind
            return set()
        kinds.add(piece.lastgroup or Talk.CHATTER)
        del words[:count]
    return kinds


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
    """Return the questions of a message in order, or the message if it has other words.

    "How much will it cost and when does it open?" are two.
    """
    parts = [without_courtesies(part) for part in _NEXT_QUESTION.split(text)]
    parts = [half for part in parts if talk_of(part) is None for half in _halves(part)]
    several = 1 < len(parts) <= MOST_QUESTIONS
    if several and all(part.endswith("?") and len(part.split()) >= MIN_WORDS for part in parts):
        return parts
    return [without_courtesies(text)]


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

_DOUBTING = re.compile(
    rf"(?:is|was|are|were|isn't|can|could|will) {_THIS}(?: (?:really|actually|even|all|be)){{0,3}}"
    r" (?:true|right|correct|real|fake|legit|accurate|so|for real|confirmed)"
    r"|really|actually|seriously|for real|is it|are (?:you|u) (?:really )?(?:sure|certain|serious)"
    r"|what(?:'s| is| are) (?:the |your )?"
    rf"sources?(?: (?:for|of|on|to) {_THAT})?|who says(?: (?:so|{_THAT}))?|says who"
    r"|according to whom?"
    rf"|where (?:is|does|did) {_THAT}(?: come)? from|did {_THAT} (?:really |actually )?happen"
    rf"|where (?:did|do) (?:you|u) (?:get|find|hear|read|see) {_THAT}(?: from)?"
    rf"|where was {_THAT} (?:published|posted|reported)|how do (?:you|u) know(?: {_THAT})?"
    rf"|how (?:true|real|accurate|reliable|credible) (?:is|are) {_THAT}"
    rf"|(?:can|could|should|do) (?:i|we|you|u) (?:trust|believe) {_THAT}",
    re.IGNORECASE,
)
"""Asks whether it is so, and who says it."""

_POINTING = re.compile(
    rf"what (?:about|of) {_THIS}|(?:your |any )?thoughts(?: on {_THIS})?"
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
    said = _said(text)
    return not said or bool(_POINTING.fullmatch(said)) or doubts(text)


def doubts(text: str) -> bool:
    """Tell whether words ask no more than whether something is so, or who says it."""
    said = _said(text)
    words = {word.removesuffix("n't") for word in said.lower().split()}
    is_doubt = bool(words & _DOUBTS) and words <= _DOUBTS | _AROUND_DOUBTS
    return is_doubt or bool(_DOUBTING.fullmatch(said))


def _said(text: str) -> str:
    spoken = " ".join(_NO_WORDS.sub(" ", _EMOJI.sub(" ", text).replace("’", "'")).split())
    return _AROUND.sub("", spoken)


_POINTS = re.compile(rf"\?|\b{_THIS}\b", re.IGNORECASE)


_ANY_DAY = date(2000, 1, 1)
"""Which day it is does not matter to what is asked."""


def is_unclear(text: str) -> bool:
    """Tell whether a message that goes on from none does not say what it asks about.

    "is this true" and "what did they say?" do not; "propaganda" may be what is looked for.
    """
    if _POINTS.search(text) and is_pointing(text):
        return True
    asks = "?" in text or " " in text.strip()  # "WHO" and "May" may be names
    about = any(not one.name for one in requests.parse(text, _ANY_DAY))
    about = about or summary_requests.is_request(text)
    return asks and not (about or subject_words(text))
