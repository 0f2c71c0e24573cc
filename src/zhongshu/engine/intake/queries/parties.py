"""For whom a form is filled in."""

from uuid import UUID

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.doors import Party
from zhongshu.registers.people.models import Account


def party(by: Actor) -> Party | None:
    """The person or firm whose matter it is: that a mandate is from, else one's own; None for officials and nobody."""
    if by.mandate:
        return Party("firm" if by.kind == "firm" else "person", UUID(str(by.behalf)), own=False)
    if by.kind not in ("resident", "firm"):
        return None
    person, firm = Account.objects.filter(pk=by.id).values_list("person", "firm").first() or (None, None)
    if person:
        return Party("person", person, own=True)
    return Party("firm", firm, own=True) if firm else None
