"""For how long somebody may stand in for another. Pure."""

from datetime import datetime, timedelta

from zhongshu.base.http.refusals import Invalid

LONGEST = timedelta(days=366)


def period(starts: datetime, ends: datetime, at: datetime) -> None:
    """Refuse a time that has passed, that ends before it begins, or that is no absence any more."""
    if ends <= at:
        raise Invalid("结束时间须在现在之后。", field="ends")
    if ends <= starts:
        raise Invalid("结束时间须在开始时间之后。", field="ends")
    if ends - starts > LONGEST:
        raise Invalid("外出委托最长一年。长期离岗请移交工作。", field="ends")
