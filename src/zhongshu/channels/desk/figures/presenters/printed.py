"""The monthly report as a PDF: typeset by Typst from our template, with the fonts the lock names, tagged (PDF/UA-1)."""

from functools import cache
from pathlib import Path

import msgspec
import typst
from django.conf import settings

from zhongshu.base.http.refusals import Unavailable
from zhongshu.channels.desk.figures.presenters.report import Shown

_TEMPLATE = Path(__file__).parent.parent / "month.typ"


def pdf(report: Shown) -> bytes:
    """The report's bytes; Unavailable where the fonts were not installed."""
    folder: Path = settings.FONTS
    if not folder.is_dir():
        raise Unavailable(
            "没有安装中文字体，暂时不能生成 PDF。请先用浏览器打印本页，并联系系统管理员。", retry_after=600
        )
    return typst.compile(
        _TEMPLATE, font_paths=_fonts(str(folder)), format="pdf", pdf_standards="ua-1",
        sys_inputs={"report": msgspec.json.encode(report).decode()},
    )  # fmt: skip


@cache
def _fonts(folder: str) -> typst.Fonts:
    """The fonts of a folder, read once a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
