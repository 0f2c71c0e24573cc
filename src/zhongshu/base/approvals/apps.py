"""The Django app of approvals."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The table of proposals."""

    name = "zhongshu.base.approvals"
    label = "approvals"
    verbose_name = "审批"
