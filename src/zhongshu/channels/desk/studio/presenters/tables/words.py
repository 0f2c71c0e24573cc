"""What the choices of a decision table are called."""

from django.utils.translation import gettext_noop

POLICIES = {
    "FIRST": gettext_noop("从上往下，用第一条适用的规则"),
    "UNIQUE": gettext_noop("只许一条规则适用；同时有几条适用时没有结果"),
    "ANY": gettext_noop("可以有几条适用，但结果必须相同"),
    "PRIORITY": gettext_noop("几条适用时，用结果最优先的一条"),
    "COLLECT": gettext_noop("所有适用的规则，汇总它们的结果"),
    "RULE ORDER": gettext_noop("所有适用的规则，按规则的次序列出结果"),
    "OUTPUT ORDER": gettext_noop("所有适用的规则，按结果的优先次序列出"),
}
AGGREGATIONS = {
    "": gettext_noop("列出来"), "SUM": gettext_noop("求和"), "MIN": gettext_noop("取最小"),
    "MAX": gettext_noop("取最大"), "COUNT": gettext_noop("数一数有几条"),
}  # fmt: skip
TYPES = {
    "": gettext_noop("不限"), "string": gettext_noop("文字"), "number": gettext_noop("数字"),
    "boolean": gettext_noop("是或否"), "date": gettext_noop("日期"), "time": gettext_noop("时刻"),
    "dateTime": gettext_noop("日期和时刻"), "dayTimeDuration": gettext_noop("时长（天、时、分）"),
    "yearMonthDuration": gettext_noop("时长（年、月）"),
}  # fmt: skip
