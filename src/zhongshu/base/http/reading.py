"""What a visitor typed or brought in an address, before anybody believes it."""

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def text(sent: QueryDict, name: str) -> str:
    """A text as typed, without the one character no database takes."""
    return sent.get(name, "").replace("\0", "")


def own_page(request: HttpRequest, wanted: str) -> str:
    """Where to go next when it is a page of ours, else the front page."""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
