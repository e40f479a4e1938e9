"""Two servers."""

from index.model import Space

ONE, TWO = Space("1001"), Space("1002")
