"""Which part of the city an address asks for."""

from zhongshu.base.http import access
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.screen.presenters import areas
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.registers.places import queries as places


def area(request: access.Request) -> tuple[list[Area], Area]:
    """The areas open to the visitor, and the one that is asked for."""
    scope = permissions.scope(request.by, "screen.open", request.at)
    found = areas.within(scope, places.root())
    return found, areas.chosen(found, request.GET.get("of", ""))
