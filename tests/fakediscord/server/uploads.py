"""Files of messages: stored, served by URL, and put where attachment:// names them."""

from __future__ import annotations

import mimetypes
import re
import secrets
import time
from typing import Any

from .. import kinds
from ..limits import ApiError, Json, walk
from ..model import Attachment, Channel, File, Message
from .state import State

BINARY = "application/octet-stream"
SCHEME = "attachment://"


def _content_type(name: str, declared: str | None) -> str:
    kind = declared or mimetypes.guess_type(name)[0] or BINARY
    if kind == BINARY:
        kind = mimetypes.guess_type(name)[0] or kind
    if kind.startswith("text/") and "charset" not in kind:
        kind += "; charset=utf-8"
    return kind


def resolve(node: Any, links: dict[str, Attachment]) -> Any:
    """Copy embeds or components with attachment:// replaced by what `links` has."""
    if isinstance(node, list):
        return [resolve(one, links) for one in node]
    if not isinstance(node, dict):
        return node
    out = {key: resolve(value, links) for key, value in node.items()}
    if str(out.get("url", "")).startswith(SCHEME):
        attachment = links[out["url"][len(SCHEME) :]]
        out |= {
            "url": attachment.url,
            "proxy_url": attachment.url,
            "content_type": attachment.content_type,
            "attachment_id": attachment.id,
            "size": len(attachment.data),
        }
    return out


def complete_media(components: list[Json]) -> None:
    """Add what Discord adds to the media of File, Thumbnail and gallery components."""
    for item in walk(components):
        for holder in [item, *(item.get("items") or ())]:
            for key in ("media", "file"):
                media = holder.get(key)
                if not isinstance(media, dict):
                    continue
                media.setdefault("proxy_url", media.get("url"))
                if item["type"] == kinds.FILE:
                    item.setdefault("name", media["url"].split("?")[0].rsplit("/", 1)[-1])


class Uploads(State):
    """The state with files."""

    url: str
    cdn: str
    attachment_limit: int

    def attach(
        self,
        channel: Channel,
        upload: File,
        ephemeral: bool = False,
        description: str | None = None,
    ) -> Attachment:
        """Store a file; its name and type are changed as Discord does."""
        name = re.sub(r"[^\w.\-]", "", upload.filename.replace(" ", "_")) or "unknown"
        kind = _content_type(name, upload.content_type)
        id = self.snowflake()
        host = self.url if self.cdn == "local" else "https://cdn.discordapp.com"
        seconds = int(time.time())
        sign = f"?ex={seconds + 86400:x}&is={seconds:x}&hm={secrets.token_hex(32)}&"
        url = f"{host}/attachments/{channel.id}/{id}/{name}{sign}"
        attachment = Attachment(id, name, upload.data, kind, url, description, ephemeral)
        self.attachments[id] = attachment
        return attachment

    def _names(self, body: Json, uploads: dict[str, File] | None) -> list[str]:
        """Give the uploads the names that the body says, check their size, list the names."""
        meta = {str(one.get("id")): one for one in body.get("attachments") or ()}
        for number, upload in (uploads or {}).items():
            upload.filename = meta.get(number, {}).get("filename") or upload.filename
            if len(upload.data) > self.attachment_limit:
                raise ApiError(413, 40005, "Request entity too large")
        return [upload.filename for upload in (uploads or {}).values()]

    def _add_uploads(
        self, message: Message, body: Json, uploads: dict[str, File] | None
    ) -> dict[str, Attachment]:
        """Hang the uploads on a message; return all its attachments by name."""
        meta = {str(one.get("id")): one for one in body.get("attachments") or ()}
        links = {attachment.filename: attachment for attachment in message.attachments}
        for number, upload in (uploads or {}).items():
            description = meta.get(number, {}).get("description")
            attachment = self.attach(message.channel, upload, message.ephemeral, description)
            links[upload.filename] = attachment
            message.attachments.append(attachment)
        return links
