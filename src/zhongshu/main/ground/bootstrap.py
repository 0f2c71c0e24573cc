"""Makes `.venv` and fills it from a hash-locked list.

Runs before anything is installed, so it uses nothing but Python's own library.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

from zhongshu.main.ground import console, stamps
from zhongshu.main.ground.places import REPOSITORY, SOURCE, VENV

PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "locks-satisfied"
LOCK, TEST_LOCK = REPOSITORY / "requirements.txt", REPOSITORY / "requirements-test.txt"
INSTALLER = Path(__file__).with_name("uv.txt")


def main(lock: str) -> int:
    """Leaves an environment that satisfies the lock file named; quick when it already does."""
    try:
        _make_environment()
        _install(REPOSITORY / lock)
    except console.Trouble as trouble:
        console.complain(trouble)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _make_environment() -> None:
    if PYTHON.exists() and _succeeds(PYTHON, "-c", "import pip"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise console.Trouble(
            "这个 Python 缺少 venv 组件，请先安装（Debian/Ubuntu：apt-get install python3-venv）。",
            "This Python lacks venv; please install it (Debian/Ubuntu: apt-get install python3-venv).",
        )
    console.say("建立运行环境……", "Making the environment …")
    _run("环境", "the environment", sys.executable, "-m", "venv", "--clear", VENV)


def _install(lock: Path) -> None:
    """Installs what the lock names and removes the rest.

    The test lock holds all of the other, so it satisfies both, and an environment that can test stays one.
    """
    if (VENV / "bin" / "pytest").exists():
        lock = TEST_LOCK
    mark = stamps.fingerprint([lock])
    if not stamps.bears(STAMP, mark):
        console.say("安装依赖……", "Installing dependencies …")
        if not UV.exists():
            pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            _run("安装工具", "the installer", *pip, "--require-hashes", "-r", INSTALLER)
        _run(
            "依赖",
            "the dependencies",
            UV,
            "pip",
            "sync",
            "--quiet",
            "--python",
            PYTHON,
            "--require-hashes",
            lock,
        )
        stamps.leave(STAMP, mark, stamps.fingerprint([LOCK]))
    _put_source_on_path()


def _put_source_on_path() -> None:
    """Lets the environment's Python find the package; relative, so that a moved checkout still works."""
    for packages in VENV.glob("lib/python3.*/site-packages"):
        entry = packages / "zhongshu.pth"
        up = "/".join([".."] * len(packages.relative_to(REPOSITORY).parts))
        if not entry.exists():
            entry.write_text(f"{up}/{SOURCE.relative_to(REPOSITORY)}\n")


def _succeeds(*command: object) -> bool:
    try:
        return subprocess.run([str(c) for c in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(chinese: str, english: str, *command: object) -> None:
    if subprocess.run([str(c) for c in command], check=False).returncode:
        raise console.Trouble(
            f"{chinese}没有装好，原因见上；多半是网络不通，修好后再运行一次即可。",
            f"Setting up {english} failed for the reason above, often the network; mend it and run again.",
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
