"""What anybody may read through Open311, in both formats."""

from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.affairs.city.open311.api import entrance
from zhongshu.affairs.city.open311.tests.clients import BASE, Caller, as_text, read, refused
from zhongshu.base.http.limits import Limit
from zhongshu.engine.cases.models import Case, Reach
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category

FORMATS = ("json", "xml")
SECRETS = ("王小明", "13912345678", "我家楼下三单元", "暗语", "mail@example.org")


@pytest.fixture
def caller(city: Any) -> Caller:
    return Caller(city)


def numbers(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content.decode()
    return [found["service_request_id"] for found in read(answer)]


def moved(number: str, opened: datetime) -> None:
    """A case as if it had been opened then."""
    case = Case.objects.get(number=number)
    Case.objects.filter(pk=case.pk).update(opened=opened)
    Reach.objects.filter(case_id=case.pk).update(opened=opened)


@pytest.mark.parametrize("format", FORMATS)
def test_discovery_tells_where_the_doors_are(caller: Caller, format: str) -> None:
    found = read(caller.get(f"discovery.{format}"))
    assert found.keys() == {"changeset", "contact", "key_service", "endpoints"} and all(found.values())
    (endpoint,) = found["endpoints"]
    assert endpoint["url"] == f"http://127.0.0.1{BASE}"
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["formats"] == ["text/xml", "application/json"] and endpoint["type"] == "production"
    assert datetime.fromisoformat(endpoint["changeset"]).utcoffset() == timedelta(hours=8)


def test_a_name_that_is_not_ours_is_not_spread(caller: Caller) -> None:
    refused(caller.get("discovery.json", headers={"Host": "evil.example"}), 400)


@pytest.mark.parametrize("format", FORMATS)
def test_services_are_the_categories_in_force_under_their_class(caller: Caller, format: str) -> None:
    Category.objects.filter(code="1102").update(ended=caller.city.now)
    catalogue.tree.forget()
    found = {service["service_code"]: service for service in read(caller.get(f"services.{format}"))}
    assert found.keys() == {code for code, one in catalogue.tree().items() if one.scenario} - {"1102"}
    category = catalogue.tree()["1101"]
    assert found["1101"]["service_name"] == category.name and category.name_en in found["1101"]["keywords"]
    assert found["1101"]["group"] == catalogue.tree()["11"].name
    assert str(found["1101"]["metadata"]).lower() == "true" and found["1101"]["type"] == "realtime"
    refused(caller.get(f"services/1102.{format}"), 404)


@pytest.mark.parametrize("format", FORMATS)
def test_a_definition_asks_what_the_questionnaire_asks(caller: Caller, format: str) -> None:
    found = read(caller.get(f"services/0102.{format}"))
    attributes = {one["code"]: one for one in found["attributes"]}
    assert found["service_code"] == "0102" and str(attributes["description"]["required"]).lower() == "true"
    assert {"key": "missing", "name": "缺失"} in attributes["condition"]["values"]


def test_xml_says_what_json_says(caller: Caller) -> None:
    caller.number()
    for path in ("services", "services/0102", "requests"):
        assert read(caller.get(f"{path}.xml")) == as_text(read(caller.get(f"{path}.json")))


def test_english_is_spoken_to_whoever_asks_for_it(caller: Caller) -> None:
    caller.number()
    (found,) = read(caller.get("requests.json", headers={"Accept-Language": "en"}))
    assert found["service_name"].isascii() and found["status_notes"].isascii() and found["address"].isascii()
    services = read(caller.get("services.json", headers={"Accept-Language": "en"}))
    assert all(service["service_name"].isascii() and service["group"].isascii() for service in services)


@pytest.mark.parametrize("format", FORMATS)
def test_a_request_shows_where_it_stands(city: Any, caller: Caller, format: str) -> None:
    walk = Walk(city)
    walk.do("handle", result="done")
    (found,) = read(caller.get(f"requests/{walk.opened.number}.{format}"))
    held = walk.held
    assert (found["status"], found["service_code"]) == ("open", "1101") and found["agency_responsible"]
    assert found["status_notes"] == "待核查"
    assert datetime.fromisoformat(found["requested_datetime"]) == held.opened.replace(microsecond=0)
    assert datetime.fromisoformat(found["expected_datetime"]) == held.due
    assert found["updated_datetime"] >= found["requested_datetime"]
    assert found["zipcode"] is None and found["media_url"] is None


def test_a_closed_request_was_last_changed_when_it_was_closed(city: Any, caller: Caller) -> None:
    walk = Walk(city)
    walk.do("handle", result="done")
    walk.do("verify", passed=True)
    walk.do("close")
    (found,) = read(caller.get("requests.json?status=closed"))
    assert found["status"] == "closed" and walk.held.closed is not None
    assert datetime.fromisoformat(found["updated_datetime"]) == walk.held.closed.replace(microsecond=0)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_of_who_told_or_wrote_is_shown(caller: Caller, format: str) -> None:
    number = caller.number(
        last_name="王", first_name="小明", phone="13912345678", address_string="我家楼下三单元",
        email="mail@example.org", description="暗语：垃圾成堆，请快来。",
    )  # fmt: skip
    lon, lat = caller.city.spot()
    for path in ("requests", f"requests/{number}"):
        answer = caller.get(f"{path}.{format}")
        assert not [secret for secret in SECRETS if secret in answer.content.decode()]
        (found,) = read(answer)
        assert (float(found["long"]), float(found["lat"])) == (round(lon, 3), round(lat, 3)) != (lon, lat)
        assert len(found["address_id"]) == 12 and "社区" in found["address"]


def test_what_is_no_city_event_is_not_there(city: Any, caller: Caller) -> None:
    opened = city.report()
    Case.objects.filter(pk=opened.case_id).update(category="licence-7")
    assert numbers(caller.get("requests.json")) == []
    assert numbers(caller.get(f"requests.json?service_request_id={opened.number}")) == []
    refused(caller.get(f"requests/{opened.number}.json"), 404)
    refused(caller.get(f"tokens/{opened.case_id}.json"), 404)
    refused(caller.get("requests.json?service_code=licence-7"), 404)


def test_requests_are_found_by_service_state_and_number(city: Any, caller: Caller) -> None:
    walk, cover, stall = Walk(city), city.report(category="0102"), city.report(category="1401")
    walk.do("handle", result="done")
    walk.do("verify", passed=True)
    walk.do("close")
    closed = walk.opened.number
    assert numbers(caller.get("requests.json")) == [stall.number, cover.number, closed]
    assert numbers(caller.get("requests.json?status=open")) == [stall.number, cover.number]
    assert numbers(caller.get("requests.json?status=closed")) == [closed]
    assert numbers(caller.get("requests.json?status=open,closed&service_code=")) == [stall.number, cover.number, closed]
    assert numbers(caller.get("requests.json?service_code=1101,0102")) == [cover.number, closed]
    assert numbers(caller.get("requests.json?service_code=1101&service_code=0102")) == [cover.number, closed]
    assert numbers(caller.get("requests.json?service_code=1101,0102&status=open")) == [cover.number]
    assert numbers(caller.get("requests.json?service_code=1101,0102&status=closed")) == [closed]
    wanted = f"{closed},{stall.number.lower()},SJ0,%00"
    by_number = f"requests.json?service_request_id={wanted}&status=open&start_date=never&page_size=0"
    assert numbers(caller.get(by_number)) == [stall.number, closed]


def test_the_span_of_time_is_ninety_days_and_both_ends_count(city: Any, caller: Caller) -> None:
    old, recent, now = city.report(), city.report(), city.report()
    moved(old.number, city.now - timedelta(days=120))
    moved(recent.number, city.now - timedelta(days=60))
    assert numbers(caller.get("requests.json")) == [now.number, recent.number]
    day = city.now - timedelta(days=120)
    at = {"start_date": (day - timedelta(days=1)).isoformat(), "end_date": day.isoformat()}
    assert numbers(caller.get("requests.json", data=at)) == [old.number]
    assert numbers(caller.get("requests.json", data={"start_date": at["start_date"]})) == [recent.number, old.number]
    assert numbers(caller.get("requests.json", data={"end_date": at["end_date"]})) == [old.number]
    assert numbers(caller.get("requests.json", data={"end_date": at["start_date"]})) == []
    unescaped = f"requests.json?start_date={at['start_date']}&end_date={at['end_date']}"
    assert "+" in unescaped and numbers(caller.get(unescaped)) == [old.number]
    mere_day = f"requests.json?start_date={day:%Y-%m-%d}&end_date={day:%Y-%m-%d}&service_code=1101"
    assert numbers(caller.get(mere_day)) == [old.number]


def test_pages_follow_one_another(city: Any, caller: Caller) -> None:
    opened = [city.report().number for _ in range(5)][::-1]
    for also in ("", "&service_code=1101"):
        pages = [numbers(caller.get(f"requests.json?page_size=2&page={page}{also}")) for page in (1, 2, 3, 4)]
        assert pages == [opened[:2], opened[2:4], opened[4:], []]


def test_a_page_is_two_statements_however_many_rows(city: Any, caller: Caller) -> None:
    city.report()
    caller.get("requests.xml")
    counts = set()
    for _ in range(2):
        for query in ("", "?service_code=1101,0102", "?status=closed"):
            with CaptureQueriesContext(connection) as asked:
                caller.get(f"requests.json{query}")
            # Once a second the heads of what is kept in memory are read as well.
            counts.add(len([one for one in asked if "journal_subject" not in one["sql"]]))
        for _ in range(6):
            city.report()
    assert counts == {2}


@pytest.mark.parametrize("format", FORMATS)
def test_a_token_leads_to_its_request(city: Any, caller: Caller, format: str) -> None:
    opened = city.report()
    (found,) = read(caller.get(f"tokens/{opened.case_id}.{format}"))
    assert found == {"service_request_id": opened.number, "token": str(opened.case_id)}
    for token in ("00000000-0000-7000-8000-000000000000", "12345", "%00"):
        refused(caller.get(f"tokens/{token}.{format}"), 404)


def test_our_jurisdiction_is_the_city_and_no_other(caller: Caller) -> None:
    for ours in ("", "9901", "990100"):
        assert caller.get(f"services.json?jurisdiction_id={ours}").status_code == 200
    for other in ("99", "4403", "city.gov", "%00", "9" * 400):
        sentence = refused(caller.get(f"services.xml?jurisdiction_id={other}"), 404)
        assert "9901" in sentence
    refused(caller.report(jurisdiction_id="city.gov"), 404)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page_size=1000000000", 400), ("page_size=0", 400), ("page_size=-1", 400), ("page_size=all", 400),
        ("page_size=" + "9" * 60, 400), ("page=0", 400), ("page=１", 400), ("page=1000000000", 400),
        ("page=3&page_size=500", 413), ("page=2", 413), ("page=1&page=2", 400), ("status=new", 400),
        ("start_date=yesterday", 400), ("start_date=2026-02-30T00:00:00Z", 400), ("end_date=%00", 400),
        ("start_date=0001-01-01T00:00:00%2B14:00", 400), ("end_date=9999-12-31T23:59:59-14:00", 400),
        ("start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 400),
        ("start_date=2026-03-02T00:00:00Z&end_date=2026-03-01T00:00:00Z", 400),
        ("service_code=9999", 404), ("service_code=1101,%00", 404), ("service_code=11", 404),
        ("service_code=" + ",".join(map(str, range(30))), 413),
        ("service_request_id=" + ",".join(map(str, range(1_001))), 413),
    ],
)  # fmt: skip
def test_what_cannot_be_searched_for_is_refused_with_a_sentence(caller: Caller, query: str, status: int) -> None:
    for format in FORMATS:
        refused(caller.get(f"requests.{format}?{query}"), status)


@pytest.mark.parametrize(
    "path",
    [
        "services/9999.xml", "services/11.json", "services/%00.xml", "services/%3Cx%3E.xml", "services/%ff.json",
        "requests/x.xml", "requests/%00.json", "requests/..json", "requests/" + "x" * 2_000 + ".xml",
        "services.csv", "requests.html", "requests/1.json.xml", "tokens/x.y.json",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_so(caller: Caller, path: str) -> None:
    refused(caller.get(path), 404)


def test_an_address_takes_only_its_methods(caller: Caller) -> None:
    for path, allowed in (("services.json", "GET, HEAD"), ("requests.xml", "GET, HEAD, POST")):
        answer = caller.client.delete(f"{BASE}/{path}")
        refused(answer, 405)
        assert answer["Allow"] == allowed
    refused(caller.client.post(f"{BASE}/services.xml"), 405)
    assert caller.client.head(f"{BASE}/services.xml").status_code == 200


def test_an_operator_may_keep_reading_to_keys(city: Any, caller: Caller, settings: Any) -> None:
    settings.OPEN311_PUBLIC = False
    for path in ("services", "requests", "discovery"):
        refused(caller.get(f"{path}.json"), 403)
        assert caller.get(f"{path}.json", headers={"Authorization": f"Bearer {caller.key}"}).status_code == 200


def test_readers_behind_our_own_proxy_are_counted_apart(caller: Caller, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(entrance, "READS", Limit("open311.read", 1, 60))
    settings.PROXIES = [ip_network("127.0.0.1")]
    told = [caller.get("services.json", headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in (1, 2, 1)]
    assert [answer.status_code for answer in told] == [200, 200, 429]


def test_nobody_reads_without_end(city: Any, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance, "READS", Limit("open311.read", 2, 3600))
    assert [caller.get("services.json").status_code for _ in range(3)] == [200, 200, 429]
    over = caller.get("requests.xml")
    refused(over, 429)
    assert int(over["Retry-After"]) > 0
    own = {"Authorization": f"Bearer {caller.key}"}
    assert caller.get("requests.xml", headers=own).status_code == 200
    refused(caller.get("requests.xml", headers={"Authorization": "Bearer zs_wrong"}), 403)
    eager = Caller(city, per_minute=1)
    own = {"Authorization": f"Bearer {eager.key}"}
    assert [eager.get("services.json", headers=own).status_code for _ in range(2)] == [200, 429]


def test_names_cannot_break_the_xml(caller: Caller) -> None:
    name = "<script>alert(1)</script>&\x0b\x1f\ufffe]]>“垃圾”"
    Category.objects.filter(code="1101").update(name=name)
    catalogue.tree.forget()
    caller.number()
    (found,) = read(caller.get("requests.xml"))
    assert found["service_name"] == "<script>alert(1)</script>&\ufffd\ufffd\ufffd]]>“垃圾”"
    assert b"<script>" not in caller.get("services.xml").content
    (found,) = read(caller.get("requests.json"))
    assert found["service_name"] == name
