"""A tree to a Python function of what is known, built once.

A part that cannot be worked out is null, never an error; why is noted for the author.
`build` and `Closure` are all that is needed from outside; each file here builds one family of nodes, and
`outright` settles simple conditions without a scope.
"""

from zhongshu.engine.decisions.rules.closures import calling, choosing, looking, walking
from zhongshu.engine.decisions.rules.closures.building import Closure, build
from zhongshu.engine.decisions.rules.closures.outright import OPEN, Ask, outright
from zhongshu.engine.decisions.rules.closures.scope import Exhausted, Met, Note, Scope

__all__ = ["FAMILIES", "OPEN", "Ask", "Closure", "Exhausted", "Met", "Note", "Scope", "build", "outright"]

FAMILIES = (calling, choosing, looking, walking)
