"""Scenarios in and out at the console."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts
from zhongshu.main.cli import studio
from zhongshu.registers.people.models import Body


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    studio.arguments(parser)
    return studio.run(parser.parse_args(words))


def test_what_is_exported_is_imported_as_a_draft(city: Any, tmp_path: Path, capsys: Any) -> None:
    file, body = tmp_path / "noise.zip", Body.objects.order_by("pk")[0]
    assert _run("export", "noise", str(file)) == 0
    assert _run("import", str(file), "--body", str(body.pk)) == 0
    told = json.loads(capsys.readouterr().out)
    draft = Draft.objects.get(pk=told["draft"])
    assert (draft.body, draft.origin_name, told["base"]) == (body.pk, "noise.zip", 1)
    assert drafts.files(draft) == scenarios.files("noise", 1)


def test_what_cannot_be_is_told_and_leaves_nothing(city: Any, tmp_path: Path, capsys: Any) -> None:
    file, body = tmp_path / "bad.zip", Body.objects.order_by("pk")[0]
    file.write_bytes(b"nothing")
    assert _run("import", str(file), "--body", str(body.pk)) == 1
    assert "bad.zip" in capsys.readouterr().out and not Draft.objects.exists()
    with pytest.raises(Absent, match="none"):
        _run("export", "none", str(tmp_path / "none.zip"))
