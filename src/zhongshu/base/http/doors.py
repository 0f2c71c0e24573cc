"""What others plug into the doors in."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest

from zhongshu.base.permissions.rules import Actor

ActorOf = Callable[[HttpRequest, datetime], Actor | None]


class Doors:
    """Filled in `main/wiring.py`: who sends a request, what time it is, and which pages are for who acts for another.

    `for_another` names channels (`portal`) or pages (`account:sign_out`); on any other one is only oneself.
    """

    actor_of: ActorOf
    now: Callable[[], datetime]
    for_another: frozenset[str] = frozenset()


doors = Doors()
