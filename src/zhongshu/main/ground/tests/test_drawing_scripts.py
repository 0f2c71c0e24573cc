"""What the canvas of a page writes of a process says what the file said; what would be lost is not opened on it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from zhongshu.engine.processes.rules.bpmn import document, infoset
from zhongshu.main.ground import front_end, places

SCRIPT = Path(__file__).with_name("canvas.mjs")
PROCESSES = sorted(
    path
    for folder in (places.REPOSITORY / "scenarios", places.SOURCE / "zhongshu" / "engine" / "studio" / "patterns")
    for path in folder.glob("*/process.bpmn")
)
Canvas = Callable[[dict[str, str]], dict[str, str]]


@pytest.fixture(scope="module")
def canvas(tmp_path_factory: pytest.TempPathFactory) -> Canvas:
    """What the canvas writes of these files: name → text."""
    built = tmp_path_factory.mktemp("canvas") / "built"
    front_end._bundle([SCRIPT], built)
    script = (built / "canvas.js").rename(built / "canvas.mjs")

    def write(files: dict[str, str]) -> dict[str, str]:
        command = [str(front_end._node()), str(script)]
        done = subprocess.run(command, input=json.dumps(files), capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout))

    return write


def test_every_process_that_is_shipped_is_written_back_whole(canvas: Canvas) -> None:
    files = {path.parent.name: path.read_text("utf-8") for path in PROCESSES}
    written = canvas(files)
    assert written.keys() == files.keys() >= {"noise", "joint-review"}
    for name, text in files.items():
        before, after = (infoset.of(document.load(each.encode()).root) for each in (text, written[name]))
        assert after == before, name


def test_a_process_of_which_something_would_be_lost_is_not_opened(canvas: Canvas) -> None:
    waits = '<bpmn:receiveTask id="paid" messageRef="payment"/><bpmn:startEvent'
    file = PROCESSES[0].read_text("utf-8").replace("<bpmn:startEvent", waits, 1)
    assert canvas({"paid": file}) == {"paid": "unresolved reference <payment>"}
