"""Making a cluster and starting its server: the two PostgreSQL programs we run, and how."""

import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

from zhongshu.main.ground.console import Trouble
from zhongshu.main.ground.postgres.home import Home

USER = "zhongshu"
SOCKET_PORT = 5432  # only part of the socket's name
LONGEST_SOCKET_PATH = 103  # bytes on macOS; Linux allows 107
LONGEST_LOG = 10_000_000  # bytes
SETTINGS = {
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PASSING = ("still in use", "lock file", "the database system is shutting down")


def initialise(home: Home) -> None:
    """Makes the data directory if there is none; one left half made by an interrupted start is made anew."""
    if home.data.exists():
        return
    fresh, password = home.folder / "data.new", home.folder / "password"
    shutil.rmtree(fresh, ignore_errors=True)
    password.unlink(missing_ok=True)
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(24) + "\n")
    if home.user:
        os.chown(password, home.user.pw_uid, home.user.pw_gid)
    how = (
        "--auth-local=trust",
        "--auth-host=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions",
    )
    files = (f"--pwfile={password}", f"--pgdata={fresh}")
    command = [str(home.install() / "bin" / "initdb"), f"--username={USER}", *files, *how]
    made = subprocess.run(command, capture_output=True, text=True, check=False, **home.as_owner())
    if made.returncode:
        raise Trouble(
            f"内置数据库没有建成：\n{made.stderr.strip()}",
            f"The embedded database could not be made in {home.folder}; mend the above, "
            "or name one of your own by DATABASE_URL.",
        )
    fresh.rename(home.data)


def server(home: Home, *, durable: bool) -> subprocess.Popen[bytes]:
    """Starts the server; it hears no Ctrl-C of the terminal, for others must end before it does."""
    settings = SETTINGS | ({} if durable else FORGETFUL) | _listening(home)
    command = [str(home.install() / "bin" / "postgres"), "-D", str(home.data)]
    command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with _log(home).open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **home.as_owner(),
        )


def by_socket(home: Home) -> bool:
    """Whether the server is reached by a socket in its folder; by loopback where its path is too long."""
    return len(os.fsencode(home.folder / f".s.PGSQL.{SOCKET_PORT}")) <= LONGEST_SOCKET_PATH


def port(home: Home) -> int:
    """The loopback port this cluster keeps; another free one if somebody else has taken it meanwhile."""
    kept = home.folder / "port"
    wanted = int(kept.read_text()) if kept.exists() else 0
    number = _bound(wanted) or _bound(0)
    kept.write_text(f"{number}\n")
    return number


def log_length(home: Home) -> int:
    """How many bytes the server's log has; one grown too long is turned over first."""
    log = _log(home)
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".old"))
    return log.stat().st_size if log.exists() else 0


def last_words(home: Home, since: int) -> str:
    """The end of what the server's log says after its first `since` bytes."""
    with _log(home).open("rb") as log:
        log.seek(since)
        return "\n".join(log.read().decode(errors="replace").splitlines()[-8:])


def may_pass(said: str) -> bool:
    """Whether the server refused to start only because a killed one is not quite gone."""
    return any(sign in said for sign in PASSING)


def _listening(home: Home) -> dict[str, str]:
    if by_socket(home):
        return {"listen_addresses": "", "unix_socket_directories": str(home.folder), "port": str(SOCKET_PORT)}
    return {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": str(port(home))}


def _bound(number: int) -> int:
    """The number if it can be listened on (any free one for 0); 0 if it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return 0
        return int(probe.getsockname()[1])


def _log(home: Home) -> Path:
    return home.folder / "log"
