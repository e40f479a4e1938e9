"""Parsers of files that can do harm, each run in a child process by index.sources.sandbox.

They start with every file, so nothing here imports more of the index than errors and strings. Each
module has a `parse(data, *arguments)` that returns what JSON can carry, or raises SourceError.
"""
