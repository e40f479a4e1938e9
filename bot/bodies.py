"""The body of an answer, decompressed while it arrives, within a limit."""

from __future__ import annotations

import zlib

import aiohttp

from index.errors import SourceError, UnsupportedSource

CHUNK_BYTES = 64 * 1024


async def read_body(response: aiohttp.ClientResponse, link: str, most: int) -> bytes:
    """Read and decompress at most so many bytes, never holding more than them and a chunk.

    Raises SourceError.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise UnsupportedSource(link, f"its encoding {encoding!r} is not read")
    # 32: gzip or zlib, told by the header.
    unpack = None if encoding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        try:
            data += unpack.decompress(chunk, most - len(data)) if unpack else chunk
        except zlib.error:
            raise SourceError(link, "it is compressed in a way that cannot be undone") from None
        if len(data) >= most:
            break
    return bytes(data[:most])
