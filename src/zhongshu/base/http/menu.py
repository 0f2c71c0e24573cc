"""The pages of a channel that are open to a visitor, for its rail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to, and whether one is there."""

    name: str
    address: str
    here: bool


def links(pages: Iterable[tuple[str, str, str]], path: str, actor: Actor, at: datetime) -> list[Link]:
    """Of `pages` (route, permission, Chinese name), those open to `actor`, for one who is at `path`."""
    open_ = [(reverse(route), name) for route, needs, name in pages if permissions.holds_anywhere(actor, needs, at)]
    here = max((address for address, _ in open_ if path.startswith(address)), key=len, default="")
    return [Link(gettext(name), address, address == here) for address, name in open_]
