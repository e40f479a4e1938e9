"""What there is in Discord: users, guilds, channels, messages, and their JSON."""

from .attachment import Attachment, File
from .channel import Channel
from .guild import Guild
from .message import Message, flatten
from .people import Member, Role, User

__all__ = ["Attachment", "Channel", "File", "Guild", "Member", "Message", "Role", "User", "flatten"]
