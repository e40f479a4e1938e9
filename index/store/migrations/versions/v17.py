"""Codes of another projection, made of the vectors that are stored."""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa
from alembic import op

from index.models.embedder import binary_codes

revision = "17"
down_revision = "16"

VERSIONS_AT_ONCE = 1_000

_KEYS = sa.text(
    "SELECT article, version FROM versions WHERE (article, version) > (:article, :version)"
    " ORDER BY article, version LIMIT :most"
)
_VECTORS = sa.text(
    "SELECT vector FROM passages WHERE article = :article AND version = :version ORDER BY n"
)
_PUT = sa.text("INSERT INTO codes (article, version, codes) VALUES (:article, :version, :codes)")


def upgrade() -> None:
    """Make the codes of all versions anew: about a millisecond each."""
    connection = op.get_bind()
    op.execute("DELETE FROM codes")
    article, version = "", ""
    while True:
        last = {"article": article, "version": version, "most": VERSIONS_AT_ONCE}
        keys = connection.execute(_KEYS, last).all()
        for article, version in keys:  # the last is where to go on
            key = {"article": article, "version": version}
            vectors = connection.execute(_VECTORS, key).scalars().all()
            if vectors:
                rows = np.frombuffer(b"".join(vectors), dtype="<f2").reshape(len(vectors), -1)
                codes = binary_codes(rows.astype(np.float32)).tobytes()
                connection.execute(_PUT, key | {"codes": codes})
        if len(keys) < VERSIONS_AT_ONCE:
            return
