import pytest

from tests.e2e.environment import NATO, NATO_WORDS, SEED_TITLE, index, words
from tests.fakediscord import Refused
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ask(actor, channel, **options):
    return await (await actor.slash(channel, "ask", **options)).final()


async def test_answer_cites_the_seed_article(env):
    ix = await ask(env.alice, env.general, question=NATO)
    (card,) = ix.embeds
    assert ix.deferred
    assert ix.t_ack < 1
    assert not ix.ephemeral
    assert NATO_WORDS in card["description"].replace("**", "")
    assert "**" in card["description"]
    assert card["description"].endswith("[1]")
    (note, *_) = card["fields"]
    assert note["name"] == "[1]"
    assert SEED_TITLE in words(ix)
    assert "\n> " not in note["value"], "a sentence is not printed twice"
    assert "<t:" not in note["value"], "the seed article has no date"
    assert not ix.pinged


async def test_two_questions_and_small_talk(env):
    ix = await env.alice.slash(env.general, "ask", question=f"{NATO} And what did Bildt say?")
    await until(lambda: len(ix.messages) == 2)
    assert NATO_WORDS in words(ix.messages[0])
    assert "Bildt" in ix.messages[1].embeds[0]["title"]
    ix = await ask(env.alice, env.general, question="hi!")
    assert words(ix).startswith("Hi! Ask me anything")
    assert ix.ephemeral


async def test_private_answer_is_seen_by_the_asker_alone(env):
    ix = await ask(env.alice, env.general, question=NATO, private=True)
    assert ix.ephemeral
    assert NATO_WORDS in words(ix)


async def test_direct_message_sees_public(env):
    ix = await ask(env.alice, env.alice.dm, question=NATO)
    assert NATO_WORDS in words(ix)


async def test_refusal_names_the_closest_passage(env):
    ix = await ask(env.alice, env.general, question="Which recipe for pancakes does Hegseth like?")
    assert "I couldn't find that in the articles." in words(ix)
    assert SEED_TITLE in words(ix)
    assert "\n> " in ix.embeds[0]["description"]
    assert not ix.embeds[0].get("fields")


async def test_a_misspelt_name_is_corrected_and_shown(env):
    ix = await ask(env.alice, env.general, question=NATO.replace("Hegseth", "Hegsteh"))
    (card,) = ix.embeds
    assert card["description"].startswith(f"-# I understood this as: {NATO}\n")
    assert NATO_WORDS in words(ix)


async def test_blank_question_gets_a_friendly_word(env):
    ix = await ask(env.alice, env.general, question="   ")
    assert ix.ephemeral
    assert "I need a question" in words(ix)


async def test_autocomplete_offers_titles_and_a_choice_narrows(env):
    (choice,) = await env.alice.autocomplete(env.general, "ask", "article", "unsettling")
    assert SEED_TITLE.startswith(choice["name"].rstrip("…"))
    for article in (choice["value"], SEED_TITLE):
        ix = await ask(env.alice, env.general, question=NATO, article=article)
        assert NATO_WORDS in words(ix)
    assert not await env.alice.autocomplete(env.general, "ask", "article", "no such title")


async def test_an_unknown_article_is_named_in_the_error(env):
    ix = await ask(env.alice, env.general, question=NATO, article="@everyone *nothing*")
    assert "There's no article “@everyone *nothing*” here" in words(ix)
    assert not ix.pinged


async def test_dated_article_with_a_link_and_hostile_words(env):
    text = (
        "The **harbour** of Quillport @everyone reopened on Friday after the storm <@1>, the mayor "
        "said. See https://evil.example/x and [this](https://evil.example/y) || for more.\n"
        "# Ferries to Quillport run every hour again."
    )
    form = await (await env.boss.slash(env.general, "index text")).final()
    with pytest.raises(Refused):
        await env.boss.submit_modal(form, {"Title": "No text"})
    with pytest.raises(Refused):
        await env.boss.submit_modal(form, {"Title": "A word", "Text": "hello"})
    fields = {
        "Title": "Harbour [of] Quillport",
        "Source": "https://news.example/a_(b)",
        "Published": "2025-02-14",
        "Text": text,
    }
    done = await env.boss.submit_modal(form, fields)
    await done.final(until=lambda ix: bool(ix.embeds))
    ix = await ask(env.alice, env.general, question="When did the harbour of Quillport reopen?")
    (note, *_) = ix.embeds[0]["fields"]
    head, quote = note["value"], ix.embeds[0]["description"]
    link = "https://news.example/a_%28b%29"
    assert head == f"[Harbour (of) Quillport]({link}) · <t:1739534400:D>"
    assert "<@1>" not in quote.replace("\\<", "")
    assert "@everyone" not in quote
    words_alone, mark = quote.split("[[1]](")
    assert mark.startswith(f"{link}#:~:text=")
    assert "https://" not in words_alone
    assert not ix.pinged


async def test_answers_stay_apart_in_two_channels_at_once(env):
    await index(env, env.boss, env.general, "Zebras", "Zebras sleep standing up in Kenya.")
    first = await env.alice.slash(env.general, "ask", question="How do zebras sleep?")
    second = await env.boss.slash(env.general, "ask", question=NATO)
    assert "standing up" in words(await first.final())
    assert NATO_WORDS in words(await second.final())
