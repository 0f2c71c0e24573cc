"""Requests going out: nobody talks us into asking our own network."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http import outgoing
from zhongshu.base.http.doors import Event, doors
from zhongshu.base.http.outgoing import asking, reach, wire
from zhongshu.base.http.outgoing.reach import Reach

NOWHERE = Reach.of(())
PRIVATE = [
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1"),
    *("ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"),
    *("2002:7f00:1::1", "2002:a9fe:a9fe::", "2002:101:101::1", "::127.0.0.1", "2001:db8::1"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_public_internet_is_not_reached(address: str) -> None:
    assert not NOWHERE.lets_to("name.example", address)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1"])
def test_what_is_public_is_reached(address: str) -> None:
    assert NOWHERE.lets_to("name.example", address)


@given(st.ip_addresses(v=4))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_wrapping_an_address_never_opens_it(address: IPv4Address) -> None:
    number = int(address)
    wrapped = [IPv6Address((0xFFFF << 32) | number), IPv6Address((0x2002 << 112) | (number << 80))]
    wrapped.append(IPv6Address((0x64FF9B << 96) | number))
    assert not any(reach.is_public(each) and not reach.is_public(address) for each in wrapped)


def test_an_operator_names_hosts_and_networks() -> None:
    named = Reach.of({"Sms.City.gov.", "10.1.0.0/16", "fd00::/8"})
    assert named.lets_to("sms.city.gov", "192.168.0.9") and named.lets_to("x.example", "10.1.2.3")
    assert named.names("10.1.2.3") and named.names("[fd00::1]") and not named.names("x.example")
    assert not named.lets_to("x.example", "10.2.0.1") and not named.lets_to("evil-sms.city.gov", "192.168.0.9")


@pytest.fixture(autouse=True)
def noted(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What was noted for whoever looks at it later."""
    kept: list[Event] = []
    monkeypatch.setattr(doors, "record", lambda event, by: kept.append(event), raising=False)
    return kept


class Server:
    """A server of this machine that answers as told: path → (status, headers, body)."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.heard: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.heard.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                status, headers, body = server.answers.get(self.path, (200, {}, b"here"))
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(body))}).items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET" or body:
                    self.wfile.write(body)

            do_POST = do_GET  # noqa: N815  the name is the framework's

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


Known = Callable[..., list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """What a name leads to, at each time it is asked; the last answer stays."""
    known: dict[str, list[list[str]]] = {}

    def look_up(host: str, port: int) -> list[str]:
        if host not in known:
            return [str(ip_address(host))]
        return known[host].pop(0) if len(known[host]) > 1 else known[host][0]

    monkeypatch.setattr(wire, "look_up", look_up)
    return known


def _client(*allowed: str) -> outgoing.Client:
    return asking.Client("test", Reach.of(allowed))


@pytest.mark.parametrize(
    "spelt", ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_loopback_is_not_reached_however_it_is_spelt(server: Server, spelt: str, noted: list[Event]) -> None:
    with _client() as client:
        for scheme in ("http", "https"):
            with pytest.raises(outgoing.Blocked):
                client.get(f"{scheme}://{spelt}:{server.port}/")
    assert server.heard == []
    assert all(event.verb == "security.outgoing_refused" and event.body["purpose"] == "test" for event in noted)


def test_a_name_is_looked_up_once_and_the_judged_address_is_the_one_connected_to(
    server: Server, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["turns.example"] = [["93.184.215.14"], ["127.0.0.1"]]
    tried: list[Any] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        tried.append(address[0])
        raise OSError("not from a test")

    monkeypatch.setattr(socket, "create_connection", connect)
    with _client() as client, pytest.raises(outgoing.Unanswered):
        client.get("https://turns.example/")
    assert tried == ["93.184.215.14"]
    with _client() as client, pytest.raises(outgoing.Blocked):
        client.get("https://turns.example/")
    assert tried == ["93.184.215.14"]


def test_one_private_address_among_public_ones_closes_the_name(
    names: dict[str, list[list[str]]], noted: list[Event]
) -> None:
    names["mixed.example"] = [["93.184.215.14", "10.0.0.1"]]
    with _client() as client, pytest.raises(outgoing.Blocked):
        client.get("https://mixed.example/?secret=1")
    assert [event.body for event in noted] == [{"purpose": "test", "host": "mixed.example"}]


def test_http_is_only_for_what_the_operator_named(server: Server, names: dict[str, list[list[str]]]) -> None:
    names["sms.city"] = names["other.city"] = [["127.0.0.1"]]
    with _client("sms.city") as client:
        assert client.get(f"http://sms.city:{server.port}/?phone=1").text == "here"
        assert server.heard[0][1]["host"] == f"sms.city:{server.port}"
        with pytest.raises(outgoing.Blocked):
            client.get(f"http://other.city:{server.port}/")
        with pytest.raises(outgoing.Blocked):
            client.get("file:///etc/passwd")


@pytest.mark.parametrize(
    "onward", ["http://169.254.169.254/latest/", "http://other.city/", "https://127.0.0.1/", "gopher://sms.city/"]
)
def test_a_redirect_is_judged_as_any_address(server: Server, names: dict[str, list[list[str]]], onward: str) -> None:
    names["sms.city"] = names["other.city"] = [["127.0.0.1"]]
    server.answers["/"] = (302, {"Location": onward}, b"")
    with _client("sms.city") as client, pytest.raises((outgoing.Blocked, outgoing.Unanswered)):
        client.get(f"http://sms.city:{server.port}/")
    assert [path for path, _ in server.heard] == ["/"]


def test_credentials_stay_with_the_host_they_were_meant_for(server: Server, names: dict[str, list[list[str]]]) -> None:
    names["a.city"] = names["b.city"] = [["127.0.0.1"]]
    server.answers["/"] = (302, {"Location": f"http://b.city:{server.port}/b", "Set-Cookie": "s=1"}, b"")
    server.answers["/post"] = (307, {"Location": f"http://b.city:{server.port}/b"}, b"")
    with _client("a.city", "b.city") as client:
        secret = {"Authorization": "Bearer x", "X-Api-Key": "y", "Cookie": "z=1"}
        client.get(f"http://a.city:{server.port}/", headers=secret)
        path, carried = server.heard[-1]
        assert path == "/b" and not {"authorization", "x-api-key", "cookie"} & carried.keys()
        assert not client.cookies
        with pytest.raises(outgoing.Blocked):
            client.post(f"http://a.city:{server.port}/post", data={"client_secret": "s"})
    assert [path for path, _ in server.heard] == ["/", "/b", "/post"]


def test_it_does_not_follow_for_ever_nor_read_without_end(
    server: Server, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["a.city"] = [["127.0.0.1"]]
    server.answers["/"] = (302, {"Location": "/"}, b"")
    server.answers["/big"] = (200, {}, bytes(3_000))
    server.answers["/packed"] = (200, {"Content-Encoding": "gzip"}, b"x")
    monkeypatch.setattr(asking, "MOST_BYTES", 2_000)
    with _client("a.city") as client:
        for path in ("/", "/big", "/packed"):
            with pytest.raises(outgoing.Unanswered):
                client.get(f"http://a.city:{server.port}{path}")
    assert len(server.heard) == 1 + asking.MOST_REDIRECTS + 2


def test_a_call_ends_at_its_deadline_however_slowly_the_other_side_speaks(
    names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["slow.city"] = [["127.0.0.1"]]
    monkeypatch.setattr(wire, "WHOLE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, _client("slow.city") as client:
        address = f"http://slow.city:{silent.getsockname()[1]}/"
        with pytest.raises(outgoing.Unanswered):
            client.get(address)


def test_the_log_names_host_and_outcome_and_nothing_secret(
    server: Server, names: dict[str, list[list[str]]], caplog: pytest.LogCaptureFixture
) -> None:
    names["sms.city"] = [["127.0.0.1"]]
    with caplog.at_level("INFO"), _client("sms.city") as client:
        client.get(f"http://sms.city:{server.port}/?phone=13912345678", headers={"Authorization": "Bearer hidden"})
    assert "sms.city" in caplog.text and "200" in caplog.text
    assert "13912345678" not in caplog.text and "hidden" not in caplog.text


def test_the_environment_names_no_proxy_for_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    with _client() as client, pytest.raises(outgoing.Blocked):
        client.get("http://127.0.0.1/")
    assert server.heard == [] and isinstance(client, httpx.Client)
