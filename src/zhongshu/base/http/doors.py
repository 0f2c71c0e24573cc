"""What others plug into the doors in."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from zhongshu.base.http.browsers import Browser
from zhongshu.base.permissions.rules import Actor

ActorOf = Callable[[HttpRequest, datetime], Actor | None]
IsFresh = Callable[[HttpRequest, datetime], bool]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form kept for who has to sign in first: the page to go on with, and the browser it waits for them in."""

    onward: str
    browser: Browser


SetAside = Callable[[HttpRequest, datetime], Kept | None]


@dataclass(frozen=True, slots=True)
class Event:
    """Something tried at a door: the verb (`security.past_participle`), facts without personal data, what it touched.

    `reach` are the ancestors of the thing tried, where it has any.
    """

    verb: str
    body: Mapping[str, Any]
    reach: Collection[int] = ()


class Doors:
    """Filled in `main/wiring.py`: who sends a request, whether that was proved just now, what time it is, and who keeps
    what was tried at a door.

    `record(event, by)` gets None as the actor where nobody is known; it must not raise. `paces` is the name of an
    address → the name of a pace of its own (`paces.NAMED`). `for_another` names channels (`portal`) or pages
    (`account:sign_out`) that are for who acts for another; on any other one is only oneself. `set_aside` keeps a form
    that was sent after its session had ended, and says where to go on with it after signing in; None when it kept none.
    """

    actor_of: ActorOf
    is_fresh: IsFresh
    now: Callable[[], datetime]
    record: Callable[[Event, Actor | None], None]
    paces: Mapping[str, str] = {}
    for_another: frozenset[str] = frozenset()
    set_aside: SetAside = staticmethod(lambda request, at: None)


doors = Doors()
