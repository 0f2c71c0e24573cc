"""The settings that come from the environment, looked at before anything is started with them."""

import os
import re
from ipaddress import ip_network

from zhongshu.main import secret
from zhongshu.main.ground.console import Trouble

FACTORS = ("required", "offered")
LAST = {"ZHONGSHU_PORT": 65534, "ZHONGSHU_FEED_PORT": 65535}  # the live feed takes the next port unless told otherwise


def check() -> None:
    """Refuses a port, network, factor or scanner that is none; takes the database's address from its file."""
    if url := secret.told("DATABASE_URL"):
        os.environ["DATABASE_URL"] = url
    _check_ports()
    _check_proxies()
    _check_signing_in()
    _check_limits()


def _check_proxies() -> None:
    for told in filter(None, map(str.strip, os.environ.get("ZHONGSHU_PROXIES", "").split(","))):
        try:
            ip_network(told, strict=False)
        except ValueError:
            raise Trouble(
                f"ZHONGSHU_PROXIES 里的 {told} 不是地址或网段；请用 127.0.0.1 或 10.0.0.0/8 这样的写法。",
                f"{told} in ZHONGSHU_PROXIES is no address or network; write 127.0.0.1 or 10.0.0.0/8.",
            ) from None


def _check_signing_in() -> None:
    """A word misspelt must not leave officials with a password alone."""
    told = os.environ.get("ZHONGSHU_SECOND_FACTOR")
    if told is not None and told not in FACTORS:
        raise Trouble(
            f"ZHONGSHU_SECOND_FACTOR={told} 不认得；请用 required 或 offered。",
            f"ZHONGSHU_SECOND_FACTOR={told} is unknown; use required or offered.",
        )
    for name in ("ZHONGSHU_IDLE_MINUTES", "ZHONGSHU_PASSWORD_DAYS"):
        told = os.environ.get(name)
        if told is not None and not (told.isascii() and told.isdecimal()):
            raise Trouble(f"{name}={told} 不是数字；0 表示不限。", f"{name}={told} is no number; 0 means no limit.")


def _check_limits() -> None:
    told = os.environ.get("ZHONGSHU_LIMITS", "1")
    if not told.replace(".", "", 1).isdecimal():
        raise Trouble(
            f"ZHONGSHU_LIMITS={told} 不是倍数；请用 0（不限）、1（通常）或 2.5 这样的数。",
            f"ZHONGSHU_LIMITS={told} is no factor; write 0 (none), 1 (as usual) or a number like 2.5.",
        )
    scanner = os.environ.get("ZHONGSHU_CLAMD", "")
    if scanner and not re.fullmatch(r"unix:/.+|tcp:[^:]+:[0-9]{1,5}", scanner):
        raise Trouble(
            f"ZHONGSHU_CLAMD={scanner} 不是扫描服务的地址；请用 unix:/run/clamav/clamd.ctl 或 tcp:主机:端口。",
            f"ZHONGSHU_CLAMD={scanner} is no scanner's address; write unix:/run/clamav/clamd.ctl or tcp:host:port.",
        )


def _check_ports() -> None:
    for name, last in LAST.items():
        told = os.environ.get(name)
        if told is not None and not (told.isascii() and told.isdecimal() and 1 <= int(told) <= last):
            raise Trouble(
                f"{name}={told} 不是端口号；请用 1 到 {last} 之间的数字。",
                f"{name}={told} is no port; use a number from 1 to {last}.",
            )
