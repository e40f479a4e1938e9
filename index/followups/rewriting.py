"""A follow-up as questions that stand by themselves; which one is meant the reader chooses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.answers.lacking import lacks_name
from index.followups import english
from index.followups.english import ParsedQuestion, bare, joined, parse
from index.followups.recalls import asks_for_more, asks_who_said
from index.followups.turns import Turn
from index.text.spelt import MONTHS, WEEKDAYS
from index.text.words import name_phrases, subject_words

MAX_CHARS = 300
"""Longer messages tell what they are about."""

MOST = 2
"""Questions that a follow-up may stand for, beside itself; each is read in some passages."""

MAX_WORDS = 6
"""Of a noun phrase; what is longer was most probably not taken apart rightly."""

_AUX = rf"(?:{'|'.join(sorted(english.AUXILIARIES))})(?:n['’]t)?"

_PREPOSITION = rf"(?:{'|'.join(english.PREPOSITIONS)})"

_BARE_WH = re.compile(
    r"(?P<wh>why(?P<neg> not)?|when|where|how come|how|(?:since|until|till|from) when|who"
    r"|(?:for )?how long|how often|(?:at )?what time|by when)"
    r"(?: (?:is|was) that| (?:exactly|so much|so long|so|then|though|precisely|tho))*",
    re.IGNORECASE,
)

_LEANS = re.compile(
    rf"(?:who|where|when|why|how) else|(?:why )?{_AUX} (?:he|she|it|they)(?: really)?"
    r"|really|seriously|for real|true|are you (?:really )?(?:sure|certain)"
    r"|is (?:that|it|this) (?:really )?(?:true|so|right|correct)"
    rf"|.* {_AUX} .* (?:say|claim|argue|think|suggest|announce)(?:ed|d)? (?:that|this|it|so)"
    rf"|how (?:many|much)|{_PREPOSITION} (?:whom?|where|(?:how|what|which)(?: \w+)?)"
    rf"|(?:who|what|where) {_PREPOSITION}",
    re.IGNORECASE,
)
"""What says nothing without the question before, apart from a question word alone."""

_WHY_DID = re.compile(rf"why {_AUX} (\S+)", re.IGNORECASE)

_POINTS = re.compile(
    r"(?!how (?:many|much) (?!is|are|was|were).* (?:is|are|was|were) there\Z)"
    r"(?:how (?!come)\w+|.*\b(?:this|that|there|these|those)"
    rf"|.*\b{_AUX} (?:this|that|these|those) (?:take|cost"
    r"|mean|work|happen|help|last|change|affect|be|have|start|begin|end|stop|matter|need|make"
    r"|cause)\b.*)",
    re.IGNORECASE,
)
"""What points at what was told: "how long will that take?", "how old?" """


_FOOTNOTE = re.compile(r" (?:\[\d+\])+ ?")
"""Stands behind each sentence of an answer."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def is_bare(text: str) -> bool:
    """Tell whether a follow-up is a question word that says nothing of what is asked about."""
    return bool(_BARE_WH.fullmatch(bare(text)))


def rewritings(text: str, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the questions that a follow-up to these turns (oldest first) may stand for.

    The likeliest is first; there are none for a question that stands by itself, or that nothing
    before explains. Only words of the turns and of the follow-up are put in.
    """
    told: list[Turn] = []
    for turn in turns:
        stands = _is_on_the_same(turn.question) or english.back_to(turn.question)[0]
        meant = () if stands else _meant(turn.question, told)
        asked = next(iter(meant), turn.question)
        asked = told[-1].question if told and _is_on_the_same(asked) else asked
        told.append(replace(turn, question=asked))
    return tuple(_meant(text, told))


def _is_on_the_same(text: str) -> bool:
    """Tell whether it asks for more, or stands behind what it goes on from."""
    *before, last = _SENTENCE_END.split(text)
    leans = is_bare(last) or bool(_LEANS.fullmatch(bare(last)))
    return asks_for_more(text) or asks_who_said(text) or bool(before and leans)


def _meant(text: str, turns: Sequence[Turn]) -> list[str]:
    said = english.uncontracted(bare(text))
    if not turns or not said or len(text) > MAX_CHARS:
        return []
    last = _parsed(turns[-1])
    if is_bare(text) or _LEANS.fullmatch(said):
        return [_asked_again(last, said, turns[-1].answer)] if last else []
    if (why := _WHY_DID.fullmatch(said)) and last:
        of = last.about(why[1])
        return [joined("why", of.aux.lower(), of.subject, of.predicate)]
    phrase = fragment(text)
    if phrase and last:
        return _placed(_gone_on_from(last, phrase, turns), _as_written(phrase, turns))[:MOST]
    if phrase:
        return []
    found = dict.fromkeys(_resolved(said, turns))
    return [one for one in found if one != joined(said)]


_DENIES = re.compile(
    r"n['’]t\b|\b(?:no|not|never|nobody|none|nothing|against|neither|den(?:y|ies|ied)|refus(?:es?|ed)"
    r"|reject(?:s|ed)?|oppos(?:es?|ed)|fail(?:s|ed)?|instead)\b",
    re.IGNORECASE,
)
"""In the answer to "did she agree?", after which "why did she agree?" is the wrong question."""


def _parsed(turn: Turn) -> ParsedQuestion | None:
    return parse(turn.question[:MAX_CHARS].partition("?")[0])


def _gone_on_from(last: ParsedQuestion, phrase: str, turns: Sequence[Turn]) -> ParsedQuestion:
    """Return the question that a phrase has its place in: for a time, the latest that has one."""
    if not (_ONE_TIME.fullmatch(phrase) or _ANY_TIME.fullmatch(phrase)):
        return last
    on_it = (turn for turn in reversed(turns) if turn.article == turns[-1].article)
    timed = (turn for turn in on_it if _ANY_TIME.search(turn.question))
    return next(filter(None, map(_parsed, timed)), last)


def _asked_again(last: ParsedQuestion, said: str, told: str | None) -> str:
    """Ask the last question with another question word, or with the follow-up behind it.

    Behind what was told, where that says who was asked for: `Tom Ashby founded it. When?`
    """
    bare_wh, wh = _BARE_WH.fullmatch(said), last.wh.lower()
    counted = last.wh[len("how many ") :] if wh.startswith("how many ") else ""
    if bare_wh and counted and last.aux and not last.subject and said.lower() == "why":
        return joined("why", last.aux.lower(), counted, last.predicate)
    is_denied = bool(bare_wh and not wh and told and _DENIES.search(told))
    if told and (not last.subject or is_denied):
        return f"{_FOOTNOTE.split(told)[0]} {joined(said)}"
    if (
        bare_wh
        and last.subject
        and said.lower().startswith("why")
        and wh in ("how much", "how long")
    ):
        return joined("why", last.aux, last.subject, last.predicate, wh.replace("how", "so"))
    hangs = last.predicate.split(" ")[-1].lower() in english.PREPOSITIONS
    is_perfect = last.aux.lower() in ("has", "have") and said.lower().startswith("when")
    if not (bare_wh and last.subject and wh in ("", "why", "when", "where")) or hangs or is_perfect:
        return f"{last.text} {joined(said)}"
    word, negation = ("why", "not") if bare_wh["neg"] else (bare_wh["wh"], "")
    return joined(word, last.aux.lower(), last.subject, negation, last.predicate)


def _as_written(phrase: str, turns: Sequence[Turn]) -> str:
    """Return a phrase with the capitals that the turns have, or that a time or a country has."""
    texts = " ".join(f"{turn.question} {turn.answer or ''}" for turn in turns)
    found = re.search(rf"\b{re.escape(phrase)}\b", texts, re.IGNORECASE)
    if phrase != phrase.lower():
        return phrase
    if found:
        return found[0]
    words = [english.place_in_capitals(w) if english.is_place(w) else w for w in phrase.split()]
    return _CAPITALISED.sub(lambda word: word[0].capitalize(), " ".join(words))


_ASKED_ABOUT = re.compile(
    r"^(?:(?:so|ok|okay|but|and|then|or|well|hm+)[,\s]+)*"
    r"(?:what about|how about|what of|and|or|but|also|same(?: question)? (?:for|with|about))\s+",
    re.IGNORECASE,
)

_SAME_VERB = re.compile(rf"^{_AUX}\s+(?=\S+$)", re.IGNORECASE)

_TAIL = re.compile(r"[\s,]+(?:then|too|as well|also|instead|though|please)$", re.IGNORECASE)

_MONTH = "|".join(MONTHS)

_TIME = (
    rf"(?:(?:{_MONTH})\s+)?(?:19|20)\d\d|(?:last|this|next) (?:year|month|week)|yesterday"
    rf"|today|(?:{'|'.join(WEEKDAYS)})s?"
)

_ONE_TIME = re.compile(rf"{_TIME}|{_MONTH}", re.IGNORECASE)

_AT = "(?:in|since|before|after|by|until|during|on)"

_ANY_TIME = re.compile(rf"\b(?:{_AT} )?(?:{_TIME})\b|\b{_AT} (?:{_MONTH})\b", re.IGNORECASE)

_CAPITALISED = re.compile(rf"\b(?:{_MONTH}|(?:{'|'.join(WEEKDAYS)})s?)\b")

_PREPOSITIONAL = re.compile(rf"^({_PREPOSITION})\s+(.+)$", re.IGNORECASE)

_SPEAKER_AND_TOPIC = re.compile(rf"^(.+?)\s+(?:{'|'.join(english.ABOUT)})\s+(.+)$", re.IGNORECASE)

_QUOTED = re.compile(r"[\"“][^\"”]+[\"”]")

_OTHER_AND = frozenset("et und y e och og en ed ja oder ou o".split())
"""`And` and `or` in languages that write names as English does."""

_NO_FRAGMENT = (
    english.AUXILIARIES
    | english.WH
    | frozenset("he him she her it they them there not i you we me us if else".split())
)


def fragment(text: str) -> str | None:
    """Return the noun phrase or prepositional phrase that a follow-up consists of, else None."""
    cleaned = text.strip()
    opened = _ASKED_ABOUT.match(cleaned)
    rest = _TAIL.sub("", bare(cleaned[opened.end() :] if opened else cleaned))
    if verb := _SAME_VERB.match(rest):
        opened, rest = verb, rest[verb.end() :]
    words = rest.split()
    lower = {word.lower() for word in words if word != "US"}
    if not 1 <= len(words) <= MAX_WORDS or lower & _NO_FRAGMENT or words[0].lower() in _OTHER_AND:
        return None
    is_name = len(rest) > 1 and all(word[0].isupper() or word in ("and", "of") for word in words)
    is_named = cleaned.endswith("?") and (is_name or len(words) == 1 < len(rest))
    is_placed = _PREPOSITIONAL.match(rest) and len(words) <= MAX_WORDS - 2
    return rest if opened or is_named or is_placed or _ONE_TIME.fullmatch(rest) else None


def is_elsewhere(question: str, before: str) -> bool:
    """Tell whether it is no more than what was asked before, of another place: "and in Graz?"."""
    asked, names = parse(question), " ".join(name_phrases(question))
    words = [word for word in subject_words(question) if word not in names]
    is_same = bool(words) and not lacks_name(words, before)
    return bool(fragment(question)) or bool(is_same and asked and not asked.asks_what_was_said)


def names_in(text: str) -> list[str]:
    """Return the names in a follow-up that consists of no more, as "and Lund?"; no times."""
    names = name_phrases(f"and {fragment(text) or ''}")
    return [name for name in names if not _ONE_TIME.fullmatch(name) and not name[0].isdigit()]


def _placed(last: ParsedQuestion, said: str) -> list[str]:
    """Return the last question with the fragment in each place that it may have there."""
    text, placed = last.text.removesuffix("?"), _PREPOSITIONAL.match(said)
    preposition, phrase = placed.groups() if placed else ("", said)
    if _ONE_TIME.fullmatch(phrase):
        return [_at_time(text, said, is_placed=bool(placed))]
    if last.asks_what_was_said:
        return _said_by_or_about(last, said, phrase)
    if placed:
        behind = [one for one in last.phrases if f" {preposition} {one}" in text]
        old = f"{preposition} {behind[-1]}" if behind else ""
        return [joined(text.replace(old, said) if behind else f"{text} {said}")]
    quoted = _QUOTED.search(text) if said[0] in '"“' else None
    timeless = [one for one in last.phrases if not _ONE_TIME.fullmatch(one)]
    slots = [quoted[0]] if quoted else timeless
    is_of_somebody = any(map(english.is_person, slots)) or (
        last.wh.lower() == "who" and last.subject
    )
    alike = [slot for slot in slots if _form(slot) == _form(said)]
    alike.sort(key=lambda slot: english.is_place(slot) != english.is_place(said))
    if english.is_person(said) and slots and not is_of_somebody:  # or it is a place
        other = [last.with_phrase(slot, said) for slot in alike if english.is_place(slot)]
        return [joined("What did", said, "say"), *other]
    return [last.with_phrase(slot, said) for slot in alike or slots[:1]]


def _at_time(text: str, time: str, *, is_placed: bool) -> str:
    """Ask at another time, behind the preposition that was there, where there was a time."""
    found = _ANY_TIME.search(text)
    at, *_ = found[0].split(" ") if found else ("in",)
    takes_none = is_placed or " " in time or time.lower() in ("yesterday", "today")
    added = f"{at} {time}" if at.islower() and not takes_none else time
    return joined(text.replace(found[0], added) if found else f"{text} {added}")


def _said_by_or_about(last: ParsedQuestion, said: str, topic: str) -> list[str]:
    """Ask with another speaker, on another topic, or both where the form does not tell which."""
    if both := _SPEAKER_AND_TOPIC.match(said):
        return _said_by_or_about(last.about(both[1]), f"about {both[2]}", both[2])
    by = last.about(said).text
    if english.is_person(said):
        return [by]
    head = (
        last.predicate.removesuffix(last.topic).rstrip()
        if last.topic
        else f"{last.predicate} about"
    )
    about = joined(last.wh, last.aux, last.subject, head, topic)
    return [about, by] if said.islower() and " " not in said else [about]


def _form(phrase: str) -> str:
    if phrase.split(" ")[0].lower() in english.DETERMINERS | {"mr", "mrs", "ms"}:
        return "described"
    return "name" if phrase[0].isupper() or phrase.isalpha() else "other"


_HE, _SHE = frozenset("he him his".split()), frozenset("she her hers".split())

_IT, _THEY = frozenset({"it", "its"}), frozenset("they them their theirs".split())

_PRONOUN = re.compile(
    r"\b(?:(?P<owns>his|its|their|her(?= \w))|he|him|she|hers?|(?<!do )it|they|them|theirs)\b",
    re.IGNORECASE,
)

_EXPLETIVE = re.compile(
    r"\b(?:is|was|will|would|does|did|has|can|could) it (?:be |been |ever )?(?:true|raining|snowing"
    r"|rain|snow|cold|hot|warm|going|seem|appear|matter|mean|called (?:when|that|if))\b"
    r"|\b(?:is|was|be) it (?:\w+ ){0,3}(?:that|when|if|after|before|to [a-z]+)\b"
    r"|\bit (?:\w+ )?(?:takes?|costs?|like|needs?)\b.* to\b"
    r"|\bwhat time is it\b|\bwhen it\b.*,|\b(?:make|made|makes|comes?|came) it\b",
    re.IGNORECASE,
)

_WHERE = re.compile(r"\b(?:in|at|from) ((?:the )?[A-Z].*)")
"""Where something is, which is not what is spoken of."""


def is_open(text: str) -> bool:
    """Tell whether a word of a question stands for what was spoken of before."""
    return leaves_open(text) or bool(_POINTS.fullmatch(bare(text)))


def leaves_open(text: str) -> bool:
    """Tell whether a pronoun of a question stands for what was spoken of before."""
    return bool(_open(text))


def is_only_open(text: str) -> bool:
    """Tell whether a question is about nothing but what its pronouns stand for."""
    asked = parse(text)
    return leaves_open(text) and not (asked and _PRONOUN.sub("", " ".join(asked.phrases)).strip())


def _open(text: str) -> list[re.Match[str]]:
    """Return the pronouns of which nothing before them in the question can be the antecedent."""
    if _EXPLETIVE.search(text):
        return []
    found = (one for one in _PRONOUN.finditer(text) if one[0] != "IT")
    return [one for one in found if _is_open(one, text[: one.start()])]


def _is_open(pronoun: re.Match[str], before: str) -> bool:
    said, words = pronoun[0].lower(), before.lower().split()
    if any(said in forms and forms & set(words) for forms in (_HE, _SHE, _IT, _THEY)):
        return False
    if len(words) < 2 or english.is_aux(words[-1]):
        return True
    return not subject_words(before) if pronoun["owns"] else said not in ("he", "she", "they")


def _resolved(said: str, turns: Sequence[Turn]) -> list[str]:
    """Return the question with its pronouns replaced, in MOST ways at most, likeliest first."""
    if said.split()[0].lower() not in english.WH | english.AUXILIARIES | {"tell"}:
        return []
    found = []
    for choice in range(MOST):
        text = said
        for match in reversed(_open(said)):
            fitting = [one for one in _fitting(match[0].lower(), turns) if one not in text]
            if fitting:
                phrase = fitting[min(choice, len(fitting) - 1)]
                put = _possessive(phrase) if match["owns"] else phrase
                text = f"{text[: match.start()]}{put}{text[match.end() :]}"
        found.append(joined(text))
    return found


def _possessive(name: str) -> str:
    """Return the possessive: `Hegseth's`, `the dockers'`."""
    is_common_plural = name.endswith("s") and name.split(" ")[-1][0].islower()
    return f"{name}'" if is_common_plural else f"{name}'s"


def _fitting(pronoun: str, turns: Sequence[Turn]) -> list[str]:
    """Return what a pronoun may stand for, of the latest turn first."""
    found: dict[str, None] = {}
    for turn in reversed(turns):
        asked = parse(turn.question)
        subject, _ = english.back_to(turn.question)
        phrases = (subject, *(asked.phrases if asked else ()))
        own = [one for one in phrases if one and _can_be_meant(one)]
        likely = list(own)
        if asked and pronoun in _HE | _SHE:
            likely += [one for one in name_phrases(turn.question) if one not in " ".join(likely)]
            named = [
                one for one in _names(turn.answer or "") if one.split()[-1] not in turn.question
            ]
            is_who = asked.wh.lower().startswith(("who", "which"))
            every = [*named, *likely] if is_who else [*likely, *named]
            likely = list(filter(english.is_person, every))
        elif pronoun in _IT:
            likely = [one for one in likely if " " not in one or not english.is_person(one)]
        where = _WHERE.search(turn.question)
        likely = [one for one in likely if not (where and where[1].startswith(one))]
        fitting = [one for one in likely if english.is_plural(one) == (pronoun in _THEY)]
        found |= dict.fromkeys(sorted(fitting, key=english.is_person))
        if own and not turn.answer:  # nothing is known of what was asked about last
            break
    return list(found)


def _can_be_meant(phrase: str) -> bool:
    """Tell whether it is short, definite and without a pronoun of its own."""
    words = phrase.lower().split()
    no_part = {"a", "an", "which", "who", "what", "when", "if", *_HE, *_SHE, *_IT, *_THEY}
    named = words[0] == "the" and len(words) > 1
    definite = phrase[0].isupper() or named or english.is_plural(phrase)
    return definite and len(words) <= MAX_WORDS and no_part.isdisjoint(words)


def _names(answer: str) -> list[str]:
    """Return the names in an answer, without titles; none of what begins a sentence or a place.

    Nor of a headline, or of what somebody said: who "he" is stands beside it.
    """
    told = re.sub(
        r"“[^“”]*”|(?:^|(?<=[.!?] ))[A-Z]\w+(?= [a-z])|\b(?:in|at|from|on) [A-Z]\w+", "", answer
    )
    names = (english.without_titles(name) for name in name_phrases(f"so {told}"))
    return [name for name in dict.fromkeys(names) if name and english.is_person(name)]
