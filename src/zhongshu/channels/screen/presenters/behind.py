"""The addresses of the rows behind numbers."""

from urllib.parse import urlencode

from django.urls import reverse

from zhongshu.channels.screen.presenters.areas import Area


def address(area: Area, what: str, **more: str) -> str:
    """Where the rows are that a number of the area counts."""
    return f"{reverse('screen:cases')}?{urlencode({'of': area.code, 'what': what, **more})}"
