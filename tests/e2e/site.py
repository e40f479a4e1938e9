"""A news site on loopback, with feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from aiohttp import web

FILLER = (
    "Officials said on the record that the matter had been looked into for several months before "
    "anything was decided. Neighbours who had waited since the spring welcomed the news, while "
    "the council promised to publish a full account of the costs. A spokesperson declined to say "
    "when the next step would follow, but expected that a committee would meet again in autumn."
)


@dataclass
class Paper:
    """A feed: its articles newest first, how it answers, how often it was asked."""

    title: str
    articles: list[tuple[str, str, str]] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    answered: list[int] = field(default_factory=list)
    within: dict[str, str] = field(default_factory=dict)
    """Texts that the feed itself has, by title."""

    def publish(self, title: str, text: str, date: str = "Fri, 14 Feb 2025 12:00:00 GMT") -> None:
        self.articles.insert(0, (title, text, date))


class Site:
    """Each paper at /NAME/feed, its articles at /NAME/N; pages in `missing` are not found."""

    def __init__(self) -> None:
        self.papers: dict[str, Paper] = {}
        self.missing: set[str] = set()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Site:
        app = web.Application()
        app.router.add_get("/{paper}/feed", self._feed)
        app.router.add_get("/{paper}/{n}", self._article)
        app.router.add_get("/{paper}", self._front)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def paper(self, name: str, title: str) -> Paper:
        self.papers[name] = Paper(title)
        return self.papers[name]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/{path}"

    async def _feed(self, request: web.Request) -> web.Response:
        paper = self.papers[request.match_info["paper"]]
        etag = f'"{len(paper.articles)}"'
        known = request.headers.get("If-None-Match") == etag
        status = 304 if known and paper.status == 200 else paper.status
        paper.answered.append(status)
        body = None if status == 304 else self._rss(request.match_info["paper"], paper).encode()
        headers = {"ETag": etag, "Content-Type": "application/rss+xml", **paper.headers}
        return web.Response(status=status, body=body, headers=headers)

    def _rss(self, name: str, paper: Paper) -> str:
        items = "".join(
            f"<item><title>{escape(title)}</title><pubDate>{date}</pubDate>"
            f"<link>{self.url(f'{name}/{len(paper.articles) - n}')}</link>"
            f"<description>{escape(paper.within.get(title, ''))}</description></item>"
            for n, (title, _, date) in enumerate(paper.articles)
        )
        title = escape(paper.title)
        return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'

    async def _article(self, request: web.Request) -> web.Response:
        if request.path.strip("/") in self.missing:
            return web.Response(status=404)
        articles = self.papers[request.match_info["paper"]].articles
        title, text, _ = articles[len(articles) - int(request.match_info["n"])]
        return page(title, f"<article><h1>{title}</h1><p>{text}</p><p>{FILLER}</p></article>")

    async def _front(self, request: web.Request) -> web.Response:
        name = request.match_info["paper"]
        if name not in self.papers:
            return page("Nothing", "<p>Nothing but words.</p>")
        link = f'<link rel="alternate" type="application/rss+xml" href="/{name}/feed">'
        return page("Front", "<p>The front page.</p>", link)


def page(title: str, body: str, head: str = "") -> web.Response:
    text = (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    return web.Response(text=text, content_type="text/html")
