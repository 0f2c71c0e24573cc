"""Whether a case may end before its process does. Pure."""

from zhongshu.base.http.refusals import Conflict


def withdrawable(*, closed: bool, decided: bool, others: bool) -> None:
    """Refuse to let the applicant take a case back once it is decided or closed, or where others told of it too.

    Until a decision on it is made an application may be taken back; what others told of is not one person's to end.
    """
    if closed:
        raise Conflict("这个办件已经办结或合并，不能再撤回。")
    if decided:
        raise Conflict("这个办件已经作出决定，不能再撤回。")
    if others:
        raise Conflict("还有其他人反映了这件事，不能撤回：办理结果会一并答复您。")
