"""The virus scanner beside us, where the operator has one: ClamAV's daemon, asked by INSTREAM (clamd(8))."""

import socket
import struct

from django.conf import settings

from zhongshu.base.http import events
from zhongshu.base.http.refusals import Invalid, Unavailable

SECONDS = 20
_PIECE = 65_536


def scan(data: bytes) -> None:
    """Refuse what the scanner knows. Invalid when it is known, Unavailable when the scanner does not answer."""
    if not settings.CLAMD:
        return
    try:
        answer = _asked(settings.CLAMD, data)
    except OSError:
        answer = ""
    if answer.endswith("FOUND"):
        events.note("security.upload_refused", {"why": "virus"})
        raise Invalid("病毒扫描没有通过，文件未被接收；请用杀毒软件检查您的电脑或手机。", field="file")
    if not answer.endswith("OK"):
        raise Unavailable("病毒扫描暂时不可用，文件未被接收；请稍后再上传。", retry_after=60)


def _asked(where: str, data: bytes) -> str:
    """clamd's answer to the bytes; `where` reads `unix:/path` or `tcp:host:port`."""
    scheme, _, rest = where.partition(":")
    host, _, port = rest.rpartition(":")
    unix = scheme == "unix"
    with socket.socket(socket.AF_UNIX) if unix else socket.create_connection((host, int(port)), SECONDS) as line:
        line.settimeout(SECONDS)
        if unix:
            line.connect(rest)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), _PIECE):
            piece = data[at : at + _PIECE]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        return line.recv(4096).rstrip(b"\0\n").decode(errors="replace")
