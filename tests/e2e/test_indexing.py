import re

import pytest
from aiohttp import web

from tests.e2e.environment import index, words
from tests.fakediscord import File
from tests.files import column, p, pdf, word

pytestmark = pytest.mark.asyncio(loop_scope="session")
PROGRESS = re.compile(r"Indexed \d+ of \d+ passages? …")
HOSTILE = (
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://2130706433:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "http://user:secret@127.0.0.1:{port}/",
)


async def slash(actor, channel, name, **options):
    return await (await actor.slash(channel, name, **options)).final(
        until=lambda ix: not PROGRESS.search(ix.content_text)
    )


async def test_file_is_indexed_and_answers(env):
    text = b"# Otters return\n\nOtters were seen in the river Lumen on Monday, rangers said.\n"
    file = File("otters.md", text)
    done = await slash(env.boss, env.general, "index file", file=file, published="2025-03-01")
    assert "Indexed: a new article" in words(done)
    assert "Otters return" in words(done)
    ix = await slash(env.alice, env.general, "ask", question="Where were otters seen?")
    assert "river Lumen" in words(ix)
    assert "<t:1740830400:D>" in ix.content_text
    again = await slash(env.boss, env.general, "index file", file=file, published="2025-03-01")
    assert "Unchanged" in words(again)


@pytest.mark.parametrize(
    ("name", "animal", "make"),
    [
        ("herons.pdf", "Herons", lambda text: pdf([column([text])])),
        ("cranes.docx", "Cranes", lambda text: word(p(text))),
    ],
)
async def test_pdf_and_word_files_are_indexed_and_answer(env, name, animal, make):
    file = File(name, make(f"{animal} were seen at the lake of Nemi on Friday, rangers said."))
    done = await slash(env.boss, env.general, "index file", file=file, title=f"{animal} return")
    assert "Indexed: a new article" in words(done)
    ix = await slash(env.alice, env.general, "ask", question=f"Where were {animal} seen?")
    assert "lake of Nemi" in words(ix)


async def test_form_is_indexed_and_a_new_version_replaces_it(env):
    first = await index(env, env.boss, env.general, "Bridge", "The bridge is shut till May.")
    second = await index(env, env.boss, env.general, "Bridge", "The bridge opened in June.")
    assert first == second
    ix = await slash(env.alice, env.general, "ask", question="When did the bridge open?")
    assert "opened in June" in words(ix)
    assert "till May" not in words(ix)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (File("empty.txt", b" \n"), "it's empty"),
        (File("big.txt", b"word " * 1_100_000), "the limit is 5 MB"),
        (File("a.exe", b"MZ\0\0"), "can't read"),
        (File("a.pdf", b"%PDF-1.7"), "it seems damaged"),
        (File("a.docx", b"PK\3\4" + b"\0" * 99), "it seems damaged"),
    ],
)
async def test_bad_files_are_explained(env, file, reason):
    ix = await slash(env.boss, env.general, "index file", file=file)
    assert f"I couldn't index {file.filename}" in words(ix)
    assert reason in words(ix)


async def test_of_several_files_each_is_reported_and_a_broken_one_stops_none(env):
    barley = File("b.txt", b"Barley\n\nBarley was sown at Wharram in April.")
    await slash(env.boss, env.general, "index file", file=barley)
    files = {
        "file": File("a.md", b"# Apples\n\nApples were picked at Wharram in August."),
        "file2": barley,
        "file3": File("broken.pdf", b"%PDF-1.7"),
        "file10": File("c.md", b"---\nsource: https://w.example/\n---\n# Cherries\n\nCherries."),
    }
    ix = await env.boss.slash(env.general, "index file", **files)
    await ix.final(until=lambda ix: bool(ix.embeds))
    title, apples, same, broken, cherries, _ = words(ix).splitlines()
    assert title == "Indexed: 2 new, 1 unchanged, 1 failed"
    assert (apples, same) == ("- new: Apples", "- unchanged: Barley")
    assert broken.startswith("- failed: broken.pdf: it seems damaged")
    assert cherries == "- new: [Cherries](https://w.example/)"


async def test_one_title_for_several_files_is_refused(env):
    files = {"file": File("a.txt", b"Words."), "file2": File("b.txt", b"More words.")}
    ix = await slash(env.boss, env.general, "index file", title="All", **files)
    assert "Leave out title" in words(ix).replace("`", "")


async def test_progress_is_shown_by_edits_and_over_all_files(env):
    env.fd.fault("calder.txt$", 0, delay=1.8)
    barges = (f"Barge {n} left quay {n % 7} at dawn with timber {n}." for n in range(1_500))
    files = {
        "file": File("aire.txt", "\n".join(("Aire", "", *barges)).encode()),
        "file2": File("calder.txt", b"Calder\n\nThe Calder is shut to barges."),
    }
    ix = await env.boss.slash(env.general, "index file", **files)
    await ix.final(90, settle=0.1, until=lambda ix: bool(ix.embeds))
    *states, done = (text for _, text in ix.history)
    embedded = re.compile(r"1 of 2: aire\.txt\nIndexed \d+ of \d+ passages …")
    assert any(map(embedded.fullmatch, states)) or ix.t_final < 4, "shown where it takes a while"
    assert "2 of 2: calder.txt" in states
    assert "Indexed: 2 new" in done
    await (await env.boss.click(ix, "Undo")).final()


async def test_bad_date(env):
    file = File("dated.txt", b"Some words that are long enough to be an article.")
    ix = await slash(env.boss, env.general, "index file", file=file, published="yesterday")
    assert "yesterday" in words(ix)
    assert "I couldn't index" in words(ix)


async def test_lost_attachment(env):
    env.fd.fault("/attachments/", 404)
    file = File("lost.txt", b"Some words.")
    ix = await slash(env.boss, env.general, "index file", file=file)
    assert "Discord didn't give me the file" in words(ix)


async def test_private_addresses_are_never_fetched(env):
    hits = []

    async def hit(request):
        hits.append(request.path)
        return web.Response(text="secret words of an internal page")

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", hit)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        for link in HOSTILE:
            ix = await slash(env.boss, env.general, "index url", link=link.format(port=port))
            assert "I couldn't index" in words(ix), words(ix)
    finally:
        await runner.cleanup()
    assert not hits


async def test_reindex_counts(env):
    await index(env, env.boss, env.general, "Steady", "Nothing changes in this article.")
    ix = await slash(env.boss, env.general, "reindex", article="Steady")
    assert "Re-read: no articles changed" in words(ix)
    everything = await slash(env.boss, env.general, "reindex")
    assert "unchanged" in words(everything)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("index url", {"link": "https://example.org"}),
        ("index file", {"file": File("a.txt", b"words")}),
        ("index text", {}),
        ("reindex", {}),
        ("remove", {"article": "Steady"}),
    ],
)
async def test_members_are_denied_it_in_code_too(env, name, options):
    ix = await env.alice.slash(env.general, name, **options)
    await ix.final()
    assert "You need Manage Server" in words(ix)
    assert ix.ephemeral


async def test_demoted_before_the_form_is_sent(env):
    boss = env.acme.add_member("Shortly", permissions="manage_guild")
    form = await (await boss.slash(env.general, "index text")).final()
    env.acme.set_roles(boss, [])
    done = await boss.submit_modal(form, {"Title": "Coup", "Text": "I was never here at all."})
    assert "You need Manage Server" in words(await done.final())


async def test_no_indexing_in_direct_messages(env):
    for name, options in (("index text", {}), ("remove", {"article": "x"}), ("reindex", {})):
        ix = await slash(env.boss, env.boss.dm, name, **options)
        assert "only works in a server" in words(ix)
