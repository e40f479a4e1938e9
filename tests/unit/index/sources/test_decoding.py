"""Encodings that people's files come in."""

from __future__ import annotations

import random

import pytest

from index.errors import UndecodableSource
from index.sources import read
from index.sources.decoding import decode

FRENCH = (
    "Le président français a déclaré jeudi que l'été serait très chaud à Nîmes. « Peut-être »,"
    " a répondu l'élève, même si la forêt brûle déjà. Où est l’œuvre ?"
)
GERMAN = "Die Außenministerin äußerte sich über die Prüfung. Größere Änderungen gäbe es nicht."
RUSSIAN = (
    "Президент заявил в четверг, что переговоры начнутся на следующей неделе. Министры встретятся"
    " в Брюсселе и обсудят условия мира."
)
JAPANESE = "首相は木曜日に来週から協議を始めると述べた。閣僚はブリュッセルで会合を開く予定だ。"
CHINESE = "总统周四表示，谈判将于下周开始。部长们将在布鲁塞尔会面，讨论和平条件。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (RUSSIAN, "utf-32"),
        (FRENCH, "cp1252"),
        (GERMAN, "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
    ],
)
def test_text_is_read_in_its_encoding(text: str, encoding: str):
    assert read("a.txt", text.encode(encoding)).text == text


def test_utf_16_marked_in_big_endian_is_read():
    assert decode("a", b"\xfe\xff" + "é".encode("utf-16-be")) == "é"


@pytest.mark.parametrize(
    "data",
    [b"text\0text", b"\x89PNG\r\n\x1a\n\0\0", b"\x01\x02\x03\x04 text", b"PK\x03\x04\x14\0"],
)
def test_a_binary_file_is_named_so(data: bytes):
    with pytest.raises(UndecodableSource, match="binary"):
        decode("a", data)


@pytest.mark.parametrize("alphabet", [range(256), range(128, 256), range(161, 255)])
@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_refused(alphabet: range, seed: int):
    data = bytes(random.Random(seed).choices(alphabet, k=2_000))
    with pytest.raises(UndecodableSource):
        decode("a", data)


def test_a_broken_mark_says_what_to_do():
    with pytest.raises(UndecodableSource, match=r"marked as utf-16 .* save it as UTF-8"):
        decode("a", b"\xff\xfea")


def test_a_declared_charset_is_used_only_where_the_bytes_are_not_utf_8():
    assert decode("a", "Größe".encode("cp1250"), declared="windows-1250") == "Größe"
    assert decode("a", "Größe".encode(), declared="iso-8859-1") == "Größe"
    assert decode("a", "“q” é".encode("cp1252"), declared="ISO-8859-1") == "“q” é"


@pytest.mark.parametrize("label", ["unicode_escape", "punycode", "utf-7", "hex", "no such", "a\0"])
def test_labels_that_are_no_charset_are_ignored(label: str):
    assert decode("a", rb"plain \x41 text +AGE-", declared=label) == r"plain \x41 text +AGE-"
