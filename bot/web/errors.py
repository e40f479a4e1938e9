"""What a request to the page can be refused for."""

from __future__ import annotations

from bot.errors import UserError
from bot.web import strings


class PageError(UserError):
    """Base of what is refused; `status` is that of the response."""

    status = 400


class LogInFirst(PageError):
    """Nobody is logged in, or (`wrong`) the password was not the right one."""

    status = 401
    message = strings.LOG_IN_FIRST

    def __init__(self, *, wrong: bool = False) -> None:
        super().__init__()
        self.wrong = wrong


class NoUser(PageError):
    """The page cannot be used this way: the proxy names nobody, or it is for reading alone."""

    status = 403
    message = strings.NOT_HERE


class CrossSite(PageError):
    """A form that this page did not make for this session; `given` is its token."""

    status = 403

    def __init__(self, given: str) -> None:
        super().__init__()
        self.message = strings.OUTDATED if given else strings.NO_FORM


class TooMany(PageError):
    """Too many requests of one session or address."""

    status = 429
    message = strings.TOO_MANY


class TooLong(PageError):
    """A question with too many characters."""

    message = strings.TOO_LONG


class NothingGiven(PageError):
    """A form to add articles that has neither file nor link nor text."""

    message = strings.NOTHING_GIVEN


class NotInArticle(PageError):
    """The sentence that was chosen is not one of the article."""

    message = strings.NOT_IN_ARTICLE
