"""How two cases may have to do with each other. Pure."""

from dataclasses import dataclass

from zhongshu.base.http.refusals import Invalid

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A way one case has to do with another, as it is called on its own page and on the other's."""

    name: str
    name_en: str
    back: str
    back_en: str


KINDS: dict[str, Kind] = {
    "related": Kind("相关", "Related to", "相关", "Related to"),
    "follows": Kind("后续于", "Follows", "有后续", "Is followed by"),
    "part": Kind("属于", "Is part of", "包含", "Comprises"),
    "applicant": Kind("同一申请人", "Same applicant as", "同一申请人", "Same applicant as"),
    "place": Kind("同一地点", "Same place as", "同一地点", "Same place as"),
}


def note(kind: str, text: str) -> str:
    """The note of a tie of this kind, trimmed."""
    if kind not in KINDS:
        raise Invalid("请选择两件事的关系。", field="kind")
    found = text.strip()
    if len(found) > LONGEST_NOTE:
        raise Invalid("说明最多 {most} 个字。", field="note", most=LONGEST_NOTE)
    return found
