"""Discord's limits, as the bot meets them and by REST."""

import pytest

from .environment import Environment

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("long", "50035"),
        ("empty", "50006"),
        ("embed", "50035"),
        ("total", "50035"),
        ("fields", "50035"),
        ("big", "40005"),
        ("layout", "50035"),
        ("label", "50035"),
        ("double", "40060"),
        ("early", "10015"),
    ],
)
async def test_limits_are_enforced(env: Environment, what: str, code: str):
    ix = await env.alice.slash(env.channel, "errors", what=what)
    await ix.final(10, settle=0.02, until=lambda ix: ix.followups)
    assert code in ix.content_text
    if what == "long":
        assert "In data.content: Must be 2000 or fewer in length." in env.bot.log_text
    if what == "total":
        assert "Embed size exceeds maximum size of 6000" in env.bot.log_text


def button(custom_id: str) -> dict:
    return {"type": 2, "style": 1, "label": "x", "custom_id": custom_id}


def rows(*rows: list[dict]) -> dict:
    return {"content": "x", "components": [{"type": 1, "components": row} for row in rows]}


TEXT, V2 = {"type": 10, "content": "x"}, 1 << 15
OPTIONS = [{"label": "l", "value": str(number)} for number in range(26)]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (rows([button(str(number)) for number in range(6)]), "components/0/components"),
        (rows(*([button(str(number))] for number in range(6))), "components"),
        (rows([button("i" * 101)]), "components/0/components/0/custom_id"),
        (rows([button("i")] * 2), "components/0/components/1/custom_id"),
        (
            rows([{"type": 3, "custom_id": "s", "options": OPTIONS}]),
            "components/0/components/0/options",
        ),
        ({"content": "x", "components": [TEXT]}, "components/0/type"),
        ({"content": "x", "flags": V2, "components": [TEXT]}, "content"),
        ({"content": "", "flags": V2, "components": [TEXT]}, "content"),
        ({"flags": V2, "components": [TEXT] * 41}, "components"),
        ({"flags": V2, "components": [{"type": 10, "content": "x" * 1500}] * 3}, "components"),
        ({"embeds": [{"title": "t"}] * 11}, "embeds"),
        ({"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, "embeds/0/fields"),
        ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds/0/footer/text"),
        ({"embeds": [{"image": {"url": "attachment://none.png"}}]}, "embeds/0/image/url"),
        (
            {"content": "x", "attachments": [{"id": 0, "description": "d" * 1025}]},
            "attachments/0/description",
        ),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions",
        ),
    ],
)
async def test_message_limits(env: Environment, body: dict, path: str):
    status, got, _ = await env.call("POST", f"/channels/{env.channel.id}/messages", body)
    assert (status, got["code"], got["message"]) == (400, 50035, "Invalid Form Body")
    node = got["errors"]
    for part in path.split("/"):
        node = node[part]
    assert node["_errors"][0]["code"]
    assert node["_errors"][0]["message"]


def option(name: str, **more: object) -> dict:
    return {"type": 3, "name": name, "description": "d", **more}


LARGE = [{"name": "n" * 100, "value": "v" * 100}] * 5


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "Upper"},
        {"name": "a b"},
        {"name": "x" * 33},
        {"description": ""},
        {"description": "d" * 101},
        {"options": [option("a"), option("b", required=True)]},
        {"options": [option("a", choices=[{"name": "c", "value": "c"}] * 26)]},
        {
            "options": [
                option(f"o{number}", description="d" * 100, choices=LARGE) for number in range(8)
            ]
        },
    ],
)
async def test_command_limits(env: Environment, bad: dict):
    path = f"/applications/{env.fd.bot.id}/commands"
    status, got, _ = await env.call("PUT", path, [{"name": "ok", "description": "d", **bad}])
    assert (status, got["code"]) == (400, 50035)
    assert "0" in got["errors"]
