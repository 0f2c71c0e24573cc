"""What the pages of the studio show. `{% load studio %}`."""

from django import template
from django.utils.translation import gettext

from zhongshu.engine.studio.rules.comparing import Change

register = template.Library()


@register.simple_tag
def said_of(change: Change) -> str:
    """A difference in the page's language; what fills its sentence is in words of its own."""
    gaps = {name: gettext(value) if isinstance(value, str) and value else value for name, value in change.gaps.items()}
    return gettext(change.sentence).format(**gaps)
