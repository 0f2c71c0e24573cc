"""Writes the next version of a scenario that is shipped."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import migrations, scenarios


@contextmanager
def authoring(city: Any, folder: Path, code: str = "city-event") -> Iterator["Author"]:
    """An author at work in a folder of their own; the versions loaded meanwhile are forgotten afterwards."""
    yield Author(city, folder, code)
    scenarios.version.cache_clear()
    migrations.processes.cache_clear()


class Author:
    """A copy of a scenario, to be changed and loaded."""

    def __init__(self, city: Any, folder: Path, code: str) -> None:
        self.city, self.here = city, folder / code
        shutil.copytree(settings.SCENARIOS / code, self.here)

    def change(self, file: str, *changes: tuple[str, str]) -> "Author":
        """Replace texts in a file, each of which must be there."""
        text = (self.here / file).read_text("utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        (self.here / file).write_text(text, "utf-8")
        return self

    def rename(self, before: str, after: str, *, told: bool = False) -> "Author":
        """Give a task another id, and say so or not."""
        for path in (self.here / "process.bpmn", self.here / "scenario.toml"):
            path.write_text(re.sub(rf"(?<![/\w]){before}\b", after, path.read_text("utf-8")), "utf-8")
        if told:
            self.change("scenario.toml", ("[deadlines]", f'[moves]\n{before} = "{after}"\n\n[deadlines]'))
        return self

    def load(self) -> int:
        return cases.load_scenarios(self.here.parent, by=self.city.actor("administrator"), at=self.city.now)[
            self.here.name
        ]
