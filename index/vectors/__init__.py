"""Nearest passages by cosine: Chroma where it holds a version, exact search where it does not."""

from index.vectors.chroma import ChromaPlace
from index.vectors.dense import Dense
from index.vectors.follower import Follower

__all__ = ["ChromaPlace", "Dense", "Follower"]
