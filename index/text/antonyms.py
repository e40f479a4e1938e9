"""Pairs of words that exclude each other: one in place of the other changes what is asked."""

from __future__ import annotations

_PAIRS = """
first/last earliest/latest early/late before/after beginning/end began/ended start/end
started/finished opened/closed open/closed largest/smallest larger/smaller large/small big/small
bigger/smaller biggest/smallest highest/lowest higher/lower high/low longest/shortest
longer/shorter long/short most/least more/less major/minor maximum/minimum
best/worst better/worse good/bad positive/negative strong/weak stronger/weaker strongest/weakest
increase/decrease increased/decreased increases/decreases increasing/decreasing rise/fall
rose/fell raise/lower raised/lowered grow/shrink grew/shrank gain/lose gained/lost win/lose
won/lost winning/losing victory/defeat success/failure successful/unsuccessful succeed/fail
succeeded/failed accept/reject accepted/rejected agree/disagree agreed/disagreed
allow/forbid allowed/forbidden allows/prevents permitted/prohibited
supported/opposed supporters/opponents ally/enemy allies/enemies friend/enemy
peace/war attack/defend attacked/defended attacker/defender offensive/defensive
north/south northern/southern east/west eastern/western northeast/southwest
upper/lower top/bottom above/below inside/outside internal/external inner/outer domestic/foreign
import/export imported/exported buy/sell bought/sold cheap/expensive cheaper/dearer rich/poor
wealthy/poor richest/poorest supply/demand profit/loss credit/debit lend/borrow
male/female men/women man/woman boy/girl king/queen husband/wife father/mother son/daughter
brother/sister uncle/aunt young/old younger/older youngest/oldest new/old newer/older
newest/oldest modern/ancient born/died birth/death alive/dead living/dead arrive/leave
arrived/left enter/leave entered/left join/leave joined/left come/go came/went send/receive
sent/received give/take gave/took given/taken bring/remove add/remove added/removed
include/exclude included/excluded including/excluding create/destroy created/destroyed
build/demolish built/demolished construct/demolish establish/abolish established/abolished
founded/dissolved appear/disappear appeared/disappeared remember/forget love/hate loved/hated
liked/disliked public/private urban/rural rural/urban legal/illegal
official/unofficial formal/informal direct/indirect directly/indirectly similar/different
same/different common/rare usually/rarely often/rarely always/never frequently/seldom
possible/impossible able/unable known/unknown famous/obscure popular/unpopular
natural/artificial physical/mental simple/complex easy/difficult easier/harder fast/slow
faster/slower fastest/slowest quickly/slowly hot/cold warm/cool warmest/coldest wet/dry
heavier/lighter hard/soft deep/shallow wide/narrow thick/thin full/empty
safe/dangerous healthy/sick active/passive temporary/permanent primary/secondary
majority/minority multiple/single single/double twice/once dominant/recessive superior/inferior
ancestor/descendant predecessor/successor teacher/student employer/employee
advantage/disadvantage advantages/disadvantages benefit/drawback benefits/drawbacks
strength/weakness strengths/weaknesses cause/prevent caused/prevented cause/effect
encourage/discourage encouraged/discouraged improve/worsen improved/worsened
expand/contract expanded/reduced maximise/minimise attract/repel absorb/emit
freeze/melt heat/cool summer/winter spring/autumn morning/evening day/night daily/yearly
weekly/monthly past/future previous/next former/current conservative/liberal
democratic/republican democrat/republican catholic/protestant christian/muslim
praise/criticise praised/criticised praise/criticism defend/criticise confirm/deny
confirmed/denied admit/deny admitted/denied true/false truth/lie guilty/innocent
convicted/acquitted arrested/released hired/fired promoted/demoted elected/defeated
approve/reject approved/rejected voluntary/compulsory optional/mandatory
""".split()

ANTONYMS: dict[str, tuple[str, ...]] = {}
"""A lower-case word and what excludes it, in both directions."""

for _pair in _PAIRS:
    _one, _other = _pair.split("/")
    ANTONYMS[_one] = (*ANTONYMS.get(_one, ()), _other)
    ANTONYMS[_other] = (*ANTONYMS.get(_other, ()), _one)
