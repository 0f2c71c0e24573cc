"""Browsers that have signed in to an account before (OWASP, device cookies). Pure.

Such a browser holds a token for the account: the day it was made, a random part, and a keyed hash over both and the
login. It opens nothing. It says only that guesses made elsewhere need not hold up this browser.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hmac import compare_digest

DAYS = 180
MOST = 5
"""Accounts one browser is known to."""
_TOKEN = re.compile(r"(\d{1,6})\.([0-9a-f]{32})\.([0-9a-f]{64})")
Marks = Callable[[str], Iterable[bytes]]
"""The keyed hashes of a text, newest key first."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as a cookie holds it."""

    day: int
    nonce: str
    mark: str

    def __str__(self) -> str:
        return f"{self.day}.{self.nonce}.{self.mark}"

    def proves(self, login: str, marks: Marks) -> bool:
        """Whether the token was made for this login."""
        return any(compare_digest(mark.hex(), self.mark) for mark in marks(_said(self.day, self.nonce, login)))


def made(login: str, nonce: str, day: int, marks: Marks) -> Token:
    """The token of a browser that has just signed in; `nonce` is 32 random hexadecimal digits."""
    return Token(day, nonce, next(iter(marks(_said(day, nonce, login)))).hex())


def read(cookie: str, day: int) -> list[Token]:
    """The tokens of a cookie that are not too old, newest first."""
    found = (_TOKEN.fullmatch(part) for part in cookie[:1000].split("~"))
    tokens = [Token(int(match[1]), match[2], match[3]) for match in found if match]
    return [token for token in tokens if day - DAYS <= token.day <= day][:MOST]


def written(tokens: Iterable[Token]) -> str:
    """The cookie with these tokens, newest first."""
    return "~".join(str(token) for token in [*tokens][:MOST])


def for_login(tokens: Iterable[Token], login: str, marks: Marks) -> Token | None:
    """The token for this login, if the browser is known to it."""
    return next((token for token in tokens if token.proves(login, marks)), None)


def _said(day: int, nonce: str, login: str) -> str:
    return f"{day}.{nonce}.{login}"
