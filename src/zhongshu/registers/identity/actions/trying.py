"""How often somebody may guess, so that guessing is slow and the owner still gets in.

Whoever guesses a password is counted by login and address, by address, and by login over all addresses. A browser
that has signed in to the account before is counted by itself alone: guesses made elsewhere do not hold it up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import TooMany
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

QUARTER = 900
OF_PAIR = Limit("account.sign_in", 5, QUARTER)
OF_BROWSER = Limit("account.sign_in_browser", 5, QUARTER)
OF_LOGIN = Limit("account.sign_in_login", 20, QUARTER)
OF_ADDRESS = Limit("account.sign_in_address", 100, QUARTER)
OF_PROOFS = Limit("account.proofs", 5, QUARTER)
_TOLD = Limit("account.locked_told", 1, QUARTER)


def password(login: str, origin: Origin, browser: str, at: datetime) -> None:
    """Count a guess at a login's password; TooMany when it has to wait. `browser` is the nonce of one known to it."""
    counted = _of_browser(login, browser) if browser else _of_stranger(login, origin)
    try:
        for limit, who in counted:
            limits.take(limit, who, at)
    except TooMany:
        _tell_once(login, origin, at)
        raise


def password_was_right(login: str, origin: Origin, browser: str) -> None:
    """Forget the guesses: only who knows the password gets here.

    Of the address this one alone: a hundred clerks of one hall come in, and a guesser gains nothing by an account of
    their own.
    """
    counted = _of_browser(login, browser) if browser else _of_stranger(login, origin)
    for limit, who in counted:
        if limit is OF_ADDRESS:
            limits.uncount(limit, who)
        else:
            limits.give_back(limit, who)


@contextmanager
def proof(account: Account, at: datetime) -> Iterator[None]:
    """Count a try at a second proof; one that goes well, without a refusal, clears the count.

    Only who has given the password (or is signed in) comes this far, so that nobody else can use it up.
    """
    limits.take(OF_PROOFS, str(account.pk), at)
    yield
    limits.give_back(OF_PROOFS, str(account.pk))


def tell_failed(account: Account, origin: Origin, at: datetime) -> None:
    """Keep that a second proof was wrong: somebody may have the password."""
    tell(account.pk, "proof_failed", origin=origin, by=ANONYMOUS, at=at)


def _of_browser(login: str, browser: str) -> list[tuple[Limit, str]]:
    return [(OF_BROWSER, f"{login}|{browser}")]


def _of_stranger(login: str, origin: Origin) -> list[tuple[Limit, str]]:
    return [(OF_ADDRESS, origin.address), (OF_PAIR, f"{login}|{origin.address}"), (OF_LOGIN, login)]


def _tell_once(login: str, origin: Origin, at: datetime) -> None:
    """Keep that an account's door was held shut, once in a quarter of an hour."""
    account = Account.objects.filter(login=login).first()
    if account is None:
        return
    try:
        limits.take(_TOLD, str(account.pk), at)
    except TooMany:
        return
    tell(account.pk, "locked", origin=origin, by=ANONYMOUS, at=at)
