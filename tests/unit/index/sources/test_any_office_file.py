"""Any PDF and Word file is a sound article or refused in plain words, and soon."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import bound, p, pdf_of, stream, word
from tests.properties import examples
from tests.strategies import damaged, joined, words
from tests.unit.index.sources import test_docx, test_pdf
from tests.unit.index.sources.assertions import check

pytestmark = pytest.mark.filterwarnings("ignore")  # the parsers' own, of broken files


CONTENT = [
    "BT ", "ET ", "/F1 11 Tf ", "72 700 Td ", "0 -14 Td ", "(He left. ) Tj ",
    "[(He) -200 (left)] TJ ", "T* ", "1 0 0 1 72 700 Tm ", "0 1 -1 0 9 9 Tm ", "nan 0 0 Tm ", "q ",
    "Q ", "cm ", "/X Do ", "(", ")", "<", ">", "<< ", ">> ", "[ ", "] ", "BI /W 9 ID ", " EI ",
    "\\777", "99999999999999999999 ", "-.-1 ", "' ", '" ', "/None 12 Tf ", "BDC ", "EMC ", "%\n",
    "<FEFF0041> Tj ", "Tr ", "Tz ", "TL ",
]  # fmt: skip
OBJECTS = [
    "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
    "<< /Type /Page /Parent 2 0 R /Contents 6 0 R >>", "<< /Length 9 >> stream\n", "\nendstream",
    "[3 0 R]", "2 0 R", "<< /Length 1 0 R >>",
    "<< /Filter [/ASCIIHexDecode /LZWDecode /FlateDecode] /Length 5 >> stream\n",
    "endobj\n1 0 obj\n",
    "<< /Type /Font /Subtype /Type0 /ToUnicode 6 0 R /DescendantFonts [1 0 R] >>", "null", "<<",
    ">>", "/Title (", ")", "<FEFFD800>", "<< /Type /ObjStm /N 9 /First 1 /Length 9 >> stream\n",
    "trailer\n",
    "<< /Subtype /Form /Resources << /XObject << /X 3 0 R >> >> /Length 6 >> stream\n/X Do ",
]  # fmt: skip


def some_bytes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return texts.map(lambda text: text.encode("latin-1", "replace"))


pdfs = st.one_of(
    damaged(test_pdf.article()),
    some_bytes(joined(CONTENT)).map(lambda content: pdf_of([stream(content, 1)])),
    st.lists(some_bytes(joined(OBJECTS, most=6)), max_size=4).map(
        lambda objects: bound([b"<< /Type /Catalog /Pages 2 0 R >>", *objects])
    ),
)


@examples(20)
@given(pdfs)
def test_pdf(data: bytes):
    check("a.pdf", data)


ARTICLE = zipfile.ZipFile(BytesIO(test_docx.article()))
PARTS = {
    name: ARTICLE.read(name)
    for name in ARTICLE.namelist()
    if "media" not in name and "thumbnail" not in name
}
TAGS = (
    *("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "txbxContent", "hyperlink", "ins"),
    *("del", "br", "tab", "pPr", "rPr", "vanish", "pict", "fldSimple", "sectPr", "instrText"),
    *("sym", "ruby", "rubyBase", "altChunk", "footnoteReference"),
)


def element(tag: str, inside: list[str]) -> str:
    return f"<w:{tag} w:val='Title'>{''.join(inside)}</w:{tag}>"


def written(text: str) -> str:
    """A text as XML has it, without what it cannot have."""
    text = re.sub("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    return text.replace("&", "&amp;").replace("<", "&lt;")


def packed(part: str, content: bytes) -> bytes:
    """The article with another part in the place of one."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in PARTS.items():
            archive.writestr(name, content if name == part else data)
    return out.getvalue()


bodies = st.recursive(
    st.one_of(words.map(written).map(p), words.map(written), st.just(p("He left."))),
    lambda inside: st.builds(element, st.sampled_from(TAGS), st.lists(inside, max_size=4)),
    max_leaves=20,
)
word_files = st.one_of(
    damaged(test_docx.article()),
    st.sampled_from(sorted(PARTS)).flatmap(
        lambda part: damaged(PARTS[part]).map(lambda content: packed(part, content))
    ),
    st.lists(bodies, max_size=8).map(lambda body: word("".join(body))),
)


@examples(20)
@given(word_files)
def test_word(data: bytes):
    check("a.docx", data)
