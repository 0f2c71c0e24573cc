"""The diagram of a file that has none: what `layout` draws, written down as BPMN DI (BPMN 2.0.2, chapter 12)."""

from collections.abc import Iterator

from lxml import etree

from zhongshu.engine.processes.rules import layout
from zhongshu.engine.processes.rules.bpmn import document, outline, source
from zhongshu.engine.processes.rules.bpmn.document import Document

DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
PREFIXES = {"bpmndi": source.DIAGRAM, "dc": DC, "di": DI}
MARGIN = 20.0


def is_drawn(kept: Document) -> bool:
    """Whether any element has a shape. Such a file stays as it is: what it does not show may be hidden on purpose."""
    return next(kept.root.iter(f"{{{source.DIAGRAM}}}BPMNShape"), None) is not None


def complete(kept: Document) -> Document:
    """The document, with a diagram laid out if it has none."""
    return kept if is_drawn(kept) else redraw(kept)


def redraw(kept: Document) -> Document:
    """The document with all its diagrams laid out anew, one plane for each collaboration and process in none."""
    tags = {tag.get("id", ""): tag for tag in source.tags(kept.root)}
    ids = _Ids(tags)
    return document.draw(kept, [_diagram(page, tags, ids) for page in outline.pages(kept.root)])


class _Ids:
    """Ids for what is added, none of which the file has."""

    def __init__(self, used: dict[str, etree._Element]) -> None:
        self.used = set(used)

    def of(self, id: str, ending: str) -> str:
        made = f"{id}_{ending}"
        while made in self.used:
            made += "_"
        self.used.add(made)
        return made


def _diagram(page: outline.Page, tags: dict[str, etree._Element], ids: _Ids) -> etree._Element:
    drawing = layout.lay_out(page.sketch)
    diagram = etree.Element(f"{{{source.DIAGRAM}}}BPMNDiagram", {"id": ids.of(page.id, "diagram")}, nsmap=PREFIXES)
    plane = _add(diagram, source.DIAGRAM, "BPMNPlane", id=ids.of(page.id, "plane"), bpmnElement=page.id)
    for shape in drawing.shapes:
        looks = dict(_looks(shape, source.name(tags[shape.id])))
        drawn = _add(plane, source.DIAGRAM, "BPMNShape", id=ids.of(shape.id, "di"), bpmnElement=shape.id, **looks)
        _bounds(drawn, shape.bounds)
        _label(drawn, shape.label)
    for edge in drawing.edges:
        drawn = _add(plane, source.DIAGRAM, "BPMNEdge", id=ids.of(edge.id, "di"), bpmnElement=edge.id)
        for x, y in edge.points:
            _add(drawn, DI, "waypoint", x=_pixels(x + MARGIN), y=_pixels(y + MARGIN))
        _label(drawn, edge.label)
    return diagram


def _looks(shape: layout.Shape, name: str) -> Iterator[tuple[str, str]]:
    if shape.band:
        yield "isHorizontal", "true"
    if name in outline.HOLDERS:
        yield "isExpanded", str(shape.expanded).lower()
    if name == "exclusiveGateway":
        yield "isMarkerVisible", "true"


def _label(drawn: etree._Element, bounds: layout.Bounds | None) -> None:
    if bounds is not None:
        _bounds(_add(drawn, source.DIAGRAM, "BPMNLabel"), bounds)


def _bounds(drawn: etree._Element, bounds: layout.Bounds) -> None:
    corner = {"x": _pixels(bounds.x + MARGIN), "y": _pixels(bounds.y + MARGIN)}
    _add(drawn, DC, "Bounds", **corner, width=_pixels(bounds.width), height=_pixels(bounds.height))


def _add(above: etree._Element, space: str, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(above, f"{{{space}}}{name}", attributes)


def _pixels(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
