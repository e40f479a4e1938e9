"""A small discord.py bot that uses every facility the harness covers; it knows nothing of it."""

import asyncio
import io
import logging
import os

import discord
from demo_views import Buttons, Form, Layout, Upload
from demo_work import attempted, bad_payload, tour_of_routes
from discord import app_commands


class Bot(discord.Client):
    def __init__(self):
        intents = discord.Intents.default()
        intents.message_content = os.environ.get("DEMO_CONTENT", "1") == "1"
        intents.members = os.environ.get("DEMO_MEMBERS", "0") == "1"
        super().__init__(intents=intents, guild_ready_timeout=0.3)  # not 2 s
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        await self.tree.sync()

    async def before_identify_hook(self, shard_id, *, initial=False):
        """Do not wait the 5 s that discord.py waits before it identifies anew."""

    async def on_ready(self):
        names, counts = sorted(g.name for g in self.guilds), [len(g.members) for g in self.guilds]
        print("READY", self.user, names, counts, flush=True)

    async def on_resumed(self):
        print("RESUMED", flush=True)

    async def on_guild_join(self, guild):
        print("JOINED", guild.name, flush=True)

    async def on_guild_remove(self, guild):
        print("LEFT", guild.name, flush=True)

    async def on_message_edit(self, before, after):
        print("EDITED", repr(before.content), repr(after.content), flush=True)

    async def on_message(self, message):
        if message.author.bot:
            return
        content, count, guild = repr(message.content), len(message.attachments), message.guild
        print("MESSAGE", content, count, guild and guild.name, message.channel, flush=True)
        direct = isinstance(message.channel, (discord.DMChannel, discord.Thread))
        if direct or self.user in message.mentions:
            text = message.clean_content.replace(f"@{self.user.name}", "").strip()
            async with message.channel.typing():
                for file in message.attachments:
                    data = (await file.read()).decode()
                    text += f" [{file.filename} {file.content_type}: {data}]"
            await self.answer(message, text)

    async def answer(self, message, text):
        threaded = isinstance(message.channel, discord.Thread)
        if "thread" in text and message.guild and not threaded:
            thread = await message.create_thread(name="Question")
            await thread.send("answer in the thread to " + text)
        elif "everyone" in text:
            hello = f"@everyone {message.author.mention} hello"
            await message.reply(hello, mention_author=False)
        elif "safe" in text:
            none = discord.AllowedMentions.none()
            await message.reply("@everyone hello", allowed_mentions=none)
        elif "stream" in text:
            reply = await message.reply("...")
            for number in range(3):
                await reply.edit(content="word " * (number + 1))
        else:
            await message.reply("you said: " + text)


bot = Bot()
tree = bot.tree


@tree.command(description="Deferred echo")
async def echo(ix: discord.Interaction, text: str, delay: float = 0.0, private: bool = False):
    await ix.response.defer(thinking=True, ephemeral=private)
    await asyncio.sleep(delay)
    await ix.followup.send(text)


@tree.command(description="Answers too late")
async def late(ix: discord.Interaction, delay: float):
    await asyncio.sleep(delay)
    try:
        await ix.response.send_message("late")
    except discord.NotFound as error:
        print("LATE", error.code, flush=True)


@tree.command(description="Double response and other errors")
async def errors(ix: discord.Interaction, what: str):
    results = []
    if what == "double":
        await ix.response.send_message("first")
        ix._cs_response = discord.InteractionResponse(ix)
        results.append(await attempted(ix.response.send_message("second")))
    elif what == "early":
        results.append(await attempted(ix.followup.send("before the response")))
        await ix.response.send_message("x")
    else:
        results.append(await attempted(ix.response.send_message(**bad_payload(what))))
        if not ix.response.is_done():
            await ix.response.send_message("x")
    await ix.followup.send(" ".join(results))


@tree.command(description="Streams by edits")
async def stream(ix: discord.Interaction, steps: int = 4):
    await ix.response.defer(thinking=True)
    for number in range(steps):
        await ix.edit_original_response(content="tok " * (number + 1))
        await asyncio.sleep(0.05)


@tree.command(description="Removes an article")
@app_commands.default_permissions(manage_guild=True)
async def remove(ix: discord.Interaction, article: str):
    text = f"removed {article}" if ix.permissions.manage_guild else "you may not"
    await ix.response.send_message(text, ephemeral=True)


@remove.autocomplete("article")
async def article_choices(ix: discord.Interaction, current: str):
    if current == "huge":
        return [app_commands.Choice(name="n" * 101, value="v")]
    titles = [one for one in ("Apples", "Apricots", "Beets") if current.lower() in one.lower()]
    return [app_commands.Choice(name=title, value=title.lower()) for title in titles]


index = app_commands.Group(name="index", description="Index things")
tree.add_command(index)


@index.command(name="url", description="Index a page")
async def index_url(ix: discord.Interaction, url: str, kind: app_commands.Range[int, 1, 3] = 1):
    await ix.response.send_message(f"url {url} {kind}", suppress_embeds=True)


@index.command(name="file", description="Index a file")
async def index_file(
    ix: discord.Interaction,
    file: discord.Attachment,
    who: discord.Member | None = None,
    where: discord.TextChannel | None = None,
):
    text = (await file.read()).decode()
    data = io.BytesIO(text.upper().encode())
    upper = discord.File(data, "up per.txt", description="upper")
    said = f"{file.filename} {file.content_type} {text} {who} {where}"
    await ix.response.send_message(said, file=upper)


@index.command(name="text", description="Index text from a form")
async def index_text(ix: discord.Interaction):
    await ix.response.send_modal(Form())


@index.command(name="upload", description="Index an upload from a form")
async def index_upload(ix: discord.Interaction):
    await ix.response.send_modal(Upload())


@tree.command(description="Buttons")
async def buttons(ix: discord.Interaction):
    embed = discord.Embed(title="T", description="D").add_field(name="N", value="V")
    await ix.response.send_message("press", embed=embed, view=Buttons())


@tree.command(description="Components v2")
async def layout(ix: discord.Interaction):
    await ix.response.send_message(view=Layout())


@tree.command(description="Mentions")
async def mentions(ix: discord.Interaction, who: discord.Member, safe: bool = False):
    allowed = discord.AllowedMentions.none() if safe else discord.utils.MISSING
    text = f"@everyone {who.mention} `<@1>` {ix.guild.default_role}"
    await ix.response.send_message(text, allowed_mentions=allowed)


@tree.command(description="REST calls of many kinds")
async def tour(ix: discord.Interaction):
    await ix.response.defer(ephemeral=True)
    await tour_of_routes(bot, ix)


@tree.context_menu(name="Index this")
async def index_this(ix: discord.Interaction, message: discord.Message):
    text = f"indexing {message.content!r} by {message.author.display_name}"
    await ix.response.send_message(text, ephemeral=True)


@tree.context_menu(name="Who")
async def who_is(ix: discord.Interaction, member: discord.Member):
    await ix.response.send_message(f"that is {member.display_name}")


if __name__ == "__main__":
    bot.run(os.environ["DISCORD_TOKEN"], log_level=logging.INFO)
