"""Mails that are pasted or saved."""

from __future__ import annotations

import pytest

from index.errors import UnsupportedSource
from index.sources import read, read_text

BODY = "The ferry stops on Monday. Nobody was told.\n\nKind regards\nRuna"
OUTLOOK = (
    "From: Runa Holt <runa@a.example>\nSent: 13 August 2026 09:12\nTo: News\nSubject: Ferry stops"
)
MAILS = [
    OUTLOOK,
    f"---------- Forwarded message ---------\n{OUTLOOK}",
    "Begin forwarded message:\n\n" + OUTLOOK.replace("Subject: ", "Subject: Re: FW: "),
    OUTLOOK.replace("From:", "**From:**").replace("Subject:", "*Subject:*"),
    "Von: Runa Holt\nGesendet: 13. August 2026\nAn: News\nBetreff: AW: Ferry stops",
    'Message-ID: <1@a.example>\nFrom: "Runa Holt" <runa@a.example>\nReceived: from a\n  by b\n'
    "Date: Thu, 13 Aug 2026 09:12:00 +0200\nSubject: Ferry stops",
]


@pytest.mark.parametrize("head", MAILS)
def test_the_lines_of_a_mail_say_title_author_and_date(head: str):
    """The first of them was the title, and all were its text."""
    for found in (
        read("a.txt", f"{head}\n\n{BODY}".encode()),
        read_text("text", f"{head}\n\n{BODY}"),
    ):
        assert (found.title, found.author, found.text) == ("Ferry stops", "Runa Holt", BODY)
        assert (found.published or "").startswith("2026-08-13")


def test_the_lines_of_a_mail_that_is_saved_as_a_page():
    lines = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n"))
    head = OUTLOOK.replace("<", "&lt;").replace("\n", "<br>")
    found = read("a.html", f"<html><body><div><p>{head}</p>{lines}</div></body></html>".encode())
    assert (found.title, found.author) == ("Ferry stops", "Runa Holt")
    assert found.text.startswith("The ferry stops on Monday.")


@pytest.mark.parametrize(
    "text",
    [
        "From: A\nTo: B\n\nIt goes from one town to another.",
        "Date: 3 May\nPlace: Brell\nSubject: Ferries\n\nThe council met.",
        "Note: it is late.\nFrom: the town\nSubject: a ferry",
        "From: Ada\nSubject: Ferry\nTo: all",
        " " * 1000 + "From:\n" * 1000,
    ],
)
def test_what_is_like_such_lines_stays(text: str):
    assert read_text("text", text).text == text.strip()


@pytest.mark.parametrize("name", ["a.eml", "a.msg", "a.txt"])
def test_a_mail_as_it_was_sent_is_told_how_to_add_it(name: str):
    sent = f"{OUTLOOK}\nContent-Transfer-Encoding: quoted-printable\n\nThe fer=\nry stops=E2=80=A6"
    with pytest.raises(UnsupportedSource, match="it's a mail; copy its text"):
        read(name, sent.encode())
