"""Files: as they are uploaded, and as they then hang on a message."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ..limits import Json

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class File:
    """A file to upload: File("notes.md", b"...", "text/markdown")."""

    filename: str
    data: bytes
    content_type: str | None = None


@dataclass
class Attachment:
    """A file of a message or of a command's option, served at `url`."""

    id: str
    filename: str
    data: bytes
    content_type: str
    url: str
    description: str | None = None
    ephemeral: bool = False

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")

    def json(self) -> Json:
        data: Json = {
            "id": self.id,
            "filename": self.filename,
            "size": len(self.data),
            "url": self.url,
            "content_type": self.content_type,
            "proxy_url": self.url.replace("cdn.discordapp.com", "media.discordapp.net"),
            "title": self.filename.rsplit(".", 1)[0],
        }
        if self.data[:8] == PNG:
            data["width"], data["height"] = struct.unpack(">II", self.data[16:24])
        if self.description:
            data["description"] = self.description
        if self.ephemeral:
            data["ephemeral"] = True
        return data
