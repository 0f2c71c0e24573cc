"""Names of bodies: one name per body, and what a body is to a place.

The same post exists in many places (六联社区 handles in 六联社区 what 金沙社区 handles in 金沙社区). Counted
under the name, what one place teaches says nothing of the next. So where places are pooled, a body named
after a place is counted by its role, with the place's depth in braces for its name: `{1}`, `{0}综合执法队`. A
street is named in several ways (坪山街道, 坪山办事处), so a role is turned back into the name this place is
known to use.
"""

import re
from collections.abc import Mapping, Sequence

_OFFICE_OF = re.compile(r"\s*[（(][^（）()]*街道办事处[）)]\s*$")
_STREET = re.compile(r"(.{2,})(?:街道|镇|乡)")
_WAYS = "(?:街道办事处|街道|办事处|镇人民政府|镇|乡人民政府|乡)"
_ROLE = re.compile(r"\{(\d)\}")


def merge_name(text: str) -> str:
    """The name without the street office it was listed under: 六联社区（坪山街道办事处） is 六联社区."""
    return _OFFICE_OF.sub("", text.strip()) or text.strip()


def role(body: str, place_path: Sequence[str], depth: int) -> str:
    """The body with the names of places deeper than `depth` (how many names the key keeps) replaced by their
    index.

    Codes are left alone: only names of three characters and more that are not plain ASCII are replaced.
    """
    for index in range(len(place_path) - 1, depth - 1, -1):
        name = place_path[index]
        if len(name) >= 3 and not name.isascii():
            street = _STREET.fullmatch(name)
            pattern = re.escape(street[1]) + _WAYS if street else re.escape(name)
            body = re.sub(pattern, f"{{{index}}}", body)
    return body


def named(role_name: str, place_path: Sequence[str], known: Mapping[str, str]) -> str:
    """The body that has this role here: the `known` one (role → body), else the role with the places' own
    names.
    """
    if role_name in known:
        return known[role_name]

    def name(found: re.Match[str]) -> str:
        index = int(found[1])
        return place_path[index] if index < len(place_path) else found[0]

    return _ROLE.sub(name, role_name)
