"""The machine door: who gets in, what is taken, and that nothing sent to it breaks it."""

import json
import logging
import struct
import zlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import handing_over
from zhongshu.engine.cases.tests.drawn import Matter
from zhongshu.engine.cases.tests.test_hearing import PAYING, WATCHING
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.main.api import api
from zhongshu.registers.documents import doors
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.documents.file_store import FileStore
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, ApiKey

EVENTS = "/api/v1/city/events"


class Machine:
    """A connected system with its key; what it sends goes through every middleware."""

    def __init__(self, city: Any, *roles: str, place: int | None = 9901, **key: Any) -> None:
        self.city, self.client = city, Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        login = f"machine-{Account.objects.count()}"
        self.account = Account.objects.create(login=login, name="对接平台", kind="device", opened=city.now)
        for role in roles:
            people.give_grant(self.account, role, place=place, by=SYSTEM, at=city.now)
        self.key = people.issue_key(self.account, "对接", by=SYSTEM, at=city.now, **key)

    def send(self, method: str, path: str, data: Any = None, *, key: str | None = "", **more: Any) -> Any:
        """A request with the key (another; None: none). Whatever is sent, nothing breaks: no answer is a 5xx."""
        headers = {} if key is None else {"Authorization": f"Bearer {key or self.key}"}
        if isinstance(data, dict | list):
            data, more = json.dumps(data), more | {"content_type": "application/json"}
        answer = self.client.generic(method, path, data or "", headers=headers, **more)
        assert answer.status_code < 500, answer.content[:500]
        return answer

    def get(self, path: str, **more: Any) -> Any:
        return self.send("GET", path, **more)

    def post(self, path: str, data: Any, **more: Any) -> Any:
        return self.send("POST", path, data, **more)

    def upload(self, path: str, content: bytes, name: str = "x.jpg") -> Any:
        file = SimpleUploadedFile(name, content)
        answer = self.client.post(path, {"file": file}, headers={"Authorization": f"Bearer {self.key}"})
        assert answer.status_code < 500, answer.content[:500]
        return answer

    def event(self, **changes: Any) -> dict[str, Any]:
        lon, lat = self.city.spot()
        return {
            "key": f"event-{changes.pop('n', 1):08d}", "category": "1101", "lon": lon, "lat": lat,
            "answers": {"description": "摄像机发现路口垃圾堆积。"},
        } | changes  # fmt: skip


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "store", FileStore(tmp_path))


@pytest.fixture
def machine(city: Any) -> Machine:
    return Machine(city, "integrator")


def refused(answer: Any, status: int, field: str = "") -> str:
    """The sentence of a refusal: Chinese, with the field at fault."""
    assert answer.status_code == status, answer.content[:300]
    said = answer.json()
    assert any("\u4e00" <= char <= "\u9fff" for char in said["error"]), said
    assert said.get("field", "") == field, said
    return str(said["error"])


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (120, 140, 90)).save(out, kind)
    return out.getvalue()


def test_an_event_becomes_a_case_and_is_read_back(machine: Machine) -> None:
    opened = machine.post(EVENTS, machine.event())
    assert opened.status_code == 201
    told = opened.json()
    found = machine.get(f"/api/v1/cases/{told['number']}").json()
    assert (found["id"], found["phase"], found["revision"]) == (told["case_id"], "handling", 1)
    assert [task["token"] for task in found["tasks"]] == [task["token"] for task in told["tasks"]]
    assert found["trace"][0]["verb"] == "case.opened" and found["trace"][0]["who"] == "对接平台"
    again = machine.post(EVENTS, machine.event())
    assert (again.status_code, again.json()["number"], again.json()["again"]) == (200, told["number"], True)


def test_the_photo_of_an_event_is_its_sender_s(machine: Machine) -> None:
    photo = machine.upload("/api/v1/city/photos", picture()).json()["document"]
    answers = {"description": "摄像机发现路口垃圾堆积。", "photos": [photo]}
    assert machine.post(EVENTS, machine.event(answers=answers)).status_code == 201
    other = Machine(machine.city, "integrator")
    refused(other.post(EVENTS, other.event(answers=answers)), 422, "photos")


def test_pages_of_cases_follow_one_another(machine: Machine) -> None:
    numbers = [machine.post(EVENTS, machine.event(n=n)).json()["number"] for n in range(5)]
    seen, after = list[str](), ""
    for _ in range(5):
        page = machine.get(f"/api/v1/cases?limit=2&after={after}").json()
        seen += [case["number"] for case in page["cases"]]
        if page["next"] is None:
            break
        after = page["next"].replace("+", "%2B")
    assert seen == numbers[::-1]


@pytest.mark.parametrize("limit", ["0", "-5", "1000000", "201"])
def test_a_page_s_limit_is_kept_within_bounds(machine: Machine, limit: str) -> None:
    for n in range(3):
        machine.post(EVENTS, machine.event(n=n))
    page = machine.get(f"/api/v1/cases?limit={limit}").json()
    assert len(page["cases"]) == min(max(int(limit), 1), 3)
    assert (page["next"] is None) == (len(page["cases"]) == 3)


@pytest.mark.parametrize("path", [EVENTS, "/api/v1/city/photos", "/api/v1/city/batches", "/api/v1/dispatch/position"])
def test_without_a_key_nobody_gets_in(machine: Machine, path: str) -> None:
    refused(machine.post(path, {}, key=None), 401)
    for key in ("zs_wrong", "x" * 5_000, "é" * 40, machine.key[:-1], machine.key.lower()):
        refused(machine.post(path, {}, key=key), 401)
    basic = machine.client.post(path, headers={"Authorization": f"Basic {machine.key}"})
    refused(basic, 401)


def test_an_expired_or_revoked_key_or_that_of_a_closed_account_is_none(city: Any) -> None:
    expired = Machine(city, "integrator", expires=city.now - timedelta(seconds=1))
    refused(expired.get("/api/v1/cases"), 401)
    revoked = Machine(city, "integrator")
    people.revoke_key(ApiKey.objects.get(account=revoked.account), by=SYSTEM, at=city.now)
    refused(revoked.get("/api/v1/cases"), 401)
    closed = Machine(city, "integrator")
    people.close_account(closed.account, by=SYSTEM, at=city.now)
    refused(closed.get("/api/v1/cases"), 401)


def test_a_key_without_the_duty_is_refused_by_name(city: Any) -> None:
    nobody = Machine(city)
    assert "case.report" in refused(nobody.post(EVENTS, nobody.event()), 403)
    elsewhere = Machine(city, "integrator", place=990102)
    lon, lat = city.spot()
    assert elsewhere.get("/api/v1/cases").json() == {"cases": [], "next": None}
    refused(elsewhere.post(EVENTS, elsewhere.event(lon=lon, lat=lat)), 403)


def test_over_the_limit_one_is_told_how_long_to_wait(city: Any) -> None:
    eager = Machine(city, "integrator", per_minute=3)
    codes = [eager.get("/api/v1/cases").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    answer = eager.get("/api/v1/cases")
    refused(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 60


def test_a_foreign_case_is_absent_and_the_try_is_recorded(city: Any) -> None:
    walk, elsewhere = Walk(city), Machine(city, "integrator", place=990102)
    sentence = refused(elsewhere.get(f"/api/v1/cases/{walk.held.number}"), 404)
    assert sentence == refused(elsewhere.get("/api/v1/cases/SJ00000000000000"), 404)
    (tried,) = journal.trace("look", str(elsewhere.account.pk))
    assert tried.verb == "cases.foreign_case_tried"
    refused(elsewhere.post(f"/api/v1/cases/{walk.id}/tasks/1/claim", {}), 404)
    refused(elsewhere.post(f"/api/v1/cases/{walk.id}/tasks/1/complete", {}), 404)


def test_who_is_too_late_reads_what_happened(city: Any) -> None:
    walk, device = Walk(city), Machine(city, "integrator", "handler")
    token, revision = walk.task("handle").token, walk.held.revision
    walk.do("handle", result="done")
    answer = device.post(f"/api/v1/cases/{walk.id}/tasks/{token}/complete", {"answers": {}, "revision": revision})
    refused(answer, 409)
    assert [entry["verb"] for entry in answer.json()["happened"]] == ["case.task_completed"]


def test_a_step_can_be_taken_by_machine(city: Any) -> None:
    walk, device = Walk(city), Machine(city, "handler")
    token = walk.task("handle").token
    cases.assign(walk.id, token, device.account.pk, "试点自动处置", by=city.actor("supervisor"), at=city.now)
    row = walk.held
    base = f"/api/v1/cases/{walk.id}/tasks/{token}"
    assert [task["token"] for task in device.get("/api/v1/cases/tasks").json()] == [token]
    assert device.post(f"{base}/claim", {}).status_code == 200
    assert device.post(f"{base}/arrive", {"lon": row.lon, "lat": row.lat}).json()["metres"] == 0
    done = device.post(
        f"{base}/complete", {"answers": {"result": "done"}, "position": {"lon": row.lon, "lat": row.lat}}
    )
    assert (done.status_code, done.json()["phase"]) == (200, "verifying")


DEEP = "[" * 100_000 + "]" * 100_000
BODIES: dict[str, str | bytes] = {
    "nothing": "", "no JSON": "{", "a word": "hello", "a list": "[]", "null": "null", "a number": "7",
    "deep": DEEP, "deep in answers": f'{{"key": "a", "category": "1101", "answers": {{"description": {DEEP}}}}}',
    "not UTF-8": b'{"key": "\xff\xfe"}', "a NUL": b'{"key": "\x00"}', "half a pair": '{"key": "\\ud800abcdefgh"}',
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_no_event_is_refused_with_a_sentence(machine: Machine, body: str | bytes) -> None:
    answer = machine.send("POST", EVENTS, body, content_type="application/json")
    assert answer.status_code in (400, 413, 422)
    assert any("\u4e00" <= char <= "\u9fff" for char in answer.json()["error"]), answer.json()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"category": "9999"}, "category"), ({"category": "11"}, "category"), ({"category": 7}, "category"),
        ({"category": None}, "category"), ({"category": "\x00"}, "category"), ({"lon": 0, "lat": 0}, "point"),
        ({"lon": "east"}, "lon"), ({"lat": None}, "point"), ({"lon": 1e308}, "point"), ({"source": "rumour"}, "source"),
        ({"source": "a\x00"}, "source"), ({"answers": []}, "answers"), ({"key": "x"}, "key"), ({"key": None}, "key"),
        ({"key": "nul\x00nul\x00nul"}, "key"), ({"address": "a\x00b"}, "address"), ({"name": "a\x00b"}, "name"),
        ({"phone": "\x00"}, "phone"), ({"address": "长" * 300_000}, "address"), ({"colour": "red"}, "colour"),
        ({"lon": None, "lat": None, "place": "99\x00"}, "code"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_at_its_field(machine: Machine, changes: dict[str, Any], field: str) -> None:
    refused(machine.post(EVENTS, machine.event(**changes)), 422, field)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(machine: Machine, number: str) -> None:
    text = json.dumps(machine.event(lon=123456)).replace("123456", number)
    answer = machine.send("POST", EVENTS, text, content_type="application/json")
    assert answer.status_code in (400, 422) and "error" in answer.json()
    task = machine.post("/api/v1/cases/00000000-0000-7000-8000-000000000000/tasks/1/arrive", None)
    assert task.status_code in (400, 422)


@pytest.mark.parametrize(
    "answers",
    [
        {}, {"description": "x"}, {"description": 7}, {"description": "长" * 100_000}, {"description": "垃圾\x00成堆"},
        {"description": "路口有垃圾。", "unknown": 1}, {"description": "路口有垃圾。", "since": ["now", "today"]},
        {"description": "路口有垃圾。", "photos": [{}]}, {"description": "路口有垃圾。", "\x00": 1},
        {"description": None}, {"description": {"a": {"b": []}}},
    ],
)  # fmt: skip
def test_answers_that_do_not_fit_are_refused(machine: Machine, answers: dict[str, Any]) -> None:
    answer = machine.post(EVENTS, machine.event(answers=answers))
    assert answer.status_code == 422, answer.content
    assert any("\u4e00" <= char <= "\u9fff" for char in answer.json()["error"])


@pytest.mark.parametrize("changes", [{"name": "\ud800"}, {"address": "\ud800"}, {"answers": {"description": "\ud800"}}])
def test_half_a_character_is_no_text(machine: Machine, changes: dict[str, Any]) -> None:
    refused(machine.post(EVENTS, machine.event(**changes)), 400)


def test_what_is_wrong_with_a_field_is_said_in_a_sentence(machine: Machine) -> None:
    event = machine.event()
    del event["key"]
    assert refused(machine.post(EVENTS, event), 422, "key") == "key 有误：缺少这一项。"
    sentence = refused(machine.post(EVENTS, machine.event(lon="east")), 422, "lon")
    assert sentence == "lon 有误：应为数字。"


def test_more_than_a_body_may_hold_is_refused(machine: Machine) -> None:
    refused(machine.post(EVENTS, machine.event(answers={"description": "x" * 3_000_000})), 413)
    one_megabyte = machine.post(EVENTS, machine.event(answers={"description": "x" * 1_000_000}))
    assert one_megabyte.status_code == 422


def test_an_upload_of_200_megabytes_is_refused_before_it_is_read(machine: Machine) -> None:
    answer = machine.post(
        "/api/v1/city/photos", b"x", CONTENT_LENGTH=str(200 << 20), content_type="multipart/form-data"
    )
    assert "100 MB" in refused(answer, 413)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422), (b"<html><script>alert(1)</script>", 422), (b"GIF89a" + b"\0" * 100, 422),
        (picture()[:200], 422), (b"\xff\xd8\xff" + b"A" * 1000, 422), (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, 422),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused(machine: Machine, content: bytes, status: int) -> None:
    answer = machine.upload("/api/v1/city/photos", content)
    assert answer.status_code == status and answer.json()["error"]


def test_a_picture_of_400_megapixels_is_refused_by_its_header(machine: Machine) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
    refused(machine.upload("/api/v1/city/photos", bomb, "x.png"), 413, "photos")
    refused(machine.upload("/api/v1/city/photos", picture() + b"\0" * 15_500_000), 413, "photos")


def test_what_hides_behind_a_picture_is_not_kept(machine: Machine) -> None:
    polyglot = picture() + b"PK\x03\x04<script>alert(1)</script>"
    kept = machine.upload("/api/v1/city/photos", polyglot, "../../evil.php")
    assert kept.status_code == 201
    document = kept.json()["document"]
    assert b"<script>" not in documents.read(document)
    assert documents.document(document).name == "evil.php"


def test_of_a_file_each_row_gets_its_answer(machine: Machine) -> None:
    lon, lat = machine.city.spot()
    lines = [
        "类别,情况描述,经度,纬度", f"1101,路边有垃圾,{lon},{lat}", "9999,路边有垃圾,1,1", "1101,路边有垃圾,nan,nan",
        "1101,短,,", f"=cmd|' /C calc'!A0,路边有垃圾,{lon},{lat}", f"1101,路边\x00垃圾,{lon},{lat}",
    ]  # fmt: skip
    answer = machine.upload("/api/v1/city/batches", "\r\n".join(lines).encode(), "x.csv")
    assert answer.status_code == 200
    rows = answer.json()
    assert [row["row"] for row in rows] == [2, 3, 4, 5, 6, 7]
    assert rows[0]["number"] and not rows[0]["error"]
    assert all(row["error"] and not row["number"] for row in rows[1:])


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a,b\r\n1,2", "类别\r\n".encode(), b'"'])
def test_a_file_of_no_use_is_refused_as_a_whole(machine: Machine, content: bytes) -> None:
    assert machine.upload("/api/v1/city/batches", content, "x.csv").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/cases/%00", "/api/v1/cases/x%00y", "/api/v1/cases/" + "x" * 3_000, "/api/v1/cases/%ff",
        "/api/v1/cases?after=%00", "/api/v1/cases?after=garbage", "/api/v1/cases?limit=abc",
        "/api/v1/cases?running=perhaps",
        "/api/v1/cases?after=0001-01-01T00:00:00%2B23:59~00000000-0000-0000-0000-000000000000",
        "/api/v1/cases?after=9999-12-31T23:59:59-23:59~00000000-0000-0000-0000-000000000000",
        "/api/v1/cases?limit=99999999999999999999999", "/api/v1/city/categories/%00", "/api/v1/city/categories/11",
        "/api/v1/city/categories/nothing",
    ],
)  # fmt: skip
def test_no_address_breaks_it(machine: Machine, path: str) -> None:
    answer = machine.get(path)
    assert answer.status_code in (200, 404, 422)
    assert answer.status_code == 200 or any("\u4e00" <= char <= "\u9fff" for char in answer.json()["error"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("tasks/99999999999999999999/claim", {}), ("tasks/-1/claim", {}), ("tasks/x/claim", {}),
        ("tasks/1/claim", {"revision": 10**30}), ("tasks/1/claim", {"revision": "x"}),
        ("tasks/1/complete", {"answers": 1}),
        ("tasks/1/arrive", {"lon": 181, "lat": 0}), ("tasks/1/arrive", {"lon": 0, "lat": 0, "at": "yesterday"}),
        ("tasks/1/arrive", {"lon": 0, "lat": 0, "at": "2026-01-01T00:00:00"}), ("tasks/1/arrive", {}),
        ("tasks/1/complete", {"answers": {"result": "done", "note": "a\x00b"}}),
        ("tasks/1/complete", {"answers": {"result": "done"}, "position": {"lon": 0, "lat": 0, "at": 1e308}}),
    ],
)  # fmt: skip
def test_no_step_breaks_it(machine: Machine, path: str, body: Any) -> None:
    walk = Walk(machine.city)
    answer = machine.post(f"/api/v1/cases/{walk.id}/{path}", body)
    assert answer.status_code in (403, 404, 409, 422)
    assert any("\u4e00" <= char <= "\u9fff" for char in answer.json()["error"]), answer.json()


def test_an_address_that_leads_nowhere_says_so_in_json(machine: Machine) -> None:
    for path in ("/api/", "/api/v1/nothing", "/api/v2/cases", "/api/v1/city/events/extra"):
        refused(machine.get(path), 404)
    assert machine.send("DELETE", EVENTS).status_code == 405


def test_the_documentation_is_openapi_3_1_and_every_operation_names_its_security(machine: Machine) -> None:
    schema = machine.get("/api/openapi.json", key=None).json()
    assert schema["openapi"].startswith("3.1")
    operations = [op for path in schema["paths"].values() for op in path.values()]
    assert len(operations) >= 10
    schemes = schema["components"]["securitySchemes"]
    for operation in operations:
        assert operation["summary"] and operation["description"]
        assert [schemes[name]["scheme"] for each in operation["security"] for name in each] == ["bearer"]
        assert "requestBody" not in operation or operation["requestBody"]["content"]
    assert all(any(operation.auth_callbacks) for operation in _operations())


def _operations() -> list[Any]:
    return [
        operation
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def test_no_secret_reaches_a_log(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        machine.post(EVENTS, machine.event(name="欧阳文清", phone="13912345678"))
        machine.post(EVENTS, machine.event(n=2, phone="13912345678", category="9999"))
        machine.post(EVENTS, "{", key="zs_wrong-key-in-full")
    lines = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert not [s for s in (machine.key, machine.key[3:], "zs_wrong-key-in-full", "13912345678", "欧阳") if s in lines]


def test_every_answer_forbids_what_pages_need_and_machines_do_not(machine: Machine) -> None:
    answer = machine.get("/api/v1/cases")
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Type"].startswith("application/json")


def test_refusals_are_said_in_english_to_whoever_asks_for_it(machine: Machine) -> None:
    answer = machine.get("/api/v1/cases/SJ00000000000000", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 404 and answer.json()["error"].isascii()


def test_what_nobody_foresaw_is_told_in_json_and_logged(
    city: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    machine = Machine(city, "integrator")
    monkeypatch.setattr("zhongshu.registers.catalogue.queries.tree", lambda: 1 / 0)
    answer = machine.client.get("/api/v1/city/categories", headers={"Authorization": f"Bearer {machine.key}"})
    assert answer.status_code == 500 and "平台出了问题" in answer.json()["error"]
    assert "ZeroDivisionError" in caplog.text and "ZeroDivisionError" not in answer.content.decode()


def test_cases_are_merged_taken_apart_and_their_clock_is_asked_to_stop(city: Any) -> None:
    machine, (first, second) = Machine(city, "supervisor"), (city.report(), city.report())
    base = f"/api/v1/cases/{second.case_id}"
    assert machine.post(f"{base}/merge", {"into": first.number, "reason": "同一堆垃圾"}).status_code == 200
    again = machine.post(f"{base}/merge", {"into": first.number, "reason": "同一堆垃圾"})
    assert again.status_code == 409 and "在办的办件" in again.json()["error"]
    assert machine.post(f"{base}/split", {"reason": "不是同一堆"}).status_code == 200
    assert machine.post(f"{base}/suspend", {"reason": "等待许可"}).status_code == 202
    token = second.tasks[0].token
    assert machine.post(f"{base}/tasks/{token}/extend", {"amount": 1, "reason": "要等备件"}).status_code == 202
    assert machine.post(f"{base}/resume", {}).status_code == 409
    other = Machine(city, "verifier")
    assert other.post(f"{base}/merge", {"into": first.number, "reason": "同一堆垃圾"}).status_code == 403


def test_a_connected_system_brings_messages_and_signals(city: Any) -> None:
    paying, watching = Matter(city, *PAYING, tasks=("thank", "dun")), Matter(city, *WATCHING, tasks=("watch", "leave"))
    machine, door = Machine(city, "integrator"), f"/api/v1/cases/{paying.id}/messages"
    assert machine.post(door, {"name": "payment", "facts": {"sum": 1}, "key": "bank-1"}).status_code == 200
    assert machine.post(door, {"name": "payment"}).status_code == 409
    assert machine.post("/api/v1/cases/signals/flood", {"reason": "河水上涨"}).status_code == 202
    city.react()
    assert (paying.open, watching.open) == (["dun"], ["leave"])
    assert Machine(city, "verifier").post(door, {"name": "payment"}).status_code == 403


def test_tasks_go_into_other_hands_one_by_one_and_many_at_once(city: Any) -> None:
    machine, walks = Machine(city, "acceptor"), [Walk(city, source="resident", by="resident") for _ in range(2)]
    rows = [{"case_id": str(w.id), "token": w.task("accept").token, "revision": w.held.revision} for w in walks]
    stale = [rows[0], rows[1] | {"revision": 99}]
    done = machine.post("/api/v1/cases/tasks/bulk", {"verb": "claim", "rows": stale}).json()
    assert [(row["done"], row["status"]) for row in done] == [(True, 200), (False, 409)] and "新进展" in done[1][
        "error"
    ]
    base = f"/api/v1/cases/{walks[0].id}/tasks/{rows[0]['token']}"
    person = next(one for one in walks[0].able("accept") if one.kind == "staff")
    lent = machine.post(f"{base}/delegate", {"account": person.id, "reason": "夜间无人值守"})
    assert lent.status_code == 200 and walks[0].task("accept").delegate == person.id
    assert machine.post(f"{base}/hand-back", {"reason": "恢复值守"}).status_code == 200
    assert refused(machine.post(f"{base}/take-over", {"reason": "由我处理"}), 403)
    over = Machine(city, "supervisor")
    assert over.post(f"{base}/take-over", {"reason": "由我处理"}).status_code == 200
    assert walks[0].task("accept").assignee == str(over.account.pk)
    assert refused(machine.post("/api/v1/cases/tasks/bulk", {"verb": "fly", "rows": rows}), 422, "verb")


def test_all_work_of_an_account_is_handed_over_and_the_progress_told(city: Any) -> None:
    machine, walk = Machine(city, "supervisor"), Walk(city)
    leaver = walk.task("handle").assignee
    assert machine.get(f"/api/v1/cases/handovers/{leaver}").status_code == 404
    asked = machine.post(f"/api/v1/cases/handovers/{leaver}", {"reason": "调离岗位"})
    assert asked.status_code == 202 and asked.json()["held"] == 1
    handing_over.run(UUID(asked.json()["id"]), at=city.now)
    told = machine.get(f"/api/v1/cases/handovers/{leaver}").json()
    assert (told["finished"], told["rows"], told["held"]) == (True, {"offered": 1}, 0)
