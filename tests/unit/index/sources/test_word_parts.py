"""Word files: symbols, equations, notes, boxes, imported parts, broken relations, Strict files."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from index.errors import SourceError, TooLargeSource, UnsupportedSource
from index.sandboxed import word as sandboxed_word
from index.sources import read
from index.sources.tables import rows_as_sentences
from tests.files import W, p, word

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f'xmlns:r="{KIND}"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def related(body: str, parts: Mapping[str, tuple[str, str | bytes]]) -> bytes:
    """A Word file with parts by their names, each with the kind of its relation."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{KIND}/{kind}" Target="{name}"/>'
        for name, (kind, _) in parts.items()
    )
    files = {
        "_rels/document.xml.rels": "<Relationships xmlns="
        f'"http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        **{name: data for name, (_, data) in parts.items() if data},
    }
    return word(body, **{k: v.encode() if isinstance(v, str) else v for k, v in files.items()})


def texts(data: bytes) -> list[str]:
    return [text for _, text in sandboxed_word.parse(data)["blocks"]]


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


@pytest.mark.parametrize(
    ("font", "char", "shown"),
    [
        ("Symbol", "F0A0", "€"),
        ("Arial", "20AC", "€"),
        ("Arial", "F0A3", "£"),
        ("Symbol", "F061", "α"),
        ("Symbol", "00B3", "≥"),
        ("Wingdings", "F0E0", "→"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings 2", "F050", "✓"),
        ("Wingdings", "F021", ""),
        ("Symbol", "F0E6", ""),
        ("Symbol", "nonsense", ""),
        ("Symbol", "FFFFFFFFFF", ""),
    ],
)
def test_symbols_are_read(font: str, char: str, shown: str):
    sign = f'<w:sym w:font="{font}" w:char="{char}"/>'
    assert texts(word(run(f"<w:t>a</w:t>{sign}<w:t>b</w:t>"))) == [f"a{shown}b"]


def test_symbols_in_private_codes_are_read():
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    assert texts(word(run(f"{fonts}<w:t>\uf0fc</w:t>") + run("<w:t>\uf0b3 5</w:t>"))) == [
        "✓",
        "≥ 5",
    ]


def test_emoji_and_ruby_are_read_once():
    emoji = (
        f"<mc:AlternateContent {MC}><mc:Choice><x:symEx"
        ' xmlns:x="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
        ' x:font="Segoe UI Emoji" x:char="1F60A"/></mc:Choice>'
        "<mc:Fallback><w:t>?</w:t></mc:Fallback></mc:AlternateContent>"
    )
    ruby = (
        "<w:ruby><w:rt><w:r><w:t>さけ</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>酒</w:t></w:r></w:rubyBase></w:ruby>"
    )
    assert texts(word(run(emoji + ruby))) == ["😊酒"]


def m(name: str, *parts: str, properties: str = "") -> str:
    return f"<m:{name}>{properties}{''.join(parts)}</m:{name}>"


def t(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def e(text: str) -> str:
    return m("e", t(text))


NARY = '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'
BARS = '<m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr>'


@pytest.mark.parametrize(
    ("equation", "line"),
    [
        (t("E = m") + m("sSup", e("c"), m("sup", t("2"))), "E = mc^2"),
        (m("f", m("num", t("a + b")), m("den", t("2"))), "(a + b)/2"),
        (m("sSub", e("x"), m("sub", t("n+1"))), "x_(n+1)"),
        (m("rad", m("deg"), e("y")), "√y"),
        (m("rad", m("deg", t("3")), e("y + 1")), "∛(y + 1)"),
        (m("d", e("a"), e("b")), "(a|b)"),
        (m("d", e("a"), properties=BARS), "|a|"),
        (m("nary", m("sub", t("n=1")), m("sup", t("9")), e("n"), properties=NARY), "∑_(n=1)^9 n"),
        (m("func", m("fName", t("sin")), e("x")), "sin x"),
        (m("m", m("mr", e("1"), e("0")), m("mr", e("0"), e("1"))), "1, 0; 0, 1"),
        (m("box", e("2 = 2")), "2 = 2"),
    ],
)
def test_equations_are_read_on_one_line(equation: str, line: str):
    body = f"<w:p {M}><w:r><w:t>So </w:t></w:r><m:oMath>{equation}</m:oMath></w:p>"
    assert texts(word(body)) == [f"So {line}"]


def notes(kind: str, **by_id: str) -> str:
    inside = "".join(f'<w:{kind} w:id="{n[1:]}">{p(text)}</w:{kind}>' for n, text in by_id.items())
    return f"<w:{kind}s {W}>{inside}</w:{kind}s>"


def refer(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_notes_are_read_once_after_what_refers_to_them():
    first = f"<w:p><w:r><w:t>One.</w:t></w:r>{refer('footnote', 2)}{refer('endnote', 1)}</w:p>"
    row = f"<w:tbl><w:tr><w:tc>{first}</w:tc><w:tc>{p('412')}</w:tc></w:tr></w:tbl>"
    again = f"<w:p>{refer('footnote', 2)}{refer('footnote', 7)}<w:r><w:t>Two.</w:t></w:r></w:p>"
    data = related(
        row + again,
        {
            "footnotes.xml": ("footnotes", notes("footnote", _0="not shown", _2="A foot.")),
            "endnotes.xml": ("endnotes", notes("endnote", _1="An end.")),
        },
    )
    assert texts(data) == ["| One. | 412 |", "A foot.", "An end.", "Two."]


def test_text_boxes_of_old_and_new_kinds_are_read():
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    old = f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">{box}</v:shape></w:pict>'
    empty = (
        f"<mc:AlternateContent {MC}><mc:Choice><w:drawing/></mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    gone = f"<w:del><w:r>{box}</w:r></w:del>"
    assert texts(word(run(old) + run(empty) + f"<w:p>{gone}</w:p>")) == ["boxed", "boxed"]


HTML = "<html><head><title>x</title><style>p{}</style></head><body><p>The ship costs &euro;4"
HTML += "<br>million.</p><table><tr><td>Brell</td><td>412</td></tr></table></body></html>"
MHT = """MIME-Version: 1.0
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<p>The ship costs =E2=82=AC4=
0.</p>
--b
Content-Type: image/png

abc
--b--
"""


@pytest.mark.parametrize(
    ("imported", "read_as"),
    [
        (HTML, ["The ship costs €4", "million.", "| Brell | 412 |"]),
        (MHT, ["The ship costs €40."]),
        ("The ship\nsank.\n\nIn May: nobody knew.", ["The ship sank.", "In May: nobody knew."]),
        ("The ship costs €4.".encode("cp1252"), ["The ship costs €4."]),
        ("The ship costs €4.".encode("utf-16"), ["The ship costs €4."]),
        (word(p("Imported.") + run("<w:t>So.</w:t>")), ["Imported.", "So."]),
    ],
)
def test_imported_parts_are_read_where_they_stand(imported: str | bytes, read_as: list[str]):
    body = f"{p('Before.')}<w:altChunk {R} r:id='chunk'/>{p('After.')}"
    data = related(body, {"chunk": ("aFChunk", imported)})
    assert texts(data) == ["Before.", *read_as, "After."]
    found = rows_as_sentences("\n\n".join(["Before.", *read_as, "After."]))
    assert read("a.docx", data).text == found


def test_an_imported_kind_that_is_not_read_is_named():
    data = related(f"<w:altChunk {R} r:id='chunk'/>", {"chunk": ("aFChunk", "{\\rtf1 text}")})
    with pytest.raises(UnsupportedSource, match="open it in Word, save it again"):
        read("a.docx", data)


def test_files_that_import_each_other_without_end_take_no_room():
    data = word(p("a"))
    for _ in range(5):
        chunks = {f"chunk{n}": ("aFChunk", data) for n in range(9)}
        body = "".join(f"<w:altChunk {R} r:id='{name}'/>" for name in chunks)
        data = related(body + p("b"), chunks)
    assert len(texts(data)) <= 101
    with pytest.raises(TooLargeSource):
        sandboxed_word.parse(
            related(
                "".join(f"<w:altChunk {R} r:id='c'/>" for _ in range(9)),
                {"c": ("aFChunk", word(p("a"), media=b"\0" * 30_000_000))},
            )
        )


@pytest.mark.parametrize(
    ("kind", "target"),
    [("image", "../NULL"), ("image", ""), ("styles", "styles.xml"), ("footnotes", "notes.xml")],
)
def test_a_part_that_is_not_there_is_no_damage(kind: str, target: str):
    assert read("a.docx", related(p("It was late."), {target: (kind, "")})).text == "It was late."


def test_content_types_that_are_not_there_are_no_damage():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {W}><w:body>{p('It was late.')}</w:body></w:document>",
        )
    assert read("a.docx", out.getvalue()).text == "It was late."


def strict(data: bytes) -> bytes:
    """The file as Word saves it in the Strict kind."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(out, "w") as archive:
        for name in given.namelist():
            content = given.read(name)
            for kind in (b"wordprocessingml", b"officeDocument"):
                content = content.replace(
                    b"http://schemas.openxmlformats.org/%s/2006/" % kind,
                    b"http://purl.oclc.org/ooxml/%s/" % kind,
                )
            archive.writestr(name, content)
    return out.getvalue()


def test_strict_files_are_read():
    first = f"<w:p><w:r><w:t>One.</w:t></w:r>{refer('footnote', 2)}</w:p>"
    equation = f"<w:p {M}><m:oMath>{m('sSup', e('c'), m('sup', t('2')))}</m:oMath></w:p>"
    parts = {"footnotes.xml": ("footnotes", notes("footnote", _2="A foot."))}
    data = strict(related(first + equation, parts))
    assert b"purl.oclc.org" in zipfile.ZipFile(BytesIO(data)).read("word/document.xml")
    assert texts(data) == ["One.", "A foot.", "c^2"]
    assert read("a.docx", data).text == "One.\n\nA foot.\n\nc^2"


def dated(created: str, modified: str) -> bytes:
    """A file whose properties have these dates."""
    out = BytesIO(word(p("It was late. " * 9)))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Target="word/document.xml" Type="{KIND}/officeDocument"/>'
            '<Relationship Id="r2" Target="/docProps/core.xml" Type="http://schemas.openxmlformats.'
            'org/package/2006/relationships/metadata/core-properties"/></Relationships>',
        )
        archive.writestr(
            "docProps/core.xml",
            '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core'
            '-properties" xmlns:d="http://purl.org/dc/terms/">'
            f"<d:created>{created}</d:created><d:modified>{modified}</d:modified>"
            "</c:coreProperties>",
        )
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("created", "modified", "published"),
    [
        ("2025-02-14T18:30:00Z", "2025-02-16T10:00:00Z", "2025-02-14"),
        ("2025-02-14", "", "2025-02-14"),
        ("2013-12-23T23:15:00Z", "2013-12-23T23:15:00Z", None),
        ("2013-12-23T23:15:00Z", "2025-02-14T18:30:00Z", None),
        ("2006-09-16T00:00:00Z", "2006-09-16T00:00:00Z", None),
        ("2019-05-02T09:00:00Z", "2025-02-14T18:30:00Z", None),
        ("1601-01-01T00:00:00Z", "1601-01-01T00:00:00Z", None),
        ("yesterday", "2025-02-14T18:30:00Z", None),
    ],
)
def test_dates_of_templates_are_no_dates(created: str, modified: str, published: str | None):
    assert read("a.docx", dated(created, modified)).published == published


def test_a_damaged_note_is_named():
    data = related(p("a"), {"footnotes.xml": ("footnotes", "<w:footnotes")})
    with pytest.raises(SourceError, match="damaged"):
        read("a.docx", data)
