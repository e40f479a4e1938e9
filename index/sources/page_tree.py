"""The elements of a web page, made ready for the extraction of its article."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeAlias

from index.sandboxed.raised import BEFORE_CHARS, NUMBER, raised
from index.sources.notices import is_link_label, is_links_heading
from index.sources.tables import END
from index.text.sentences import count_words

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4"
    " h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = ("script", "style", "del", "s", "strike")
"""What is struck out no longer holds."""

_PICTURES = ("figure", "picture", "video", "audio", "iframe", "aside")
_HOLDERS = ("div", "td", "section", "article", "main", "center", "body", "blockquote", "font")

_AD = re.compile(
    r"(?:^|[\s_-])(?:ads?|adslot|adunit|advert\w*|adsbygoogle|dfp|gpt|mpu|sponsored|outbrain"
    r"|taboola|werbung|anzeige|publicite|publicidad)(?:[\s_-]|\d|$)",
    re.I,
)
"""In the class or id of an element."""

_AD_MAX_WORDS = 30

_CELL_MAX_WORDS = 60

_RUN_MIN_CHARS = 40
"""Of text that is a paragraph, though no element says so."""

_BODY = re.compile(r"body|content|text|story|article|paragraph|entry|inhalt|texte|cuerpo", re.I)

_BODY_MIN_WORDS = 15

_BETWEEN_MAX_WORDS = 60

_MIN_POSTS = 2
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_POST_BLOCKS = (*_HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote")
_COMMENT = re.compile(r"comment|reply|respon|discuss|review|related|teaser|card|promo", re.I)
_STAMP = re.compile(r"(?:^|[\s_-])(?:time|date|timestamp|published)(?:[\s_-]|$)", re.I)
_STAMP_MAX_WORDS = 8

_TERM_MAX_WORDS = 8

_LINE_MIN_WORDS = 4
"""Of a paragraph that is one link; shorter ones are names and sources."""

_HEADLINES = ("p", "div", "h3", "h4", "h5", "h6")
"""What holds the headlines of other articles; h1 and h2 may hold the page's own."""

_ENDS = '.…”"»'
"""What a sentence ends with, and a headline does not."""


def prepare(page: Element) -> None:
    """Make paragraphs of bare text, join a divided body, and remove advertisements and teasers.

    Scripts, styles, comments and what is struck out go as well.
    """
    for element in [e for e in page.iter() if e.tag in _UNSEEN or not isinstance(e.tag, str)]:
        if element.getparent() is not None:
            element.drop_tree()
    _each(page, _make_known, "*")
    _each(page, _write_raised, "sup")
    _each(page, _join_entry, "dt")
    _each(page, _open_layout, "table")
    _each(page, _mark_heads, "table")
    _each(page, _spread, "table")
    _each(page, _end_table, "table")
    _each(page, _make_paragraphs, *_HOLDERS)
    for element in list(page.iter("div", "aside", "section", "p", "figure", "ins", "center")):
        if _AD.search(f"{element.get('class', '')} {element.get('id', '')}"):
            _remove(element, _AD_MAX_WORDS)
    _each(page, _join_posts, *_HOLDERS, "ol", "ul")
    _each(page, _join_body, *_HOLDERS)
    _each(page, _remove_teaser, "p", "div", "li", "h2", "h3", "h4", "h5", "h6", "aside")


def _each(page: Element, change: Callable[[Element], None], *tags: str) -> None:
    """Change the elements with some tags that are there now."""
    for element in list(page.iter(*tags)):
        change(element)


def _make_known(element: Element) -> None:
    """Put what trafilatura loses, glues together or reads in another order as it is shown."""
    if "-" in element.tag or element.tag == "details":
        element.tag = "div"
    elif element.tag == "summary":
        element.tag = "p"
        if (element.tail or "").strip():
            paragraph = element.makeelement("p", {})
            paragraph.text, element.tail = element.tail, None
            element.addnext(paragraph)
    elif element.tag == "button" and element.getparent().tag in ("p", *_HEADINGS):
        element.drop_tag()
    elif element.tag in _PICTURES and element.tail:
        element.tail = f" {element.tail}"
    elif element.tag == "span" and _is_set_apart(element):
        element.tail = f" {element.tail or ''}"


def _is_set_apart(span: Element) -> bool:
    """Tell a sentence before another, or a label in a heading, that only styles set apart."""
    text, following = text_of(span), span.getnext()
    if span.tail:
        heading = any(above.tag in ("h1", *_HEADINGS) for above in span.iterancestors())
        return heading and len(text) > 1 and text[-1].isalpha() and span.tail[0].isupper()
    sentence = count_words(text) >= _LINE_MIN_WORDS and text[-1] in _ENDS
    return sentence and following is not None and following.tag == "span"


def _write_raised(element: Element) -> None:
    """Write a raised number so that it is no part of the number before it."""
    number = text_of(element)
    if len(element) > 1 or not NUMBER.fullmatch(number):
        return
    for link in element:
        element.remove(link)
    previous, parent = element.getprevious(), element.getparent()
    before = (previous.tail or text_of(previous)) if previous is not None else parent.text or ""
    if (element.tail or "").startswith(("/", "⁄")):
        element.text = f" {number}" if before[-1:].isdigit() else number  # 3 1/2
    else:
        element.text = raised(number, before[-BEFORE_CHARS:])


def _join_entry(term: Element) -> None:
    """Write a term and what it is explained by in one line: "Length: 12 metres"."""
    text, following = text_of(term), term.getnext()
    if following is None or following.tag != "dd" or not text:
        return
    if count_words(text) <= _TERM_MAX_WORDS and text[-1] not in _ENDS:
        following.text = f"{text.rstrip(' :')}: {following.text or ''}"
        term.drop_tree()


def text_of(element: Element) -> str:
    """Return what an element shows, in one line."""
    return " ".join(element.text_content().split())


def is_leaf(element: Element) -> bool:
    """Tell whether an element holds no other blocks."""
    return not any(child.tag in _BLOCKS for child in element.iterdescendants("*"))


def _open_layout(table: Element) -> None:
    """Make a table that only places things, as old pages do, parts of the page."""
    cells = [count_words(text_of(cell)) for cell in table.iter("td", "th")]
    rows = [[c for c in row.iter("td", "th") if text_of(c)] for row in table.iter("tr")]
    if max(cells, default=0) > _CELL_MAX_WORDS or all(len(row) < 2 for row in rows):
        for element in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")]:
            element.tag = "div"


def _end_table(table: Element) -> None:
    """Keep a table apart from another that follows at once."""
    following = table.getnext()
    if following is not None and following.tag == "table" and not (table.tail or "").strip():
        end = table.makeelement("p", {})
        end.text = END
        table.addnext(end)


def _mark_heads(table: Element) -> None:
    """Mark the cells of a head, and those of a first row that alone is in bold."""
    rows = [(row, list(row.iterchildren("td", "th"))) for row in table.iter("tr")]
    bold = [all(map(_is_bold, cells)) for _, cells in rows[:2]]
    for n, (row, cells) in enumerate(rows):
        if row.getparent().tag == "thead" or (n == 0 and bold == [True, False]):
            for cell in cells:
                cell.tag = "th"


def _is_bold(cell: Element) -> bool:
    text = text_of(cell)
    return not text or any(text_of(bold) == text for bold in cell.iter("b", "strong"))


_MAX_SPAN = 20

_MAX_COPIES = 1_000
"""Of cells of one table."""


def _spread(table: Element) -> None:
    """Put what spans columns or rows into each of them; heads of rows alone are usual cells."""
    spanning: dict[int, tuple[int, Element]] = {}
    copies = 0
    for row in table.iter("tr"):
        cells = list(row.iterchildren("td", "th"))
        if any(cell.tag == "td" for cell in cells):
            for cell in cells:
                cell.tag = "td"
        full: list[Element] = []
        below: dict[int, tuple[int, Element]] = {}
        waiting = cells[::-1]
        while (waiting or len(full) in spanning) and copies < _MAX_COPIES:
            rows, cell = spanning.get(len(full)) or (0, waiting.pop())
            columns = 1 if rows else _span(cell, "colspan")
            rows = rows or _span(cell, "rowspan")
            for _ in range(columns):
                if rows > 1:
                    below[len(full)] = rows - 1, cell
                full.append(deepcopy(cell) if cell in full or cell not in cells else cell)
            copies += columns
        for cell in waiting:
            _span(cell, "colspan")
            _span(cell, "rowspan")
        full += waiting[::-1]
        for cell in cells:
            row.remove(cell)
        row.extend(full)
        spanning = below


def _span(cell: Element, name: str) -> int:
    value = cell.attrib.pop(name, "1")
    return min(int(value), _MAX_SPAN) if value.isdecimal() and int(value) else 1


def _make_paragraphs(holder: Element) -> None:
    """Put text that only line breaks and other blocks divide into paragraphs."""
    runs = _runs(holder)
    texts = [run for run in runs if run[0] is None]
    if not any(_own_chars(run) >= _RUN_MIN_CHARS for run in texts):
        return
    if len(runs) == 1:
        if holder.tag == "div" and holder.find("../p") is not None:
            holder.tag = "p"  # extracted precisely, a division among paragraphs is lost
        return
    for child in list(holder):
        holder.remove(child)
    holder.text = None
    for kind, text, children in runs:
        if kind is not None:
            holder.append(kind)
            continue
        paragraph = holder.makeelement("p", {})
        paragraph.text = text
        paragraph.extend(children)
        if text_of(paragraph) or len(paragraph):
            holder.append(paragraph)


_Run: TypeAlias = tuple[Element, str, list[Element]]
"""A block, or (None, text, inline elements with their tails)."""


def _runs(holder: Element) -> list[_Run]:
    """Return what an element holds; the tails of blocks and double line breaks become runs."""
    found: list[_Run] = []
    text, inline = holder.text or "", []
    children = list(holder)
    for n, child in enumerate(children):
        tail = child.tail or ""
        following = children[n + 1].tag if n + 1 < len(children) else None
        before = children[n - 1] if n else None
        doubled = child.tag == "br" and (
            (following == "br" and not tail.strip())
            or (before is not None and before.tag == "br" and not (before.tail or "").strip())
        )
        if child.tag not in _BLOCKS and not doubled:
            inline.append(child)
            continue
        if text.strip() or inline:
            found.append((None, text, inline))
        text, inline = tail, []
        if not doubled:
            child.tail = None
            found.append((child, "", []))
    if text.strip() or inline:
        found.append((None, text, inline))
    return found


def _own_chars(run: _Run) -> int:
    """Count the characters of a run that are in no link."""
    _, text, inline = run
    shown = [text, *(text_of(e) for e in inline if e.tag not in ("a", "script", "style"))]
    return len("".join([*shown, *(e.tail or "" for e in inline)]).strip())


def _join_body(holder: Element) -> None:
    """Move what follows an advertisement to the body of the article before it."""
    first: Element = None
    between: list[Element] = []
    for child in list(holder):
        like = first is not None and (child.tag, child.get("class")) == (
            first.tag,
            first.get("class"),
        )
        if like and _is_body(child):
            if sum(count_words(text_of(each)) for each in between) <= _BETWEEN_MAX_WORDS:
                first.extend([*between, *child])
                holder.remove(child)
            else:
                first = child
            between = []
        elif child.tag in ("div", "section") and _is_body(child):
            first, between = child, []
        else:
            between.append(child)


def _join_posts(holder: Element) -> None:
    """Make one article of the posts of a live blog, each with its time and heading."""
    groups: dict[tuple[str, str], list[Element]] = {}
    for child in holder.iterchildren("article", "section", "div", "li"):
        groups.setdefault((child.tag, child.get("class") or ""), []).append(child)
    posts = next((group for group in groups.values() if len(group) > 1), [])
    posts = [post for post in posts if not _AD.search(post.get("class") or "")]
    if len(posts) < _MIN_POSTS or not all(map(_is_post, posts)):
        return
    joined = holder.makeelement("article", {})
    holder.tag = "div" if holder.tag in ("ol", "ul") else holder.tag
    posts[0].addprevious(joined)
    for post in posts:
        blocks = [each for each in post.iterdescendants(*_POST_BLOCKS) if _is_topmost(each, post)]
        headed = [each for each in blocks if each.tag in _HEADINGS]
        stamp = next((text_of(each) for each in post.iter("time", "span") if _is_stamp(each)), "")
        if stamp and headed:
            heading = text_of(headed[0])
            for inner in list(headed[0]):
                headed[0].remove(inner)
            headed[0].text = f"{stamp}: {heading}"
        joined.extend(blocks)
        holder.remove(post)


def _is_post(element: Element) -> bool:
    """Tell a post from a comment and from a teaser, whose heading is a link."""
    words = sum(count_words(text_of(each)) for each in element.iter("p", "li"))
    headings = list(element.iter(*_HEADINGS))
    stamped = any(map(_is_stamp, element.iter("time", "span")))
    linked = any(each.find(".//a") is not None or _is_linked(each) for each in headings)
    more = any(is_links_heading(text_of(link)) for link in element.iter("a"))
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return (
        words >= _BODY_MIN_WORDS
        and len(headings) == 1
        and stamped
        and not (linked or more or _COMMENT.search(named))
    )


def _is_linked(element: Element) -> bool:
    return next(element.iterancestors("a"), None) is not None


def _is_topmost(block: Element, post: Element) -> bool:
    """Tell whether a block of a post is within no other."""
    for above in block.iterancestors():
        if above is post:
            return True
        if above.tag in _POST_BLOCKS:
            return False
    return False


def _is_stamp(element: Element) -> bool:
    named = element.tag == "time" or _STAMP.search(element.get("class") or "")
    return bool(named) and 0 < count_words(text_of(element)) <= _STAMP_MAX_WORDS


def _is_body(element: Element) -> bool:
    """Tell part of an article from a list of others, whose headings are links."""
    if not _BODY.search(element.get("class") or ""):
        return False
    words = sum(count_words(text_of(child)) for child in element.iterchildren("p"))
    return words >= _BODY_MIN_WORDS and element.find(".//h3//a") is None


def _remove(element: Element, max_words: int) -> None:
    if element.getparent() is not None and count_words(text_of(element)) <= max_words:
        element.drop_tree()


def _remove_teaser(element: Element) -> None:
    """Remove a line that is a label and links, or one link, and a labelled list of links."""
    if element.getparent() is None or not is_leaf(element):
        return
    text = text_of(element)
    following = element.getnext()
    if is_links_heading(text) and following is not None and _is_all_links(following):
        following.drop_tree()
        element.drop_tree()
        return
    for link in list(element.iter("a")):
        # At the end of a paragraph: "... the mayor said. Read more: Nine swimmers drowned"
        if is_links_heading(text_of(link).partition(":")[0]) and text != text_of(link):
            before = text.removesuffix(text_of(link)).rstrip()
            if before != text and before[-1:] in _ENDS:
                link.drop_tree()
                return
    links = [shown for link in element.iter("a") if link.get("href") and (shown := text_of(link))]
    rest = text
    for link in links:
        rest = rest.replace(link, " ", 1)
    if not links or not is_link_label(rest):
        return
    headline = element.tag in _HEADLINES and count_words(text) >= _LINE_MIN_WORDS
    labelled = rest.strip() or is_links_heading(text.partition(":")[0])
    if labelled or (headline and text[-1] not in _ENDS):
        element.drop_tree()


def _is_all_links(element: Element) -> bool:
    if element.tag not in ("ul", "ol", "div", "p"):
        return False
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return 0 < len(text_of(element)) <= linked + len(element) * 2
