"""The figures of the loop in order, each said as it comes."""

import argparse
import gc
import io
import json
import sys
import urllib.request
from typing import Any

from django.test import Client as InProcess

from zhongshu.base.calendar import clock
from zhongshu.main.bench import scratch, server
from zhongshu.main.bench.loop import filling, measuring, world
from zhongshu.main.bench.loop.client import Client
from zhongshu.main.bench.loop.floor import Floor, recorded
from zhongshu.main.bench.loop.measuring import Meter, Statements
from zhongshu.registers.identity.rules import marks
from zhongshu.registers.people.models import Account

MEGAPIXELS_12 = (4000, 3000)
WARM_UP = 200


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """All figures, in a scratch database at `url`."""
    with scratch.moved_to(url):
        made = world.make(world.CELLS)
        with server.web(url) as (host, pid), measuring.opened(url) as bare:
            return _Bench(url, made, host, Meter(url, pid), bare, options).all()


class _Bench:
    def __init__(
        self, url: str, made: world.World, host: str, meter: Meter, bare: Any, options: argparse.Namespace
    ) -> None:
        self.url, self.world, self.host, self.meter, self.bare, self.options = url, made, host, meter, bare, options
        self.client = Client(made, host, "bench")
        self.cookie = self._signed_in()

    def all(self) -> dict[str, Any]:
        """Warm up, measure empty, fill, measure again."""
        gc.collect()
        gc.freeze()  # as the web process does: the floor, walked here, must not pay for the world just made
        for _ in range(WARM_UP):
            self.client.lifecycle()
        found = self._statements() | self._cpu()
        found |= {"assigned_p95_ms": round(measuring.create_p95_ms(self.client, self.options.times), 1)}
        found |= {"photo_cpu_ms": round(self._photo_ms(), 1)}
        found["lifecycles_per_s"] = round(measuring.lifecycles_per_s(self.world, self.host, self.options.seconds), 1)
        self._say(found)
        return found | self._filled(found)

    def _say(self, found: dict[str, Any]) -> None:
        print(", ".join(f"{name} {value}" for name, value in found.items()), file=sys.stderr, flush=True)

    def _signed_in(self) -> str:
        client = InProcess()
        client.force_login(Account.objects.get(login=self.world.viewer))
        session = client.session
        session[marks.KEY] = marks.begun("password+totp", clock.now()).kept()
        session.save()
        return f"sessionid={client.cookies['sessionid'].value}"

    def _statements(self) -> dict[str, Any]:
        """Counted in this process: the same URLs, the same handlers."""
        page = InProcess(SERVER_NAME="127.0.0.1", headers={"cookie": self.cookie})
        inside = _Inside(self.world)
        for _ in range(3):
            page.get("/desk/cases/")
            inside.create()
        return {
            "create_statements": Statements().of(inside.create),
            "list_statements": Statements().of(lambda: page.get("/desk/cases/")),
        }

    def _cpu(self) -> dict[str, Any]:
        times = self.options.times
        create = self.meter.each_ms(times, self.client.report, self.client.finish)
        listing = self.meter.each_ms(max(times // 3, 20), self._list)
        floor = Floor(self.bare, self._pattern())
        for _ in range(20):
            floor.lifecycle()
        beside = measuring.against_floor(self.meter, self.client, floor, max(times // 3, 20))
        return {
            "create_cpu_ms": round(create, 2), "list_cpu_ms": round(listing, 2),
            "lifecycle_cpu_ms": round(beside.over_http, 2), "floor_cpu_ms": round(beside.floor, 2),
            "over_floor": round(beside.ratio, 2), "generator_cpu_ms": round(beside.generator, 2),
        }  # fmt: skip

    def _pattern(self) -> Any:
        """The rows of one lifecycle just walked over HTTP."""
        self.client.lifecycle()
        row = self.bare.execute("SELECT number FROM cases_case WHERE closed IS NOT NULL ORDER BY id DESC LIMIT 1")
        return recorded(self.bare, row.fetchone()[0])

    def _list(self) -> None:
        request = urllib.request.Request(f"http://{self.host}/desk/cases/", headers={"Cookie": self.cookie})
        with urllib.request.urlopen(request) as response:
            response.read()

    def _photo_ms(self) -> float:
        """A photo of 12 megapixels through the machine door."""
        body, kind = _multipart(_picture())
        return self.meter.each_ms(4, lambda: self._send_photo(body, kind))

    def _send_photo(self, body: bytes, kind: str) -> None:
        headers = {"Authorization": f"Bearer {self.world.supervisor}", "Content-Type": kind}
        self.client.connection.request("POST", "/api/v1/city/photos", body, headers)
        response = self.client.connection.getresponse()
        answer = response.read()
        if response.status != 201:
            raise RuntimeError(f"photo: {response.status} {answer[:200]!r}")

    def _filled(self, empty: dict[str, Any]) -> dict[str, Any]:
        """The same beside `--rows` closed cases: what a create and a list page cost then, over what they cost empty."""
        if not self.options.rows:
            return {}
        closed = self.bare.execute(
            "SELECT id FROM cases_case WHERE closed IS NOT NULL AND number NOT LIKE 'F%' LIMIT 50"
        )
        filling.fill(self.bare, [row[0] for row in closed.fetchall()], self.options.rows, measuring.progress)
        self.client = Client(self.world, self.host, "beside")  # the connection before has been idle too long
        for _ in range(30):
            self.client.lifecycle()
            self._list()
        create = self.meter.each_ms(self.options.times, self.client.report, self.client.finish)
        listing = self.meter.each_ms(max(self.options.times // 3, 20), self._list)
        lifecycle = self.meter.each_ms(max(self.options.times // 3, 20), self.client.lifecycle)
        before = empty["lifecycle_cpu_ms"] + empty["list_cpu_ms"]
        return {
            "rows": self.options.rows, "full_create_cpu_ms": round(create, 2), "full_list_cpu_ms": round(listing, 2),
            "full_lifecycle_cpu_ms": round(lifecycle, 2), "full_over_empty": round((lifecycle + listing) / before, 2),
        }  # fmt: skip


class _Inside(Client):
    """The same requests, answered inside this process, so that statements can be counted."""

    def __init__(self, made: world.World) -> None:
        super().__init__(made, "inside", "inside")
        self.page = InProcess(SERVER_NAME="127.0.0.1")

    def send(self, method: str, path: str, key: str, body: Any = None) -> dict[str, Any]:
        answer = self.page.generic(
            method, path, json.dumps(body), "application/json", headers={"authorization": f"Bearer {key}"}
        )
        if answer.status_code >= 300:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:300]!r}")
        return answer.json()


def _picture() -> bytes:
    """A JPEG of 12 megapixels with the grain of a photograph."""
    import numpy as np
    from PIL import Image

    width, height = MEGAPIXELS_12
    slope = np.linspace(0, 200, width, dtype=np.float32)[None, :, None] + np.zeros((height, 1, 3), dtype=np.float32)
    grain = np.random.default_rng(1).integers(0, 40, (height, width, 3))
    out = io.BytesIO()
    Image.fromarray((slope + grain).astype(np.uint8)).save(out, "JPEG", quality=85)
    return out.getvalue()


def _multipart(photo: bytes) -> tuple[bytes, str]:
    mark = "----zhongshu-bench"
    what = 'Content-Disposition: form-data; name="file"; filename="photo.jpg"'
    head = f"--{mark}\r\n{what}\r\nContent-Type: image/jpeg\r\n\r\n"
    return head.encode() + photo + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
