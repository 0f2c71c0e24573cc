"""The platform's commands: `python -m zhongshu NAME …`, or `./run NAME …`.

Each module here is a command: `SUMMARY` (Chinese, English), `arguments(parser)`, `run(options) -> int`.
One that sets `NEEDS_DATABASE = False` runs without; every other finds the database running and Django set
up, so it imports what it uses inside `run`. Without a name the platform itself is started.
"""

import argparse
import importlib
import os
import pkgutil
import signal
from types import ModuleType

from psycopg.errors import UndefinedTable

from zhongshu.main.ground import console, database, environment, leash

DEFAULT = "serve"


def names() -> list[str]:
    """Every command, in the order of the alphabet."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def main(arguments: list[str]) -> int:
    """Runs the command the arguments name and answers its exit code."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {"-h", "--help"}):
        arguments = [DEFAULT, *arguments]
    name, *rest = arguments
    if name in {"help", "-h", "--help"}:
        print(_overview())
        return 0
    if name not in names():
        console.complain(console.Trouble(f"没有“{name}”这个命令。", f"There is no command “{name}”."))
        console.complain(console.Trouble("可用的命令：", _overview()))
        return 2
    try:
        return _run(_module(name), name, rest)
    except console.Trouble as trouble:
        console.complain(trouble)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(command: ModuleType, name: str, rest: list[str]) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stop by either signal tidies up
    leash.put_on()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.main.settings")
    options = _parser(command, name).parse_args(rest)
    environment.check()
    if not getattr(command, "NEEDS_DATABASE", True):
        return int(command.run(options))
    with database.at_hand():
        import django
        from django.db import ProgrammingError

        from zhongshu.base.http.refusals import Refusal

        django.setup()
        try:
            return int(command.run(options))
        except Refusal as refusal:
            console.complain(refusal)
            return 1
        except (ProgrammingError, UndefinedTable) as problem:
            if not isinstance(problem.__cause__ or problem, UndefinedTable):
                raise
            raise console.Trouble(
                "数据库里还没有平台的表；请先运行 ./run migrate（或 ./run）。",
                "The platform's tables are not in this database yet; run ./run migrate (or ./run) first.",
            ) from problem


def _parser(command: ModuleType, name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"./run {name}", description=" ".join(command.SUMMARY))
    command.arguments(parser)
    return parser


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")


def _overview() -> str:
    lines = [f"  {name:<14}{'  '.join(_module(name).SUMMARY)}" for name in names()]
    return "\n".join(["./run [NAME] [--help]", *lines])
