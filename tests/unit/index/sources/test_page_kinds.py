"""Web pages of the kinds that people bring: what is the article's and what is not."""

from __future__ import annotations

import json

import pytest

from index.errors import EmptySource
from index.sources import read

TITLE = "Council closes swimming hall"
PARAGRAPHS = [
    "The council of Brell voted on Monday to close the old swimming hall in June. The roof leaks,"
    " and mending it would cost 3.2 million euros, the mayor, Ada Kern, said.",
    "Some 400 people came to the town hall to protest. Their speaker, Jonas Wirth, called the vote"
    " a blow to every family in the valley.",
    "The nearest other pool is in Tolm, 31 kilometres away. A bus will go there twice a day from"
    " July, the council promised.",
    "A new hall may be built by 2031 if the state pays half. The minister, Lea Brandt, has not"
    " answered yet.",
]
ONE, TWO, THREE, FOUR = (f"<p>{text}</p>" for text in PARAGRAPHS)
BARE = PARAGRAPHS
ALL = ONE + TWO + THREE + FOUR
MENU = "<nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>"


def page(body: str, head: str = "", title: str = f"{TITLE} - Valley Post") -> bytes:
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}"
        f"</head><body>{MENU}{body}<footer>Copyright Valley Post</footer></body></html>"
    ).encode()


def article(*parts: str, head: str = "") -> bytes:
    return page(f"<article><h1>{TITLE}</h1>{''.join(parts)}</article>", head)


def ld(**fields: object) -> str:
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE}
    return f'<script type="application/ld+json">{json.dumps(about | fields)}</script>'


H1 = f"<h1>{TITLE}</h1>"
DIVIDED = {
    "bare text after an advertisement": f"<div class=text>{BARE[0]}<br><br>{BARE[1]}"
    f"<div class=ad><script>x()</script></div>{BARE[2]}<br><br>{BARE[3]}</div>",
    "in a cell": f"<table><tr><td>{BARE[0]}<br/><br/>{BARE[1]}<br/><br/><center><iframe></iframe>"
    f"</center>{BARE[2]}<br><br>{BARE[3]}</td></tr></table>",
    "in a font in a cell": "<table><tr><td width=90><a href=/>Home</a><br><a href=/n>News</a></td>"
    f"<td><font face=arial>{'<br><br>'.join(BARE)}</font></td></tr></table>",
    "a division at the end": f"<article>{H1}{ONE}{TWO}{THREE}<div>{BARE[3]}</div></article>",
    "two bodies": f"{H1}<div class=article-body>{ONE}{TWO}</div><div class=ad-slot><p>Advertisement"
    f"</p></div><div class=article-body>{THREE}{FOUR}</div>",
    "two bodies in an article": f"<article>{H1}<section class='story text'>{ONE}{TWO}</section>"
    "<aside class=advert><p>Buy our shoes</p></aside><figure><img src=a.jpg></figure>"
    f"<section class='story text'>{THREE}{FOUR}</section></article>",
    "lines about advertisements": f"<article>{H1}{ONE}<div id=google_ads_1>Advertisement</div>{TWO}"
    f"<p>Article continues below advertisement</p>{THREE}<p>ANZEIGE</p>{FOUR}</article>",
}


@pytest.mark.parametrize("body", DIVIDED.values(), ids=DIVIDED)
def test_all_of_a_divided_article_is_kept_in_paragraphs(body: str):
    found = read("a.html", page(body)).text
    assert [line for line in found.split("\n") if line != TITLE] == PARAGRAPHS


TEASERS = [
    '<h4><a href="/3">Nine swimmers drowned in Orlen lake</a></h4>',
    '<p>Tags: <a href="/t">Swimming</a>, <a href="/u">Brell</a></p>',
    "<p>You can also join our WhatsApp channel about swimmers.</p>",
    '<div><a href="/3"><h3>Nine swimmers drowned</h3><p>An inquiry finds why.</p></a></div>',
    '<aside><h3>Most read</h3><p><a href="/3">Nine swimmers drowned in a lake</a></p></aside>',
    '<p><strong>Read more:</strong> <a href="/3">Nine swimmers drowned in Orlen lake</a></p>',
    '<p>SEE ALSO: <a href="/3">Nine swimmers drowned in Orlen lake</a></p>',
    '<p><a href="/3">READ MORE: Nine swimmers drowned in Orlen lake</a></p>',
    '<p><a href="/3">Nine swimmers drowned in Orlen lake, inquiry finds</a></p>',
    '<p>Read more:<br><a href="/3">Nine swimmers drowned</a><br><a href="/4">Swimmers</a></p>',
    '<div><a href="/3"><b>Nine swimmers drowned</b> in Orlen lake: inquiry</a></div>',
    "<p>Also read – Nine swimmers drowned in Orlen lake</p>",
    '<p>Watch <a href="/3">How nine swimmers drowned in Orlen lake</a></p>',
    '<h3>Related stories</h3><ul><li><a href="/3">Nine swimmers drowned</a></li></ul>',
    '<p>Lesen Sie auch: <a href="/3">Nine swimmers drowned in Orlen lake</a></p>',
    '<p>À lire aussi : <a href="/3">Nine swimmers drowned in Orlen lake</a></p>',
    '<p>» More on this: <a href="/3">Nine swimmers drowned</a> | <a href="/4">Swimmers</a></p>',
    "<p>Like this story? Share it with a friend of the swimmers!</p>",
    "<p>Follow the Valley Post on Facebook for news of the swimmers.</p>",
    "<p>Sign up for our newsletter about swimmers, every Friday.</p>",
    "<p>Click here to join our swimmers' WhatsApp channel.</p>",
    "<p>The post Nine swimmers drowned appeared first on Valley Post.</p>",
    '<p><b>Also on Post: <a href="/3">Nine swimmers drowned in Orlen lake</a></b></p>',
    '<p>Earlier: <a href="/3">Nine swimmers drowned in Orlen lake</a></p>',
    '<h3>More stories from Orlen</h3><div><a href="/3"><h4>Nine swimmers drowned</h4></a></div>',
    '<p>What to read next</p><ul><li><a href="/3">Nine swimmers drowned</a></li></ul>',
    "<p>Listen to our podcast The Swimmers on Spotify</p>",
    "<p>Subscribe to our YouTube channel</p>",
    "<div><p>Copy link</p></div><p>Comments (12)</p>",
    "<p>Facebook Twitter WhatsApp Email</p>",
]


@pytest.mark.parametrize("teaser", TEASERS)
def test_lines_that_point_elsewhere_are_not_the_articles_words(teaser: str):
    found = read("a.html", article(ONE, TWO, teaser, THREE, FOUR)).text
    assert found.split("\n") == [TITLE, *PARAGRAPHS]


def test_a_link_elsewhere_at_the_end_of_a_paragraph_is_left_out():
    more = TWO.replace("</p>", ' <a href="/3">Read more: Nine swimmers drowned</a></p>')
    assert read("a.html", article(ONE, more, THREE, FOUR)).text.split("\n") == [TITLE, *PARAGRAPHS]


KEPT = [
    '<p>What else was said there you can <a href="/3">read more</a> about in the report.</p>',
    "<p>Read more books, the mayor said to the children of Brell.</p>",
    "<p>“Follow us on Facebook,” the speaker, Jonas Wirth, called out.</p>",
    "<p>Tell us the truth about the pool in Brell, the crowd shouted.</p>",
    "<p>Click here was written on the button that the council showed.</p>",
    "<p>Share the pain of it with the children, the minister said.</p>",
    "<p>Also on Monday: the council raised the price of water.</p>",
    "<p>Earlier: the council of Brell had raised the price of water.</p>",
    "<p>More news of the lake came later: the water is clean again.</p>",
    "<p>Share prices of the builder, Holt & Sons, fell by a tenth.</p>",
    '<p>The <a href="/law">law of 2019</a> forbids it, as <a href="/ada">Ada Kern</a> said.</p>',
    "<p>Register offices in Brell are closed today, and the library as well.</p>",
]


@pytest.mark.parametrize("line", KEPT)
def test_lines_of_the_article_that_are_like_such_lines_are_kept(line: str):
    assert len(read("a.html", article(ONE, TWO, line, THREE, FOUR)).text.split("\n")) == 6


def test_a_menu_is_no_article():
    with pytest.raises(EmptySource, match="no article"):
        read("a.html", page("<div id=root></div>"))


STANDFIRST = "The pool in Brell shuts after sixty years because its roof leaks and money is short."
STANDFIRSTS = {
    "paragraph": f"<header>{H1}<p class=standfirst>{STANDFIRST}</p></header>"
    f"<article>{ALL}</article>",
    "division": f"<article><div>{H1}<div class=article__subtitle>{STANDFIRST}</div>"
    f"<div class=byline>By Mira Stolz</div></div><div class=body>{ALL}</div></article>",
    "summary": f"<header>{H1}<p class=article__summary>{STANDFIRST}</p></header>"
    f"<article>{ALL}</article>",
    "within": f"<main>{H1}<div class=standfirst><p>{STANDFIRST}</p></div><article>{ALL}</article>"
    "</main>",
    "named otherwise": f"<main>{H1}<div data-gu-name=standfirst><p>{STANDFIRST}</p></div>"
    f"<article>{ALL}</article></main>",
    "heading": f"<main>{H1}<h2>{STANDFIRST}</h2><div class=content>{ALL}</div></main>",
    "marked up": f"<article><header>{H1}<div class=dek><em>{STANDFIRST}</em></div></header>"
    f"<section itemprop=articleBody>{ALL}</section></article>",
}


@pytest.mark.parametrize("body", STANDFIRSTS.values(), ids=STANDFIRSTS)
def test_the_standfirst_is_kept_before_the_text(body: str):
    head = f'<meta name=description content="{STANDFIRST}">'
    lines = read("a.html", page(body, head)).text.split("\n")
    assert [line for line in lines if line in (STANDFIRST, PARAGRAPHS[0])] == [
        STANDFIRST,
        PARAGRAPHS[0],
    ]


def test_an_excerpt_of_another_article_beside_the_text_is_no_standfirst():
    excerpt = "<p class=excerpt>Nine people swam in Lake Orlen today.</p>"
    beside = f"<div class=sidebar-widget>{excerpt}</div>"
    found = read("a.html", page(f"<main>{H1}{ALL}</main>{beside}"))
    assert "Orlen" not in found.text


@pytest.mark.parametrize("kind", sorted(STANDFIRSTS.keys() - {"heading"}))
def test_a_standfirst_that_is_named_so_needs_no_description(kind: str):
    assert STANDFIRST in read("a.html", page(STANDFIRSTS[kind])).text.split("\n")


def test_a_description_that_the_page_does_not_show_is_no_text_of_it():
    found = read("a.html", article(ALL, head=f'<meta name=description content="{STANDFIRST}">'))
    assert STANDFIRST not in found.text


SITE = "<header><h1>Valley Post</h1></header>"
TITLES = {
    "site as only h1": page(f"{SITE}<main><article><h2>{TITLE}</h2>{ALL}</article></main>"),
    "site without an article": page(f"{SITE}<div><h2>{TITLE}</h2>{ALL}</div>"),
    "site as h1 that leads home": page(
        f"<h1 class=top><a href=/>The Post</a></h1><h2>{TITLE}</h2>{ALL}", title="The Post"
    ),
    "section as h1": page(f"<h1>Local News</h1><article><h2>{TITLE}</h2>{ALL}</article>"),
    "headline in no heading": page(f"{SITE}<div class=text>{ALL}</div>"),
    "site first": page(
        f"{SITE}<article><h2>{TITLE}</h2>{ALL}</article>", title=f"Valley Post | {TITLE}"
    ),
    "site as og:title": article(
        ALL, head="<meta property=og:title content='Valley Post'>"
        "<meta property=og:site_name content='Valley Post'>",
    ),
    "site behind og:title": article(
        ALL, head=f"<meta property=og:title content='{TITLE} | The Valley Post'>"
        "<meta property=og:site_name content='Valley Post'>",
    ),
    "site behind a colon": article(
        ALL, head=f"<meta property=og:title content='Valley Post: {TITLE}'>"
        "<meta property=og:site_name content='Valley Post'>",
    ),
    "site that is not named": article(
        ALL, head=f"<meta property=og:title content='{TITLE} - News of the Valley'>"
    ),
    "publisher": page(
        f"<h1>Valley Post</h1><div>{ALL}</div>",
        ld(publisher={"name": "Valley Post"}),
        "Valley Post",
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", TITLES.values(), ids=TITLES)
def test_the_title_is_the_headline_and_not_the_sites_name(data: bytes):
    assert read("a.html", data).title == TITLE


def test_a_headline_with_a_dash_is_kept_whole():
    head = "<meta property=og:title content='Brell – the town without a pool'>"
    assert read("a.html", article(ALL, head=head)).title == "Brell – the town without a pool"


AUTHORS = {
    "Username": None,
    "Authority control": None,
    "All posts by Mira Stolz": None,
    "Contributors to Wikimedia projects": None,
    "Mira Stolz": "Mira Stolz",
    "By Mira Stolz": "Mira Stolz",
    "Authority control databases": None,
    "News Desk": None,
    "Our Online team": None,
    "Staff Reporter": None,
    "Mira Stolz is a reporter who covers the valley": "Mira Stolz",
}


@pytest.mark.parametrize(("given", "author"), AUTHORS.items())
def test_what_is_no_person_is_no_author(given: str, author: str | None):
    head = ld(author={"@type": "Person", "name": given})
    assert read("a.html", article(ALL, head=head)).author == author
    byline = article(f'<span class="author">{given}</span>', ALL)
    assert read("a.html", byline).author in (author, None)


def test_an_author_of_whom_json_ld_does_not_say_what_he_is():
    assert read("a.html", article(ALL, head=ld(author={"name": "Mira Stolz"}))).author == (
        "Mira Stolz"
    )
    head = ld(author={"@type": "Organization", "name": "Orlen Wire"})
    assert read("a.html", article(ALL, head=head)).author is None


def test_the_usual_extraction_is_taken_where_the_precise_one_loses_the_article(
    monkeypatch: pytest.MonkeyPatch,
):
    kept = {True: PARAGRAPHS[3], False: "\n".join(PARAGRAPHS)}
    monkeypatch.setattr("index.sources.html._extract", lambda page, *, precise: kept[precise])
    assert read("a.html", article(ALL)).text == kept[False]
    kept[True] = "\n".join(PARAGRAPHS[:3])
    assert read("a.html", article(ALL)).text == kept[True]


STUB = ONE
NOTICES = {
    "cookie notice": [
        ("Valley Post", "<h1>We value your privacy</h1><p>We and our 812 partners store and access "
         "information on a device, such as cookies, and process personal data.</p><p>You may click "
         "to consent to our processing as described above.</p><button>Accept all</button>"),
        ("Before you continue", "<p>We use cookies and data to deliver our services. If you choose "
         "to accept all, we will also use them to show personalised content to you.</p>"),
        ("Talpost", "<h1>Willkommen</h1><p>Wir und unsere 150 Partner verwenden Cookies, um "
         "Informationen auf Ihrem Gerät zu speichern.</p><p>Ihre Einwilligung können Sie jederzeit "
         "widerrufen.</p><button>Alle akzeptieren</button>"),
        ("Le Val", "<p>Avec votre accord, nous et nos 240 partenaires utilisons des cookies. Vous "
         "pouvez retirer votre consentement à tout moment.</p><p>Tout accepter</p>"),
    ],
    "browser check": [
        ("Just a moment...", "<h1>valleypost.example</h1><p>Checking your browser before accessing "
         "valleypost.example.</p><p>DDoS protection by Cloudflare. Ray ID: 1234</p>"),
        ("Access to this page has been denied", "<p>Access to this page has been denied because we "
         "believe you are using automation tools to browse the website.</p>"),
        ("Valley Post - Are you a robot?", "<h2>We've detected unusual activity from your computer "
         "network</h2><p>To continue, please click the box below to let us know you're not a robot."
         "</p><p>Please make sure your browser supports JavaScript and cookies.</p>"),
        ("valleypost.example", "<p>Please enable JS and disable any ad blocker</p>"),
        ("", "<p>Request unsuccessful. Incapsula incident ID: 443000-111</p>"),
        ("Valley Post", "<h1>Please turn off your ad blocker</h1><p>We noticed you are using an ad "
         "blocker. Our journalism is funded by ads.</p>"),
        ("Valley Post", "<h1>Your browser is out of date</h1><p>Please update your browser.</p>"),
        ("Valley Post", "<div id=root></div><noscript>You need to enable JavaScript to run this "
         "app.</noscript>"),
    ],
    "error page": [
        ("Page not found - Valley Post", "<h1>Page not found</h1><p>Sorry, the page you are "
         "looking for could not be found. It may have been moved or deleted.</p>"),
        ("Valley Post", "<h1>Oops!</h1><p>We can't seem to find the page you're looking for.</p>"),
        ("Page not found | Valley Post", f"<main><h1>Most read</h1>{ALL}</main>"),
        ("Page not found | Valley Post", f"<main><h1>Most read</h1>{ALL * 3}</main>"),
        ("503 Service Unavailable", "<h1>Service Unavailable</h1><p>The server is temporarily "
         "unable to service your request. Please try again later.</p>"),
        ("451: Unavailable due to legal reasons", "<p>You are attempting to access this website "
         "from a country belonging to the European Economic Area.</p>"),
        ("Error", "<h1>Error</h1><p>Something went wrong. Please try again later.</p>"),
        ("410 Gone", "<h1>410 Gone</h1><p>This story has expired.</p>"),
        ("Talpost", "<h1>Diese Seite existiert nicht mehr</h1><p>Nutzen Sie die Suche.</p>"),
        ("404", "<h1>404</h1><p>This article is no longer available.</p>"),
        ("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Die Seite wurde leider nicht "
         "gefunden. Bitte prüfen Sie die Adresse oder nutzen Sie die Suche.</p>"),
    ],
    "for subscribers": [
        (TITLE, f"<article>{H1}{STUB}<div class=paywall><h3>Subscribe to continue reading</h3>"
         "<p>Get unlimited access for 1 euro a month.</p></div></article>"),
        (TITLE, f"<article>{H1}{STUB}</article><div id=gate>This article is for subscribers only. "
         "Sign up now to read the full story.</div>"),
        (TITLE, f"{ld(isAccessibleForFree='False')}<article>{H1}{STUB}</article>"),
        (TITLE, f"<article>{H1}{STUB}<div class=paywall><h3>Keep reading for £1</h3></div>"
         "</article>"),
        (TITLE, f"<article>{H1}{STUB}<p>Artikel nur mit Plus-Abo lesen</p></article>"),
        (TITLE, f"<article>{H1}{STUB}<p>Sign in or create a free account to continue.</p>"
         "</article>"),
        (TITLE, f"<article>{H1}{STUB}<p>Premium article</p></article>"),
        (TITLE, f"<article>{H1}{STUB}<p>Jetzt weiterlesen mit Tal Plus.</p></article>"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "title", "body"),
    [(kind, *each) for kind, notices in NOTICES.items() for each in notices],
)
def test_a_notice_in_place_of_the_article_is_told_as_such(kind: str, title: str, body: str):
    with pytest.raises(EmptySource, match=f"it looks like .*{kind}.*"):
        read("a.html", page(body, "", title))


ABOUT_NOTICES = {
    "deleted": "<p>A minister's post was deleted on Monday after an outcry in Brell. It called "
    "the mayor a liar. Sign in to view this content. Her office said the story was not available "
    "to it, and that nobody could find the person who wrote it or the page it stood on.</p>",
    "cookies": "<p>The regulator fined Orlen Media 4 million euros for its use of cookies. It said "
    "the company had set them before readers had given consent to it.</p><p>The company claimed a "
    "legitimate interest in personalised ads. “We use cookies as everybody does,” it said.</p>",
    "404 people": "<p>Some 404 people were found in the shelters of Brell on Monday. The mayor "
    "said the number had doubled, and that the article in the Post that denied it was removed.</p>",
    "denied": "<p>Refugees were refused at the border of Brell on Monday. Access was blocked by "
    "police, and nothing was found in the bags that were searched, the mayor said. She did not say "
    "why the road was closed for more than nine hours on a working day.</p>",
    "subscriptions": "<p>The Valley Post will ask its readers to pay from June, its editor said on "
    "Monday. Nine in ten of its articles will be behind a paywall. Subscribers pay 9 euros.</p>",
    "access": "<p>Residents of Brell get unlimited access to the pool, and full access for "
    "their guests, the council said on Monday. The rest of the report is available online. A firm "
    "from Tolm will make premium content for the screens in the hall, which can be unlocked with "
    "a key.</p>",
    "errors": "<p>Something went wrong when the lift of Brell stopped on Monday. An error has "
    "occurred in its software, the firm said. The service is unavailable until Friday, and 503 "
    "people have to walk. This page of the history of the town is one to forget, they said.</p>",
    "captchas": "<p>Researchers at Tolm said on Monday that software solves captchas faster than "
    "people do. The tests ask whether you are a robot, and the software says no, they wrote.</p>",
}


@pytest.mark.parametrize("body", ABOUT_NOTICES.values(), ids=ABOUT_NOTICES)
def test_an_article_about_such_things_is_an_article(body: str):
    offer = "<div class=promo>Subscribe for unlimited access. Already a subscriber? Log in.</div>"
    found = read(
        "a.html", page(f"<article><h1>News of Brell</h1>{body}</article>{offer}", "", "News")
    )
    assert found.title == "News of Brell"


def test_a_long_article_with_an_offer_under_it_is_an_article():
    offer = "<p>Subscribe to continue reading more stories like this one.</p>"
    assert read("a.html", article(ALL * 3, offer)).title == TITLE


def test_raised_numbers_are_no_part_of_the_number_before():
    """1931 with a note became 19311."""
    raised = (
        "<p>It was built in 1931<sup>1</sup> and holds 10<sup>3</sup> m<sup>3</sup>, said Kern"
        "<sup><a href=#n4>4</a></sup>. It rose to 3<sup>1</sup>/<sub>2</sub> m on the"
        " 3<sup>rd</sup>.</p>"
    )
    assert read("a.html", article(ONE, raised, TWO)).text.split("\n")[2] == (
        "It was built in 1931[1] and holds 10^3 m3, said Kern[4]. It rose to 3 1/2 m on the 3rd."
    )


POSTS = [("14:20", "Sirens in Brell"), ("13:05", "Bridge closed"), ("11:48", "First cellars full")]
LIVE = {
    "articles": "<article class=post><time>{}</time><h2>{}</h2><p>{}</p><a href=#>Share</a>"
    "</article>",
    "divisions": "<div class=post><span class=time>{}</span><h3>{}</h3><div class=body><p>{}</p>"
    "</div></div>",
    "items": "<li class=entry><time>{}</time><h2>{}</h2><div><p>{}</p></div></li>",
}


@pytest.mark.parametrize("post", LIVE.values(), ids=LIVE)
def test_posts_of_a_live_blog_are_kept_with_their_times_and_headings(post: str):
    """All headings and times but the first were lost."""
    shown = "".join(post.format(*each, text) for each, text in zip(POSTS, PARAGRAPHS, strict=False))
    holder = f"<ol>{shown}</ol>" if "<li" in post else f"<div class=live>{shown}</div>"
    assert read("a.html", page(f"<main>{H1}{holder}</main>")).text.split("\n") == [
        line
        for (time, heading), text in zip(POSTS, PARAGRAPHS, strict=False)
        for line in (f"{time}: {heading}", text)
    ]


def test_parts_of_a_page_under_headings_without_times_are_no_posts():
    """Two of them were taken for the whole article."""
    parts = (
        f"<section class={kind}><h2>{kind.title()}</h2>{text}</section>"
        for kind, text in (("intro", ONE), ("tool", TWO), ("tool", THREE), ("end", FOUR))
    )
    found = read("a.html", page(f"<main>{H1}{''.join(parts)}</main>"))
    assert all(text in found.text for text in PARAGRAPHS[:4])


def test_comments_and_teasers_below_an_article_are_no_posts_of_it():
    comment = "<div class=comment><h4>Max</h4><time>10:00</time>" + THREE + "</div>"
    teaser = f"<div class=item><h3><a href=/a>Mayor resigns</a></h3>{FOUR}</div>"
    found = read("a.html", page(f"<main><article>{H1}{ONE}{TWO}</article>{comment * 3}</main>"))
    assert found.text.split("\n") == [TITLE, *PARAGRAPHS[:2]]
    found = read("a.html", page(f"<article>{H1}{ONE}{TWO}</article><div>{teaser * 3}</div>"))
    assert found.text.split("\n") == [TITLE, *PARAGRAPHS[:2]]


def test_terms_stand_before_what_explains_them():
    terms = "<dl><dt>Length</dt><dd>25 metres</dd><dt>Price:</dt><dd><b>4</b> euros</dd></dl>"
    assert read("a.html", article(ONE, TWO, terms, THREE)).text.split("\n")[3:5] == [
        "- Length: 25 metres",
        "- Price: 4 euros",
    ]
