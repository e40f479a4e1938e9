"""English verb forms, as far as questions need them: `said` and `say`."""

from __future__ import annotations

_IRREGULAR = dict(
    pair.split("-")
    for pair in """
    said-say told-tell won-win lost-lose made-make took-take gave-give got-get went-go came-come
    became-become began-begin broke-break brought-bring built-build bought-buy caught-catch
    chose-choose cut-cut dealt-deal did-do drew-draw drove-drive fell-fall felt-feel fought-fight
    found-find flew-fly forgot-forget held-hold heard-hear hit-hit hurt-hurt kept-keep knew-know
    led-lead left-leave let-let meant-mean met-meet paid-pay put-put ran-run read-read rose-rise
    sang-sing sat-sit saw-see sold-sell sent-send set-set shot-shoot shut-shut spent-spend
    spoke-speak stood-stand stole-steal struck-strike swam-swim swore-swear taught-teach
    thought-think threw-throw understood-understand withdrew-withdraw wrote-write wore-wear
    beat-beat cost-cost shook-shake sank-sink sought-seek shrank-shrink overthrew-overthrow
    """.split()
)
_PAST = {base: past for past, base in _IRREGULAR.items()}
_PARTICIPLES = frozenset(
    """
    given taken known seen done gone written spoken broken chosen fallen forgotten drawn driven
    flown risen shown stolen thrown worn sunk begun become come run born been eaten hidden
    """.split()
)

_BASES = frozenset(
    """
    accept accuse act add admit advise affect agree aim allow announce answer apologise apologize
    appear apply approve argue arrest arrive ask attack attend avoid back backtrack ban believe
    belong blame block call campaign cancel care carry cause celebrate change claim close co-chair
    collapse collect comment complain compare concede condemn confirm consider contain continue
    control count cover crash create criticise criticize cross damage decide declare decline defeat
    defend delay demand deny deploy depend describe deserve design destroy develop die differ
    disagree discover discuss dismiss earn emphasise emphasize employ end enter escape expect
    explain export express fail fear finish fire fly follow force form gain happen hate help hide
    hope identify ignore impose improve include increase injure insist intend invade invent invest
    invite join judge jump kill label land last launch learn like link live look love maintain
    manage mention merge move need negotiate note notice offer open operate oppose order own pass
    plan play pledge praise predict prefer prepare prevent produce promise propose protect protest
    prove publish pull push question raise reach react rebuild receive reclaim recommend refuse
    reject remain remember remove repeat replace reply report represent require resign resolve
    respond result return reveal save score seem serve settle share show sign start state stay stop
    strike study succeed suffer suggest support surrender survive talk target teach tell test thank
    threaten touch trade train travel treat try turn use visit vote vow wait walk want warn watch
    win wish work worry call
    """.split()
) | set(_IRREGULAR.values())
"""Base forms frequent in questions about news."""


def is_base(word: str) -> bool:
    """Whether a word may be a verb as `did` asks for it."""
    return word.lower() in _BASES


def is_past(word: str) -> bool:
    """Whether a word has the form of a past tense or past participle."""
    lower = word.lower()
    return lower in _IRREGULAR or lower in _PARTICIPLES or (lower.endswith("ed") and len(lower) > 4)


def past(base: str) -> str:
    """The past tense of a base form."""
    lower = base.lower()
    if lower in _PAST:
        return _PAST[lower]
    if lower.endswith("e"):
        return lower + "d"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return lower[:-1] + "ied"
    return lower + ("ped" if lower in ("stop", "ship", "drop") else "ed")


def base(form: str) -> str:
    """The base form of a past tense that is regular or known, else the form itself."""
    lower = form.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if not lower.endswith("ed"):
        return lower
    if lower.endswith("ied"):
        return lower[:-3] + "y"
    stem = lower[:-2]
    candidates = (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem)
    return next((c for c in candidates if c in _BASES), _likely(stem))


def _likely(stem: str) -> str:
    """A stem as it is most probably written: `releas` has lost an e, `fund` has not."""
    if stem[-1:] == stem[-2:-1] and stem[-1:] not in "lsfz":
        return stem[:-1]
    lost = tuple("at iz is as os us iv av ov ac ic uc nc rc rg dg lv rv".split())
    return stem + "e" if stem.endswith(lost) else stem
