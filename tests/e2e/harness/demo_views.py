"""Buttons, modals and layouts of the demo bot."""

import asyncio

import discord
from discord import ui

ALPHA, BETA = (discord.SelectOption(label=one, value=one[0].lower()) for one in ("Alpha", "Beta"))


class Buttons(ui.View):
    def __init__(self):
        super().__init__(timeout=300)
        self.count = 0

    @ui.button(label="More", custom_id="more", style=discord.ButtonStyle.primary)
    async def more(self, ix, button):
        self.count += 1
        await ix.response.edit_message(content=f"clicked {self.count}", view=self)

    @ui.button(label="Slow", custom_id="slow")
    async def slow(self, ix, button):
        await ix.response.defer()
        await asyncio.sleep(0.1)
        await ix.edit_original_response(content="slowly edited")
        await ix.followup.send("a private followup", ephemeral=True)

    @ui.button(label="Ask", custom_id="ask")
    async def ask(self, ix, button):
        await ix.response.send_modal(Form())

    @ui.button(label="Dead", disabled=True, custom_id="dead")
    async def dead(self, ix, button):
        pass

    @ui.select(placeholder="pick", options=[ALPHA, BETA])
    async def pick(self, ix, select):
        await ix.response.send_message(f"picked {select.values}", ephemeral=True)


class Form(ui.Modal, title="Index text"):
    name = ui.TextInput(label="Title", max_length=50)
    body = ui.Label(
        text="Body", component=ui.TextInput(style=discord.TextStyle.paragraph, required=False)
    )

    async def on_submit(self, ix):
        text = f"got {self.name.value!r}: {self.body.component.value!r}"
        await ix.response.send_message(text)


class Upload(ui.Modal, title="Upload"):
    file = ui.Label(text="File", component=ui.FileUpload())

    async def on_submit(self, ix):
        data = await self.file.component.values[0].read()
        await ix.response.send_message(f"uploaded {len(data)} bytes")


class Layout(ui.LayoutView):
    def __init__(self, text="# Answer\nA v2 body."):
        super().__init__()
        button = ui.Button(label="Sources", custom_id="sources")

        async def show(ix):
            await ix.response.edit_message(view=Layout("the sources"))

        button.callback = show
        aside = ui.Button(label="Aside", custom_id="aside")
        self.add_item(
            ui.Container(
                ui.TextDisplay(text),
                ui.Separator(),
                ui.Section(ui.TextDisplay("aside"), accessory=aside),
                ui.ActionRow(button),
            )
        )
