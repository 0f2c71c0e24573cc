"""Whose doors these are, where, and when what can be reported last changed."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext

from zhongshu.affairs.city.open311.rules import shapes
from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

_CHANGED = """
SELECT max(e.at) FROM journal_subject s
JOIN journal_entry e ON e.kind = s.kind AND e.subject = s.id AND e.number = s.count
WHERE (s.kind, s.id) IN (('categories', 'tree'), ('scenarios', 'all'))
"""


def jurisdiction() -> str:
    """The code of the one city whose regions are known here; of what holds everything where there are several."""
    cities = [code for code in places.tree().names if codes.level_of(code) == codes.Level.CITY]
    return str(cities[0] if len(cities) == 1 else places.root())


def check_jurisdiction(text: str) -> None:
    """Absent unless it is ours, in its short form or its long one (`9901`, `990100`), or not said at all."""
    try:
        ours = not text or codes.parse(text) == jurisdiction()
    except Invalid:
        ours = False
    if not ours:
        raise Absent("没有找到 jurisdiction_id {id}，本接口只有 {ours}。", id=text[:40], ours=jurisdiction())


def discovery(url: str) -> shapes.Shape:
    """The discovery document; `url` is what the addresses begin with."""
    city = places.tree().names.get(int(jurisdiction()))
    return shapes.discovery(
        changed=shapes.moment(_changed()), url=url, kind="test" if settings.ZHONGSHU_CLOCK_OFFSET else "production",
        contact=gettext("{city} 12345 政务服务便民热线").format(city=places.joined([city] if city else [], language())),
        key_service=gettext("接口密钥由数据管理部门的系统管理员发放，见对接手册。"),
    )  # fmt: skip


def _changed() -> datetime | None:
    """When a category or a scenario last changed."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED)
        return cursor.fetchone()[0]
