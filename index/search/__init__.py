"""Hybrid search: BM25 and vectors, both kept in step with SQLite."""
