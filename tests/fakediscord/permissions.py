"""Permissions by name, as in discord.py, and the sets that members and the bot start with."""

from __future__ import annotations

from collections.abc import Iterable

# in the order of their bits
NAMES = """
    create_instant_invite kick_members ban_members administrator manage_channels manage_guild
    add_reactions view_audit_log priority_speaker stream view_channel send_messages
    send_tts_messages manage_messages embed_links attach_files read_message_history
    mention_everyone use_external_emojis view_guild_insights connect speak mute_members
    deafen_members move_members use_vad change_nickname manage_nicknames manage_roles
    manage_webhooks manage_expressions use_application_commands request_to_speak manage_events
    manage_threads create_public_threads create_private_threads use_external_stickers
    send_messages_in_threads use_embedded_activities moderate_members
    view_creator_monetization_analytics use_soundboard create_expressions create_events
    use_external_sounds send_voice_messages
"""
OF_EVERYONE = """
    view_channel send_messages embed_links attach_files read_message_history add_reactions
    use_external_emojis use_application_commands create_public_threads create_private_threads
    send_messages_in_threads change_nickname connect speak
"""
PERMS = {name: 1 << bit for bit, name in enumerate(NAMES.split())}
ALL = sum(PERMS.values())
Permissions = int | str | Iterable["Permissions"]


def perms(*names: Permissions) -> int:
    """Turn perms("view_channel", 8, ["send_messages"]) into bits."""
    bits = 0
    for name in names:
        if isinstance(name, int):
            bits |= name
        else:
            bits |= PERMS[name] if isinstance(name, str) else perms(*name)
    return bits


EVERYONE = perms(OF_EVERYONE.split())
# mention_everyone: so that unsafe pings show
BOT = EVERYONE | perms("mention_everyone", "manage_messages", "manage_threads")
VIEW, ADMIN, MENTION = (
    PERMS[name] for name in ("view_channel", "administrator", "mention_everyone")
)
