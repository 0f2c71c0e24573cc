"""The built-in functions an expression may call (DMN 1.5 §10.3.4): a closed list.

Each answers null for arguments it does not take. `is defined` is not among them: it asks about a name, not
about a value, and is built where names are looked up.
"""

from zhongshu.engine.decisions.rules.functions import (
    contexts,
    conversion,
    dates,
    items,
    lists,
    logic,
    numbers,
    ranges,
    statistics,
    texts,
)
from zhongshu.engine.decisions.rules.functions.declaring import IS_DEFINED, TABLE, BuiltIn

__all__ = ["IS_DEFINED", "TABLE", "BuiltIn"]

MODULES = (contexts, conversion, dates, items, lists, logic, numbers, ranges, statistics, texts)
