"""English clauses and verb forms for made-up questions."""

from __future__ import annotations

import re
from dataclasses import dataclass

_IRREGULAR = """
arise/arose/arisen be/was/been bear/bore/borne beat/beat/beaten become/became/become
begin/began/begun bind/bound/bound bring/brought/brought build/built/built buy/bought/bought
catch/caught/caught choose/chose/chosen come/came/come cost/cost/cost cut/cut/cut deal/dealt/dealt
draw/drew/drawn drive/drove/driven eat/ate/eaten fall/fell/fallen feel/felt/felt
fight/fought/fought find/found/found fly/flew/flown forbid/forbade/forbidden get/got/got
give/gave/given go/went/gone grow/grew/grown have/had/had hear/heard/heard hide/hid/hidden
hold/held/held keep/kept/kept know/knew/known lay/laid/laid lead/led/led leave/left/left
lend/lent/lent let/let/let lose/lost/lost make/made/made mean/meant/meant meet/met/met
overthrow/overthrew/overthrown pay/paid/paid put/put/put read/read/read rise/rose/risen
run/ran/run say/said/said see/saw/seen seek/sought/sought sell/sold/sold send/sent/sent
set/set/set shoot/shot/shot show/showed/shown shrink/shrank/shrunk sing/sang/sung sink/sank/sunk
sit/sat/sat speak/spoke/spoken spend/spent/spent split/split/split spread/spread/spread
stand/stood/stood steal/stole/stolen strike/struck/struck take/took/taken teach/taught/taught
tell/told/told think/thought/thought throw/threw/thrown understand/understood/understood
undergo/underwent/undergone undertake/undertook/undertaken wear/wore/worn win/won/won
withdraw/withdrew/withdrawn write/wrote/written quit/quit/quit overcome/overcame/overcome
foresee/foresaw/foreseen hurt/hurt/hurt swear/swore/sworn
""".split()

_PARTS = {base: (past, done) for base, past, done in (line.split("/") for line in _IRREGULAR)}

_VOWELS = "aeiou"

_DOUBLING = {
    "plan", "stop", "ban", "drop", "permit", "admit", "commit", "refer", "prefer", "transfer",
    "occur", "rob", "grab", "plot", "win", "begin", "forbid", "set", "cut", "put", "run", "sit",
    "hit", "scrap", "ship", "slam", "strip", "trim", "control", "expel", "compel", "propel",
    "let", "get", "split", "quit", "swim",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forms:
    """announce, announces, announced, announced, announcing."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def forms(verb: str) -> Forms:
    """The forms of a verb, with what follows it ("set up") kept."""
    base, _, rest = verb.partition(" ")
    past, participle = _PARTS.get(base) or (_past(base), _past(base))
    parts = (base, _third(base), past, participle, _gerund(base))
    return Forms(*(f"{part} {rest}".strip() for part in parts))


def _third(base: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ies"
    if base in {"have", "be"}:
        return {"have": "has", "be": "is"}[base]
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{base}s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLING else f"{base}ed"


def _gerund(base: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if base in _DOUBLING else f"{base}ing"


_REGULAR = """
accept accuse achieve add adopt agree allow announce appear apply appoint approve argue arrest
arrive ask attack attend attract ban base believe belong blame block call cancel capture carry
cause celebrate change claim collapse collect combine complete compose conclude condemn confirm
conquer consider consist construct contain continue contribute control convert convince cover
create criticize cross damage decide declare decline decrease defeat defend define delay deliver
demand deny depend describe design destroy determine develop die disappear discover discuss
dominate earn elect emerge employ enable encourage end enjoy enter escape establish estimate
evolve examine expand expect experience explain explore export express extend face fail feature
fill finance finish follow force form found fund gain gather govern grant help host identify
ignore import impose improve include increase indicate influence inherit injure insist inspire
install intend introduce invade invent investigate invite involve join justify kill lack last
launch like limit link live locate love maintain manage mark marry measure mention move murder
name need note obtain occupy occur offer open operate oppose order organize own paint pass perform
permit persuade plan play point possess praise predict prefer prepare present prevent produce
promise promote propose protect prove provide publish purchase push question raise reach receive
recognize recommend record recover reduce refer refuse regard reject release rely remain remove
rename replace report represent request require rescue resign resist resolve respond result retain
retire return reveal review rule sail save search seize separate serve settle share sign start
state stay stop study submit succeed suffer suggest supply support surrender survive suspect
threaten trade train transfer travel treat trigger try turn use vary view visit vote walk want
warn watch welcome wish work worship
""".split()

BASE_OF_PAST = {forms(base).past: base for base in (*_REGULAR, *_PARTS) if base != "be"}
"""The base of a past form."""

PARTICIPLES = {forms(base).past: forms(base).participle for base in (*_REGULAR, *_PARTS)}
"""What a past form becomes in the passive."""

_AUXILIARY = "is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"

_PAST = "|".join(sorted(BASE_OF_PAST, key=len, reverse=True))

_CLAUSE = re.compile(
    rf"^(?P<subject>(?:The |An? |[A-Z])[\w'’ -]{{2,50}}?) "
    rf"(?:(?P<auxiliary>{_AUXILIARY}) (?!been\b)|(?P<past>{_PAST}) )(?P<rest>[^.?!\"();:]+)$"
)

_PRONOUNS = {"It", "He", "She", "They", "This", "These", "That", "There", "We", "You", "I", "In"}

_BEYOND = re.compile(
    r"^(?:In|On|At|By|After|Before|During|From|Although|While|When|As|For|With|Since|If|Despite|"
    r"Under|However|Because|Its|His|Her|Their|Both|Many|Most|Some|One|Sometimes|First|Then|Also|"
    r"Others|Only|Not|No|Nobody|Nothing|None|Just|Here|Even|To|Or|And|But|So|Once|My|Our)\b|"
    r"\b(?:that|who|which|where|when|whose|and|or|I|we|you)$"
)

MAX_SUBJECT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Turned:
    """`did`, `the town`, `export salt`."""

    auxiliary: str
    subject: str
    rest: str

    @property
    def question(self) -> str:
        """In a question's order, without its mark."""
        return f"{self.auxiliary} {self.subject} {self.rest}"


def turn(statement: str) -> Turned | None:
    """Take a statement apart, None where that is beyond a pattern."""
    match = _CLAUSE.match(statement)
    if not match:
        return None
    subject = match["subject"]
    first = subject.split()[0]
    if len(subject.split()) > MAX_SUBJECT_WORDS or first in _PRONOUNS or _BEYOND.search(subject):
        return None
    if first in {"The", "A", "An"}:
        subject = subject[0].lower() + subject[1:]
    if match["auxiliary"]:
        return Turned(match["auxiliary"], subject, match["rest"])
    return Turned("did", subject, f"{BASE_OF_PAST[match['past']]} {match['rest']}")
