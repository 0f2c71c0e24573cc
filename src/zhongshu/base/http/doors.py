"""What others plug into the doors in."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest

from zhongshu.base.permissions.rules import Actor

ActorOf = Callable[[HttpRequest, datetime], Actor | None]
IsFresh = Callable[[HttpRequest, datetime], bool]


class Doors:
    """Filled in `main/wiring.py`: who sends a request, whether that was proved just now, and what time it is."""

    actor_of: ActorOf
    is_fresh: IsFresh
    now: Callable[[], datetime]


doors = Doors()
