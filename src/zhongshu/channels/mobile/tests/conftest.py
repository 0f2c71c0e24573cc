"""An officer's errand in the demo city: a case whose handling waits for somebody."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one
from zhongshu.registers.people.models import Account


@dataclass(frozen=True, slots=True)
class Errand:
    """A case and its open task; `officer` is the login of who has it."""

    city: Any
    id: UUID
    number: str

    @property
    def view(self) -> one.View:
        return one.view(self.id)

    @property
    def task(self) -> Any:
        (task,) = self.view.open_tasks
        return task

    @property
    def officer(self) -> str:
        return Account.objects.get(pk=self.task.assignee).login

    @property
    def page(self) -> str:
        return f"/mobile/cases/{self.number}/tasks/{self.task.token}/"

    def at_spot(self, north: float = 0.0) -> dict[str, str]:
        """A form's position: at the matter, or so many degrees north of it."""
        row = self.view.row
        return {
            "position-lon": str(row.lon), "position-lat": str(row.lat + north),
            "position-at": timezone.now().isoformat(),
        }  # fmt: skip

    def handled(self) -> "Errand":
        """The same case, handled; now it waits to be verified."""
        by = self.city.actor(self.officer)
        answers = {"result": "done", "note": "已清运干净。"}
        cases.complete(self.id, self.task.token, answers, by=by, at=self.city.now)
        return self


@pytest.fixture
def errand(city):
    """Rubbish in the street, told by a patrol: dispatched to an officer."""
    opened = city.report(category="1101")
    return Errand(city, opened.case_id, opened.number)


@pytest.fixture
def photo(settings, tmp_path):
    """A picture as a telephone would send it."""
    out = BytesIO()
    Image.new("RGB", (64, 48), (120, 140, 90)).save(out, "JPEG")
    return lambda: SimpleUploadedFile("IMG_1.jpg", out.getvalue(), "image/jpeg")
