"""Gateway intents."""

GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
MESSAGES, REACTIONS, TYPING = 1 << 9, 1 << 10, 1 << 11
DM_MESSAGES, DM_REACTIONS, DM_TYPING = 1 << 12, 1 << 13, 1 << 14
CONTENT = 1 << 15
FIRST_UNKNOWN = 1 << 26
PRIVILEGED = {"members": MEMBERS, "presences": PRESENCES, "message_content": CONTENT}
