"""What a visitor's browser holds, signed in or not: photos it has sent and cases it may follow."""

from collections.abc import Iterable
from uuid import UUID

from zhongshu.base.http.access import Request

MOST = 60
_PHOTOS, _CASES = "photos", "cases"


def begin(request: Request) -> None:
    """Give the visitor a session before they send anything, so that what they send can be told to them."""
    if not request.session.session_key:
        request.session.create()


def keep_photos(request: Request, documents: Iterable[str]) -> None:
    """Remember photos this browser has sent; the oldest give way."""
    if new := list(documents):
        request.session[_PHOTOS] = [*photos(request), *new][-MOST:]


def photos(request: Request) -> list[str]:
    """The documents this browser has sent."""
    return list(request.session.get(_PHOTOS, ()))


def keep_case(request: Request, case_id: UUID, number: str, code: str) -> None:
    """Remember a case whose number and query code the visitor knows."""
    cases = {**request.session.get(_CASES, {}), str(case_id): [number, code]}
    request.session[_CASES] = dict(list(cases.items())[-MOST:])


def case(request: Request, case_id: UUID) -> tuple[str, str] | None:
    """The number and query code of a case this browser may follow; of none while its visitor acts for another."""
    if request.by.mandate:
        return None
    found = request.session.get(_CASES, {}).get(str(case_id))
    return (found[0], found[1]) if found else None
