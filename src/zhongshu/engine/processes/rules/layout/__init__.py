"""Laying out a drawing: from what is connected with what to where it stands.

In layers from left to right, sub-processes first: `ranks` gives columns, `rows` rows, `grid` cells (lanes, data and
notes too), `routes` ways along free corridors and channels, `tracks` places in them, `plan` pixels, `frame` shapes and
lines, `labels` the places of names.
The same sketch always gives the same drawing; no two shapes lie on each other and no line on a shape.
"""

from zhongshu.engine.processes.rules.layout.drawing import Bounds, Drawing, Edge, Point, Shape
from zhongshu.engine.processes.rules.layout.frame import lay_out
from zhongshu.engine.processes.rules.layout.sketch import Kind, Lane, Link, Node, Scope, Sort

__all__ = ["Bounds", "Drawing", "Edge", "Kind", "Lane", "Link", "Node", "Point", "Scope", "Shape", "Sort", "lay_out"]
