"""Other ways to sign in, for the sign-in page."""

from typing import Any

from django import template

from zhongshu.registers.identity.doors import doors
from zhongshu.registers.identity.queries import sources

register = template.Library()


@register.inclusion_tag("account/ways.html")
def other_ways(onward: str) -> dict[str, Any]:
    """Links to every source that is set up, and to the code by text message where one can be sent."""
    offered = [(one, sources.called(one)) for one in sources.offered()]
    return {"offered": offered, "phone": doors.sender is not None, "next": onward}
