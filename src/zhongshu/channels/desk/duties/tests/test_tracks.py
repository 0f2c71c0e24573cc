"""Looking at an officer's way from the desk: for a purpose, and on record."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.journal import queries as journal
from zhongshu.engine.dispatch.actions import tracks
from zhongshu.engine.dispatch.models import Shift

HOUR = timedelta(hours=1)


@pytest.fixture
def way(city: Any) -> Shift:
    """A shift whose officer has walked a little, on the roster of the district."""
    account = city.account("officer061")
    Shift.objects.filter(account=account.pk).delete()
    shift = Shift.objects.create(
        account=account.pk, place=account.body.place, starts=city.now - HOUR, ends=city.now + HOUR,
        tracked=city.now - HOUR,
    )  # fmt: skip
    lon, lat = city.spot()
    rows = [[60 * n, lon, lat + n * 0.0001, 8] for n in range(10)]
    tracks.keep(shift.pk, rows, by=city.actor("officer061"), at=city.now)
    return shift


def test_the_way_is_shown_once_for_a_purpose_and_the_look_is_recorded(city: Any, client: Any, way: Shift) -> None:
    city.signed_in(client, "supervisor")
    address = f"/desk/duties/rosters/tracks/{way.pk}/"
    assert 'id="way"' not in client.get(address).content.decode()
    refused = client.post(address, {"purpose": " "})
    assert refused.status_code == 422 and 'id="purpose-wrong"' in refused.content.decode()
    shown = client.post(address, {"purpose": "核实巡查里程"})
    assert 'id="way"' in shown.content.decode() and shown.headers["Cache-Control"] == "no-store"
    assert [entry.verb for entry in journal.trace("look", str(way.account))] == ["dispatch.track_seen"]


def test_the_roster_leads_to_the_ways_that_were_kept(city: Any, client: Any, way: Shift) -> None:
    body = city.account("officer061").body_id
    text = city.signed_in(client, "supervisor").get(f"/desk/duties/rosters/?body=-{body}").content.decode()
    assert f"/desk/duties/rosters/tracks/{way.pk}/" in text


@pytest.mark.parametrize(("login", "status"), [("officer061", 403), ("leader", 403), ("supervisor11", 404)])
def test_nobody_else_sees_it(city: Any, client: Any, way: Shift, login: str, status: int) -> None:
    if login == "supervisor11" and str(way.place).startswith(str(city.account(login).grants.first().place)):
        login = "supervisor21"
    answer = city.signed_in(client, login).post(f"/desk/duties/rosters/tracks/{way.pk}/", {"purpose": "看看"})
    assert answer.status_code == status
