"""Questions about categories."""

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal.caches import Cached
from zhongshu.registers.catalogue.models import Category


def _tree() -> dict[str, Category]:
    return {category.code: category for category in Category.objects.order_by("code")}


tree = Cached(("categories", "tree"), _tree)
"""Every category by code, in order, ended ones too; kept per process until the tree changes."""


def category(code: str) -> Category:
    """The category in force with this code; Invalid when there is none."""
    found = tree().get(code)
    if found is None or found.ended is not None:
        raise Invalid("没有编号为 {code} 的类别，请从类别树中选择。", field="category", code=code)
    return found


def path(code: str) -> list[Category]:
    """From the class down to the category, ended or not; empty when there never was one."""
    known = tree()
    return [known[code[:length]] for length in range(2, len(code) + 1, 2)] if code in known else []


def category_name(code: str, language: str = "zh-hans") -> str:
    """A category's name for showing, ended or not; empty when there never was one."""
    found = tree().get(code)
    return "" if found is None else found.called(language)


def children(code: str | None) -> list[Category]:
    """The categories in force right under this one; the classes when code is None."""
    return [found for found in tree().values() if found.parent_id == code and found.ended is None]
