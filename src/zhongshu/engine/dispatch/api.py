"""Machine door to dispatch: where officers are."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from zhongshu.engine.cases.api import Sent, answer
from zhongshu.engine.dispatch import actions
from zhongshu.registers.people.api import Key

router = Router(tags=["dispatch"])


class StandIn(Sent):
    """A place in WGS-84 degrees, and when one was there (now, when left out)."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    at: datetime | None = None


@router.post("/position", response=None, auth=Key("mobile.open"), summary="上报位置 Say where one is")
def stand_at(request: HttpRequest, body: StandIn) -> HttpResponse:
    """Keep the account's last place."""
    at = min(body.at, request.at) if body.at and body.at.tzinfo else request.at  # type: ignore[attr-defined]
    actions.stand_at(body.lon, body.lat, by=request.auth, at=at)  # type: ignore[attr-defined]
    return answer({})
