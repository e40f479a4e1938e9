"""Articles by author and by title in any case, found without reading all of them."""

from __future__ import annotations

from alembic import op

revision = "15"
down_revision = "14"


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("articles_by_author", "articles", ["space", "author"])
    op.create_index("articles_by_folded", "articles", ["space", "folded"])
