"""For whom a session acts: the mandate's id and nothing else, read anew with every request.

The forms of other windows that were drawn before are good no more (their token is turned over), so that none is sent in
the name of another than the one it shows.
"""

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from zhongshu.registers.people.models import Mandate
from zhongshu.registers.people.queries.mandates import ACTING

PAGES = frozenset({"portal", "account:acting", "account:act", "account:end_acting", "account:sign_out"})
"""What is open to who acts for another: what residents do, and ending it."""


def begin(request: HttpRequest, mandate: Mandate) -> None:
    """From now on this session acts under a mandate."""
    request.session[ACTING] = str(mandate.pk)
    rotate_token(request)


def end(request: HttpRequest) -> None:
    """From now on this session is only whose it is."""
    if request.session.pop(ACTING, None):
        rotate_token(request)
