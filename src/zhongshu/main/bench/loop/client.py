"""One connection that walks cases through their life as the city's systems would."""

import http.client
import itertools
import json
import select
from dataclasses import dataclass, field
from random import Random
from typing import Any

from zhongshu.main.bench.loop.world import CATEGORY, World

REQUESTS = ("create", "claim", "handle", "verify", "close", "read")


@dataclass(slots=True)
class Client:
    """A keep-alive connection; `name` keeps its keys apart from those of others."""

    world: World
    host: str
    name: str
    connection: http.client.HTTPConnection = field(init=False)
    random: Random = field(init=False)
    left: list[dict[str, Any]] = field(default_factory=list)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.random = Random(self.name)

    def create(self) -> dict[str, Any]:
        """Report an event; an officer has it when this returns."""
        lon, lat = self.random.choice(self.world.spots)
        event = {
            "key": f"bench-{self.name}-{next(self.numbers):08d}", "source": "machine", "category": CATEGORY,
            "lon": lon, "lat": lat, "answers": {"description": "路面有积水，行人需绕行。"},
        }  # fmt: skip
        return self.send("POST", "/api/v1/city/events", self.world.intake, event)

    def lifecycle(self) -> None:
        """Create, accept, handle, verify, close and read back one case."""
        self._walk(self.create())

    def report(self) -> dict[str, Any]:
        """Create a case and leave it to its officer; `finish` walks all of these on."""
        self.left.append(self.create())
        return self.left[-1]

    def finish(self) -> None:
        """Walk on what was left, so that the officers' hands are free again."""
        while self.left:
            self._walk(self.left.pop())

    def _walk(self, opened: dict[str, Any]) -> None:
        base = f"/api/v1/cases/{opened['case_id']}/tasks"
        task = opened["tasks"][0]
        officer = self.world.officers[task["assignee"]]
        self.send("POST", f"{base}/{task['token']}/claim", officer, {})
        moved = self._complete(base, task["token"], officer, {"result": "done", "note": "已清理。"})
        verifier = self.random.choice(self.world.verifiers)
        moved = self._complete(base, moved["tasks"][0]["token"], verifier, {"passed": True})
        self._complete(base, moved["tasks"][0]["token"], self.world.supervisor, {})
        read = self.read(opened["number"])
        assert read["phase"] == "closed", read

    def read(self, number: str) -> dict[str, Any]:
        """One case with its tasks and trace."""
        return self.send("GET", f"/api/v1/cases/{number}", self.world.supervisor)

    def _complete(self, base: str, token: int, key: str, answers: dict[str, Any]) -> dict[str, Any]:
        return self.send("POST", f"{base}/{token}/complete", key, {"answers": answers})

    def send(self, method: str, path: str, key: str, body: Any = None) -> dict[str, Any]:
        """One request; anything but success ends the bench."""
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Accept": "application/json"}
        self._anew_if_closed()
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = self.connection.getresponse()
        answer = response.read()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {answer[:300].decode('utf-8', 'replace')}")
        return json.loads(answer)

    def _anew_if_closed(self) -> None:
        """Let go of a connection that the server has closed while it was idle, as every client does; the next opens."""
        open_socket = self.connection.sock
        if open_socket is not None and select.select([open_socket], [], [], 0)[0]:
            self.connection.close()
