"""What --help says of options; a command's docstring says what it does."""

from __future__ import annotations

from bot.cli.strings import FIRST_QUESTION

PROGRAM = "Answers questions from news articles, with a footnote to the exact words."
JSON = "Print JSON."
VERSION = "Print the version."
SPACE = "Whose articles: public, or a Discord server's ID."
ONLY_SPACE = "Only these: public, or a Discord server's ID (all if left out)."
ARTICLE = "Look only in this article, by ID or title."
BATCH = 'Read {"question": ...} lines (- is standard input), print a JSON line for each.'
LIMIT = "How many passages."
YES = "Don't ask first."
FORCE = "Replace FILE if it exists."
TITLE = "The article's title."
SOURCE = "The article's link or publisher."
PUBLISHED = "The article's date, such as 2025-02-14."
ALL = "Compute all vectors again, changed or not."
WORK = "Folder for indexed paragraphs and converted models."
PLOTS = "Folder for the two plots."
MARK_ARTICLE = "The article with the answer, by ID or title."
ANSWER = "Its words that answer; leave this out if it doesn't."
TO = "postgresql://user:password@host/database; a call that was stopped goes on."
FIRST = f'Try it: footnote ask "{FIRST_QUESTION}"\n\nSet up a Discord bot: footnote init'
