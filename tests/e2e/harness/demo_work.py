"""What the demo bot's larger commands do: payloads over the limits, many REST calls."""

import io

import discord
from discord import ui


async def attempted(call):
    """Await a call and tell how it ended: "ok" or "status/code"."""
    try:
        await call
    except discord.HTTPException as error:
        print("ERROR", error, flush=True)
        return f"{error.status}/{error.code}"
    return "ok"


def bad_payload(what):
    """Make the arguments of a message that Discord refuses."""
    if what == "layout":
        view = ui.LayoutView()
        view.add_item(ui.TextDisplay("x" * 2500))
        twice = [{"type": 10, "content": "x" * 2500}] * 2
        object.__setattr__(view, "to_components", lambda: twice)
        return {"view": view}
    if what == "label":
        view = ui.View()
        view.add_item(ui.Button(label="y" * 81))
        return {"content": "c", "view": view}
    long, longer = (discord.Embed(description="d" * length) for length in (2001, 4000))
    return {
        "long": {"content": "x" * 2001},
        "empty": {"content": "  "},
        "embed": {"embed": discord.Embed(title="t" * 257, description="d" * 4097)},
        "total": {"embeds": [longer, long]},
        "fields": {"embed": discord.Embed().add_field(name="n" * 257, value="v" * 1025)},
        "big": {"file": discord.File(io.BytesIO(b"0" * (11 * 2**20)), "big.bin")},
    }[what]


async def tour_of_routes(bot, ix):
    """Make REST calls of many kinds, and put what they gave into the deferred answer."""
    channel = ix.channel
    message = await channel.send("temp", file=discord.File(io.BytesIO(b"abc"), "a.txt"))
    await message.edit(content="temp2", attachments=[])
    fetched = await channel.fetch_message(message.id)
    await message.delete()
    await bot.fetch_channel(channel.id)
    member = await ix.guild.fetch_member(ix.user.id)
    owner = (await bot.application_info()).owner
    dm = await ix.user.send("dm hello")
    original = await ix.original_response()
    first = await ix.followup.send("the tour", wait=True)
    second = await ix.followup.send("second", wait=True, ephemeral=True)
    second = await second.edit(content="second edited")
    await second.delete()
    seen = [fetched.content, len(fetched.attachments), member.name, owner]
    seen += [dm.channel.id != channel.id, original.id == first.id]
    await ix.edit_original_response(content=" ".join(map(str, seen)))
