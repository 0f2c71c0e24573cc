"""Why a step cannot be taken. Nothing has changed when one of these is raised."""

from zhongshu.base.http import refusals
from zhongshu.engine.processes.rules import net as nets


class Illegal(refusals.Conflict):
    """What is reported cannot happen here: the token has moved on, or the timer is not armed."""


class NoWay(refusals.Refusal):
    """No flow out of this gateway has a true condition, and there is no default."""

    def __init__(self, gateway: nets.Element) -> None:
        super().__init__(
            "“{name}”（{element}）没有一条出线的条件成立，请核对所填内容，或为它补一条默认出线。",
            name=gateway.name or gateway.id,
            element=gateway.id,
        )


class Endless(refusals.Refusal):
    """The case would run round for ever without anybody doing anything."""

    def __init__(self, element: nets.Element) -> None:
        super().__init__(
            "流程在“{name}”（{element}）附近空转不停，请在这个环路里加一个有人办理的环节。",
            name=element.name or element.id,
            element=element.id,
        )


class Crowded(refusals.Refusal):
    """More would be under way in one case than anybody can look through."""

    def __init__(self, element: nets.Element, most: int) -> None:
        super().__init__(
            "到“{name}”（{element}）时，一个办件同时在办的环节超过 {most} 个，请减少份数，或修改流程图。",
            name=element.name or element.id,
            element=element.id,
            most=most,
        )


class Stuck(refusals.Refusal):
    """All that is left waits at parallel gateways for tokens that can never come."""

    def __init__(self, gateway: nets.Element) -> None:
        super().__init__(
            "流程会停在并行汇聚“{name}”（{element}）：有一条入线不会再有人到达，请修改流程图。",
            name=gateway.name or gateway.id,
            element=gateway.id,
        )


class Timeless(refusals.Refusal):
    """The data do not say when a timer is to ring."""

    def __init__(self, event: nets.Element) -> None:
        super().__init__(
            "“{name}”（{element}）不知道要等到什么时候：表达式应当得出时长、日期或时刻。",
            name=event.name or event.id,
            element=event.id,
        )


class Uncaught(refusals.Refusal):
    """An error nobody catches."""

    def __init__(self, event: nets.Element, code: str) -> None:
        super().__init__(
            "“{name}”（{element}）出了差错 {code}，流程图里没有人接住，请加一个错误边界事件。",
            name=event.name or event.id,
            element=event.id,
            code=code,
        )


class Uncountable(refusals.Refusal):
    """The data do not say how many instances of a task there are."""

    def __init__(self, task: nets.Element, most: int) -> None:
        super().__init__(
            "“{name}”（{element}）不知道要分给谁办：份数应当是 0 到 {most} 的整数，名单应当是不超过 {most} 项的列表。",
            name=task.name or task.id,
            element=task.id,
            most=most,
        )
