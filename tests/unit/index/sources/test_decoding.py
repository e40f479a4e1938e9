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


TURKISH = "Belediye başkanı, köprünün gelecek yıl kapanacağını söyledi. Işıklar söndü."
POLISH = "Burmistrz powiedział, że most zostanie zamknięty. Źródła mówią, że koszty są większe."
CZECH = "Starosta řekl, že most bude příští rok uzavřen. Žáci nemohou do školy."
HUNGARIAN = "A polgármester azt mondta, hogy a hidat jövőre lezárják. Az időjárás miatt őszig."
LITHUANIAN = "Meras pranešė, kad tiltas bus uždarytas. Žmonės šaukė, tačiau eismas sustojo."
LATVIAN = "Mērs paziņoja, ka tilts nākamgad tiks slēgts. Skolas paliks atvērtas."
ICELANDIC = "Borgarstjórinn sagði að brúnni yrði lokað á næsta ári. Umferð verður beint þangað."
THAI = "นายกเทศมนตรีกล่าวว่าสะพานจะปิดในปีหน้า โรงเรียนยังคงเปิด"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TURKISH, "cp1254"),
        (TURKISH, "iso8859-9"),
        ("İzmir'de yağmur yağdı.", "cp1254"),
        ("Burmistrz powiedział, że most zostanie zamknięty.", "cp1250"),
        ("Ağır yağmur yağdı, ışıklar kapandı ve yollar kapalı kaldı.", "cp1254"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (HUNGARIAN, "cp1250"),
        (LITHUANIAN, "cp1257"),
        (LATVIAN, "cp1257"),
        (ICELANDIC, "cp1252"),
        (GERMAN, "mac-roman"),
        (GERMAN, "cp850"),
        (RUSSIAN, "cp866"),
        (THAI, "cp874"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
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


QUOTED = "It’s a café, he said."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (QUOTED.encode() + b" It\x92s his.", QUOTED + " It\ufffds his."),
        (QUOTED.encode() + b" \x93It\x92s\x94 \x96", QUOTED + " \ufffdIt\ufffds\ufffd \ufffd"),
        (QUOTED.encode() + b"\xe2\x80", QUOTED + "\ufffd"),
        (QUOTED.encode() + b"\xc3", QUOTED + "\ufffd"),
        (b"It is over, he said\xe2\x80", "It is over, he said\ufffd"),
        (b"\xef\xbb\xbf" + QUOTED.encode() + b" \xff.", QUOTED + " \ufffd."),
        (b"plain words " * 20 + b"\x81 here", "plain words " * 20 + "\ufffd here"),
        (QUOTED.encode("utf-16")[:-1], QUOTED[:-1] + "\ufffd"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1257"])
def test_a_bad_or_cut_byte_is_marked_and_garbles_nothing(
    data: bytes, text: str, declared: str | None
):
    if b"\x81" not in data:  # which is a letter in the charset that is declared
        assert decode("a", data, declared=declared) == text
    assert decode("a", data) == text


def test_german_with_quotes_is_not_taken_for_utf_8():
    text = "Er sagte: „Das macht Spaß“, für alle."
    assert decode("a", text.encode("cp1252")) == text


def test_one_letter_of_a_western_charset_is_that_letter():
    assert decode("a", b"He went to the caf\xe9") == "He went to the café"


@pytest.mark.parametrize(
    "data", [b"text\0text", b"\x89PNG\r\n\x1a\n\0\0", b"\x01\x02\x03\x04 text", b"PK\x03\x04\x14\0"]
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
    with pytest.raises(UndecodableSource, match=r"marked as UTF-16 .* save it as UTF-8"):
        decode("a", b"\xff\xfea")


def test_what_is_marked_as_utf_8_is_not_told_to_be_saved_as_it():
    with pytest.raises(UndecodableSource, match=r"marked as UTF-8 but isn't; open it, save it"):
        decode("a.txt", b"\xef\xbb\xbf" + b"\xff\xfe\xfd" * 99)


def test_a_declared_charset_is_used_only_where_the_bytes_are_not_utf_8():
    assert decode("a", "Größe".encode("cp1250"), declared="windows-1250") == "Größe"
    assert decode("a", "Größe".encode(), declared="iso-8859-1") == "Größe"
    assert decode("a", "“q” é".encode("cp1252"), declared="ISO-8859-1") == "“q” é"


@pytest.mark.parametrize("label", ["unicode_escape", "punycode", "utf-7", "hex", "no such", "a\0"])
def test_labels_that_are_no_charset_are_ignored(label: str):
    assert decode("a", rb"plain \x41 text +AGE-", declared=label) == r"plain \x41 text +AGE-"


RUSSIAN = "Совет решил закрыть старый бассейн в июне, потому что крыша протекает."
JAPANESE = "町議会は六月に古いプールを閉鎖することを決めた。屋根が漏れているからだ。"
HEBREW = "המועצה החליטה לסגור את הבריכה הישנה ביוני כי הגג דולף."
POLISH = "Rada gminy zamknie w czerwcu stary basen, ponieważ dach przecieka. Mieszkańcy są źli."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE, HEBREW])
def test_utf_16_without_a_mark_is_read_in_other_scripts(text: str, encoding: str):
    """It was taken for a binary file."""
    assert decode("a.txt", text.encode(encoding)) == text


def test_hebrew_is_not_cyrillic_in_capitals():
    assert decode("a.txt", HEBREW.encode("cp1255")) == HEBREW


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (TURKISH * 3, "cp1254", "iso-8859-1"),
        (TURKISH * 3, "cp1254", "windows-1257"),
        (RUSSIAN, "cp1251", "windows-1252"),
        (POLISH, "cp1250", "windows-1252"),
        (POLISH, "iso8859-2", "windows-1250"),
        (HEBREW, "cp1255", "iso-8859-1"),
    ],
)
def test_a_wrong_charset_does_not_win_over_the_letters(text: str, encoding: str, declared: str):
    assert decode("a.html", text.encode(encoding), declared=declared) == text


def test_names_from_elsewhere_do_not_make_a_declared_charset_wrong():
    text = "Þórður Ægisson of Reykjavík met Åsa Øvre and José Muñoz in Brell on Monday."
    assert decode("a.html", text.encode("cp1252"), declared="iso-8859-1") == text
