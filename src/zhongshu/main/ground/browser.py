"""The browser that drives the page stories, and the fonts it draws Chinese with."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from zhongshu.main.ground import console
from zhongshu.main.ground.console import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ON_MACOS = ("Google Chrome", "Chromium")
PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")


def executable() -> str | None:
    """The Chromium or Chrome of this machine; None when there is none, or only one that does not start."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    found += [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ON_MACOS]
    return next((path for path in found if _starts(path)), None)


def ensure() -> None:
    """Installs what is missing through apt where that is possible; elsewhere tells what to install."""
    if _complete():
        return
    console.say("安装浏览器和中文字体……", "Installing a browser and Chinese fonts …")
    if shutil.which("apt-get") and (sudo := _as_root()) is not None:
        apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        for words in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *PACKAGES]):
            subprocess.run([*apt, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    if not _complete():
        raise Trouble(
            f"页面测试需要 Chromium（或 Chrome）和中文字体，请安装：{' '.join(PACKAGES)}。",
            f"The page stories need Chromium and Chinese fonts; please install: {' '.join(PACKAGES)}.",
        )


def _complete() -> bool:
    if executable() is None:
        return False
    return sys.platform == "darwin" or (_speaks_chinese() and bool(ctypes.util.find_library("atomic")))


def _speaks_chinese() -> bool:
    told = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip())


def _starts(path: str) -> bool:
    """Whether the browser runs at all; some systems ship a stand-in that only names another installer."""
    if not Path(path).exists():
        return False
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def _as_root() -> list[str] | None:
    """What to put before a command to run it as root unasked; None when that cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None
