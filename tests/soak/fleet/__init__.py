"""A fleet: bots that carry parts of the shards, over one PostgreSQL and one Chroma server."""
