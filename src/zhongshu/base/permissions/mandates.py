"""Acting for another (代办): for whom, and in which matters. Pure."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["family", "guardian", "helper", "firm_agent"]


@dataclass(frozen=True, slots=True)
class MandateScope:
    """The mandate somebody acts under now: its kind, the principal's name as it may be shown, the matters it is for.

    A matter is the code of a scenario, or of a category with all that lies under it; none means every matter.
    """

    id: str
    kind: Kind
    whose: str = ""
    matters: tuple[str, ...] = ()

    def covers(self, scenario: str, category: str) -> bool:
        """Whether a case of this scenario and category is among the matters."""
        return covers(self.matters, scenario, category)


def covers(matters: tuple[str, ...], scenario: str, category: str) -> bool:
    """Whether a case of this scenario and category is among these matters; of none, every case is."""
    return not matters or any(matter == scenario or category.startswith(matter) for matter in matters)
