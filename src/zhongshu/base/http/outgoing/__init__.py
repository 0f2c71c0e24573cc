"""The one way out: requests to other systems, with every door behind them closed.

An address comes from an administrator's form, another system's answer or a redirect, and may be meant to make us ask
our own network (server-side request forgery, OWASP ASVS 5.0, 13.2.4). So a name is looked up once, every address it has
is judged, and the connection goes to the address that was judged: a name that changes in between changes nothing.
"""

from zhongshu.base.http.outgoing.asking import Blocked, Client, Unanswered
from zhongshu.base.http.outgoing.reach import Reach

__all__ = ["Blocked", "Client", "Unanswered", "client"]


def client(purpose: str, *, allow: frozenset[str] = frozenset()) -> Client:
    """A client that reaches the internet by https, and of the intranet what the operator names.

    `purpose` is a short word for the log; `allow` are hosts or networks (`sms.city.gov`, `10.1.0.0/16`) that this
    client may reach though they are private, also by http, beside those of `settings.OUTGOING_ALLOWED`. A call raises
    Blocked where it must not go and Unanswered where nothing (or too much) comes back. Any status is an answer.
    """
    from django.conf import settings

    return Client(purpose, Reach.of({*settings.OUTGOING_ALLOWED, *allow}))
