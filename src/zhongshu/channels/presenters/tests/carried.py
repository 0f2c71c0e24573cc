"""What stories of forms press and send, in every channel."""

import re
from typing import Any

from django.test import Client

SAVE = {"draft-go": "save"}
"""The button that saves a form half filled in."""
_DRAFT = ("draft-page", "draft-base", "draft-asked")


def field(page: str, name: str) -> str:
    """What a hidden field of a page carries."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]  # type: ignore[index]


def carried(page: str, *more: str) -> dict[str, str]:
    """What a page's form carries of its draft, and these fields besides."""
    return {name: field(page, name) for name in (*_DRAFT, *more) if f'name="{name}" value=' in page}


def enter(city: Any, client: Client, login: str) -> None:
    """Sign in with a password, as the page does."""
    account = city.account(login)
    account.set_password("sea-wind-and-rain")
    account.save()
    assert client.post("/sign-in/", {"login": login, "password": "sea-wind-and-rain"}).status_code == 302
