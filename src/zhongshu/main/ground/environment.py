"""The settings that come from the environment, looked at before anything is started with them."""

import os

from zhongshu.main.ground.console import Trouble

LAST = {"ZHONGSHU_PORT": 65534, "ZHONGSHU_FEED_PORT": 65535}  # the live feed takes the next port unless told otherwise


def check() -> None:
    """Refuses a port that is none."""
    for name, last in LAST.items():
        told = os.environ.get(name)
        if told is not None and not (told.isascii() and told.isdecimal() and 1 <= int(told) <= last):
            raise Trouble(
                f"{name}={told} 不是端口号；请用 1 到 {last} 之间的数字。",
                f"{name}={told} is no port; use a number from 1 to {last}.",
            )
