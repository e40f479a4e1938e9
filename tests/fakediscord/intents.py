"""Gateway intents."""

GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
MESSAGES, TYPING = 1 << 9, 1 << 11
DM_MESSAGES, DM_TYPING = 1 << 12, 1 << 14
CONTENT = 1 << 15
FIRST_UNKNOWN = 1 << 26
PRIVILEGED = {"members": MEMBERS, "presences": PRESENCES, "message_content": CONTENT}
