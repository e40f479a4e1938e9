"""Links that lead inside: each against a canary on loopback, which must count no hit.

The links in LOOPBACK would reach it, as the fetcher that goes anywhere shows.
"""

import asyncio
import time

import pytest
from aiohttp import web

from index.errors import SourceError
from index.web.fetch import MAX_REDIRECTS, Fetcher
from index.web.guard import is_public
from tests.unit.index.web.sites import Names, anywhere

NOT_PUBLIC = "it isn't at a public address; save its text as .txt and add that"
LOOPBACK = """
    http://127.0.0.1:{port}/ http://localhost:{port}/
    http://LOCALHOST:{port}/ http://localhost.:{port}/ http://0x7f000001:{port}/
    http://0X7F000001:{port}/ http://0x7f.0.0.1:{port}/
    http://0x7f.0x0.0x0.0x1:{port}/ http://127.0.0.0x1:{port}/ http://0177.0x0.0.1:{port}/
    http://0.0.0.0:{port}/ http://0x0:{port}/
    http://１２７.０.０.１:{port}/ http://①②⑦.⓪.⓪.①:{port}/ http://127。0。0。1:{port}/
    http://127．0．0．1:{port}/ http://𝟏𝟐𝟕.𝟎.𝟎.𝟏:{port}/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/
    http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/
    http://[0:0:0:0:0:FFFF:127.0.0.1]:{port}/ http://private.example:{port}/
    http://PRIVATE.example:{port}/ http://both.example:{port}/ http://mapped.example:{port}/
    http://127.0.0.1:{port}/?x=http://site.example/ http://127.0.0.1:{port}#@site.example/
    http://127.0.0.1:{port}/../../admin
""".split()
ELSEWHERE = """
    http://[::1]:{port}/ http://[0:0:0:0:0:0:0:1]:{port}/ http://[::]:{port}/
    http://[::127.0.0.1]:{port}/ http://[64:ff9b::127.0.0.1]:{port}/
    http://[64:ff9b::7f00:1]:{port}/ http://[64:ff9b:1::7f00:1]:{port}/
    http://[2002:7f00:1::]:{port}/ http://[2002:a00:1::]:{port}/
    http://[2001:0:7f00:1::]:{port}/ http://[fec0::1]:{port}/ http://[feff::1]:{port}/
    http://[fe80::1]:{port}/ http://[fc00::1]:{port}/ http://[fd00:ec2::254]/latest/meta-data/
    http://[ff02::1]:{port}/ http://[ff0e::1]:{port}/ http://[::ffff:169.254.169.254]/
    http://[64:ff9b::a9fe:a9fe]/ http://[2002:a9fe:a9fe::]/
    http://169.254.169.254/latest/meta-data/ http://0xa9fea9fe/
    http://169.254.170.2/v2/credentials http://metadata.example/
    http://100.100.100.200/latest/meta-data/ http://168.63.129.16/metadata/instance
    http://192.0.0.192/latest/ http://100.64.0.1/ http://100.127.255.254/ http://10.0.0.1/
    http://172.16.0.1/ http://172.31.255.254/ http://192.168.1.1/
    http://224.0.0.1/ http://239.255.255.250:1900/
    http://255.255.255.255/ http://240.0.0.1/ http://198.18.0.1/ https://private.example:{port}/
""".split()
NO_LINK = """
    http://127.1:{port}/ http://127.0.1:{port}/ http://127.0.0.1.:{port}/ http://0:{port}/
    http://2130706433:{port}/ http://017700000001:{port}/ http://0177.0.0.1:{port}/
    http://127.000.000.001:{port}/ http://2852039166/ http://0251.0376.0251.0376/
    http://10.1/ http://167772161/ http://192.168.257/ http://0300.0250.0.1/
    http://user@127.0.0.1:{port}/ http://user:secret@private.example:{port}/
    http://site.example@private.example:{port}/ http://site.example%40x:y@127.0.0.1:{port}/
    http://@127.0.0.1:{port}/ http://:@127.0.0.1:{port}/ http://site.example\\@127.0.0.1:{port}/
    //127.0.0.1:{port}/ 127.0.0.1:{port} \\\\127.0.0.1:{port}\\x file:///etc/passwd
    file://localhost/etc/passwd ftp://private.example/ gopher://private.example:{port}/_GET
    dict://private.example:{port}/info ldap://private.example:{port}/ data:text/html,x
    javascript:alert(1) jar:http://private.example:{port}/!/ view-source:http://127.0.0.1:{port}/
    unix:///var/run/docker.sock http: http:// http:///x http://[::1 http://[::1]x/
    http://[fe80::1%25lo]:{port}/ http://private.example:99999/ http://private.example:-1/
    http://127.0.0.1%00.site.example:{port}/ http://nowhere.example/
""".split()
REDIRECTED = [
    link
    for link in (*LOOPBACK, *ELSEWHERE, *NO_LINK)
    if link.startswith(("http:/", "https:/", "file:", "//"))  # others may be a path of the site
]
NAMES = {
    "localhost": ["127.0.0.1"],
    "private_example": ["127.0.0.1"],
    "both_example": ["127.0.0.1", "::1"],
    "mapped_example": ["::ffff:127.0.0.1"],
    "metadata_example": ["169.254.169.254"],
    "site_example": ["127.0.0.1"],
}


def guarded(allow=is_public, **names):
    return Fetcher(allow, resolver=Names(**NAMES, **names), timeout_seconds=5)


async def refused(fetcher, link):
    with pytest.raises(SourceError) as caught:
        await fetcher.fetch(link)
    return caught.value.reason


@pytest.fixture
def canary(site):
    async def sing(_):
        return web.Response(text="canary")

    site.pages["/"] = site.pages["/admin"] = sing
    return site


def test_there_are_enough():
    assert len({*LOOPBACK, *ELSEWHERE, *NO_LINK}) >= 100


async def test_what_leads_inside(canary):
    for link in (*LOOPBACK, *ELSEWHERE):
        assert await refused(guarded(), link.format(port=canary.port)) == NOT_PUBLIC, link
        assert not canary.hits, link


async def test_what_leads_to_loopback_would_reach_it(canary):
    for link in LOOPBACK:
        unguarded = Fetcher(lambda _: True, resolver=Names(**NAMES))
        assert (await unguarded.fetch(link.format(port=canary.port))).data == b"canary", link


async def test_what_is_not_followed_at_all(canary):
    for link in NO_LINK:
        await refused(guarded(), link.format(port=canary.port))
        assert not canary.hits, link


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f000001", "[::1]"])
async def test_the_resolver_of_the_machine(canary, host):
    assert await refused(Fetcher(), canary.url("/", host=host)) == NOT_PUBLIC
    assert not canary.hits


async def test_redirects_to_each(canary):
    for link in REDIRECTED:
        canary.hits.clear()
        canary.redirects("/away", link.format(port=canary.port))
        fetcher = guarded(lambda a: "/away" not in canary.asked or is_public(a))
        await refused(fetcher, canary.url("/away"))
        assert canary.asked == ["/robots.txt", "/away"], link


async def test_redirects_of_robots_txt(canary):
    canary.redirects("/robots.txt", f"http://private.example:{canary.port}/admin")
    fetcher = guarded(lambda a: not canary.asked or is_public(a))
    assert await refused(fetcher, canary.url("/")) == NOT_PUBLIC
    assert canary.asked == ["/robots.txt"]


@pytest.mark.parametrize("hops", [1, MAX_REDIRECTS])
async def test_the_last_of_several_redirects(canary, hops):
    for n in range(1, hops):
        canary.redirects(f"/{n}", f"/{n + 1}")
    canary.redirects(f"/{hops}", f"http://both.example:{canary.port}/")
    fetcher = guarded(lambda a: f"/{hops}" not in canary.asked or is_public(a))
    assert await refused(fetcher, canary.url("/1")) == NOT_PUBLIC
    assert len(canary.page_hits) == hops


async def test_a_name_that_changes_its_answer(canary):
    """One that is checked before it is looked up again for the connection would pass."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    fetcher = Fetcher(
        lambda a: str(a) == "127.0.0.1" and not canary.hits,  # the first goes nowhere
        resolver=Names(changing_example=answers),
    )
    link = canary.url("/", host="changing.example")
    assert await refused(fetcher, link) == NOT_PUBLIC
    assert not canary.hits


async def test_a_name_that_changes_between_two_requests(canary):
    """The page is asked for after robots.txt, so the name is looked up twice."""
    seen = []

    def allow(address):
        seen.append(str(address))
        return not canary.hits or is_public(address)

    names = Names(changing_example=[["127.0.0.1"], ["::ffff:127.0.0.1"]])
    fetcher = Fetcher(allow, resolver=names)
    assert await refused(fetcher, canary.url("/", host="changing.example")) == NOT_PUBLIC
    assert seen == ["127.0.0.1", "::ffff:7f00:1"]
    assert canary.asked == ["/robots.txt"]


async def test_slow_bodies_and_slow_redirects_are_left_in_time(canary):
    async def drip(request):
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        for _ in range(1_000):
            await response.write(b"x")
            await asyncio.sleep(0.05)
        return response

    async def late(_):
        await asyncio.sleep(0.15)
        return web.Response(status=302, headers={"Location": "/late"})

    canary.pages["/drip"], canary.pages["/late"] = drip, late
    for path in ("/drip", "/late"):
        began = time.monotonic()
        reason = await refused(anywhere(timeout_seconds=0.4), canary.url(path))
        assert reason == "it didn't arrive within 0.4 seconds; try again later"
        assert time.monotonic() - began < 20
