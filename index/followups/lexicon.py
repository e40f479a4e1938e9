"""Closed classes of English words, and names of places."""

from __future__ import annotations

BE = frozenset("is are was were".split())

HAVE = frozenset("has have had".split())

DO = frozenset("do does did".split())

MODALS = frozenset("will would can could should may might must".split())

AUXILIARIES = BE | HAVE | DO | MODALS

ADVERBIAL_WH = frozenset("why when where how".split())

NOMINAL_WH = frozenset("what who whom which whose".split())

WH = ADVERBIAL_WH | NOMINAL_WH

OPENING_QUESTIONS = WH | AUXILIARIES | {"tell"}
"""With what an English question begins."""

DETERMINERS = frozenset(
    """
    a an the this that these those my your his her its our their some any no every each all both
    another many few several most much more such what which whose
    """.split()
)

ABOUT = frozenset("about on regarding concerning".split())
"""What a subject that is spoken of stands behind; one stands for another."""

PREPOSITIONS = ABOUT | frozenset(
    """
    of in at to from for with by against under over since after before during until between among
    without into near within through towards toward behind across
    """.split()
)

PRONOUNS = frozenset(
    "he him his she her hers it its they them their theirs this that these those there".split()
)

FUNCTION_WORDS = (
    AUXILIARIES
    | WH
    | DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | frozenset(
        """
        and or but not if as than so too also else i you we me us be been being there then now still
        already ever really yet again just even once only
        """.split()
    )
)

TITLES = frozenset(
    """
    mr mrs ms miss dr sir lord lady dame king queen prince princess president vice-president
    minister secretary chancellor senator governor mayor general colonel captain judge justice
    professor prof chief ambassador commissioner pope bishop archbishop sheikh speaker sergeant
    """.split()
)

ROLES = TITLES | frozenset(
    """
    director chairman chairwoman chair chairperson spokesman spokeswoman spokesperson leader
    official officer analyst expert critic economist lawyer engineer scientist researcher author
    writer journalist reporter doctor teacher founder owner manager coach captain player actor
    singer artist premier deputy lawmaker congressman congresswoman politician diplomat activist
    farmer worker driver pilot nurse student resident neighbour witness victim suspect ally citizen
    man woman boy girl person boss head government administration parliament police opposition
    court committee council company union union-leader fisherman
    """.split()
)
"""Who can say something, in the singular; groups that speak with one voice are among them."""

PEOPLE = frozenset("people men women children police allies families voters others".split())
"""Plurals of people that no ending shows."""

PEOPLE_ENDINGS = ("ists", "ians", "ers", "ors", "critics", "allies", "officials", "men", "women")

ORGANISATIONS = frozenset(
    """
    council conference party ministry university union bank court committee commission company
    corporation inc ltd group club relations house senate parliament congress agency department
    institute association federation league cup bridge street river lake city county airport
    station bay sea ocean island islands mountain mountains hospital school museum news times post
    act treaty agreement summit forum office fund organisation organization front army navy force
    forces police board church greens fc magazine awards award prize festival january february
    march april may june july august september october november december
    """.split()
)
"""Last (or any) words of names that are no person's."""

MALE = frozenset("mr sir lord king prince chairman spokesman father husband son man".split())

FEMALE = frozenset(
    "mrs ms miss lady dame queen princess chairwoman spokeswoman mother wife daughter woman".split()
)

SAYING = frozenset(
    """
    say tell claim argue note state call think believe suggest warn announce write add insist
    stress comment speak talk mention remark promise report
    """.split()
)
"""Verbs with a speaker and, behind `about`, a subject."""

SPOKE = frozenset(
    """
    said says told tells claimed claims argued argues noted notes stated states labeled labelled
    called calls warned warns announced announces wrote writes added adds insisted insists stressed
    stresses commented comments spoke speaks asserted asserts asserting saying suggested suggests
    promised promises reported explained explains denied denies admitted admits replied thinks
    maintained believes backtracked voted vowed urged urges
    """.split()
)
"""What stands beside the name of somebody who speaks."""

PLACES = frozenset(
    line.strip().lower()
    for line in """
    Afghanistan|Africa|Albania|Algeria|America|Andorra|Angola|Antarctica|Argentina|Armenia|Asia
    |Australia|Austria|Azerbaijan|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan
    |Bolivia|Bosnia|Botswana|Brazil|Britain|Brunei|Bulgaria|Burkina Faso|Burma|Burundi|Cambodia
    |Cameroon|Canada|Chad|Chile|China|Colombia|Congo|Costa Rica|Crimea|Croatia|Cuba|Cyprus|Czechia
    |Denmark|Djibouti|Donbas|Ecuador|Egypt|El Salvador|England|Eritrea|Estonia|Eswatini|Ethiopia
    |Europe|Fiji|Finland|France|Gabon|Gambia|Gaza|Georgia|Germany|Ghana|Greece|Greenland|Guatemala
    |Guinea|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland
    |Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Korea|Kosovo|Kuwait|Kyrgyzstan
    |Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi
    |Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro
    |Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria
    |North Korea|North Macedonia|Northern Ireland|Norway|Oman|Pakistan|Palestine|Panama|Paraguay
    |Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|Saudi Arabia|Scotland
    |Senegal|Serbia|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea
    |South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania
    |Thailand|Togo|Tonga|Trinidad|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Kingdom
    |United States|Uruguay|Uzbekistan|Vatican|Venezuela|Vietnam|Wales|Yemen|Zambia|Zimbabwe
    |Beijing|Berlin|Brussels|Geneva|Jerusalem|Kyiv|Kiev|London|Moscow|Munich|New York|Paris|Rome
    |Tehran|Tokyo|Vienna|Warsaw|Washington
    """.split("|")
)
"""Countries and parts of the world by their short names, and capitals that stand for them."""
