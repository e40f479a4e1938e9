"""What can be wrong with a request to the page."""

from __future__ import annotations

from bot.errors import UserError


class PageError(UserError):
    """Base of these; `status` is that of the response."""

    status = 400


class LogInFirst(PageError):
    """Nobody is logged in, or (`wrong`) the password was not the right one."""

    status = 401
    message = "Please log in first."

    def __init__(self, *, wrong: bool = False) -> None:
        super().__init__()
        self.wrong = wrong


class NoUser(PageError):
    """The page cannot be used this way: the proxy names nobody, or it is for reading alone."""

    status = 403
    message = "You can't do that here. Ask this page's admin for access."


class CrossSite(PageError):
    """A form that this page did not make for this session; `given` is its token."""

    status = 403

    def __init__(self, given: str) -> None:
        super().__init__()
        self.message = (
            "This page is out of date. Please open it again and retry. "
            "If that doesn't help, allow cookies here."
            if given
            else "That didn't come from a form of this page. Please open the page in your browser."
        )


class TooMany(PageError):
    """Too many requests of one session or address."""

    status = 429
    message = "That was a lot at once. Please wait a minute and try again."


class TooLong(PageError):
    """A question with too many characters."""

    message = "That question is too long. Please shorten it to 2,000 characters."


class NothingGiven(PageError):
    """A form to add articles that has neither file nor link nor text."""

    message = "Choose a file, or paste a link or a text."


class NotInArticle(PageError):
    """The sentence that was chosen is not one of the article."""

    message = "That sentence is no longer in the article. Please choose again."
