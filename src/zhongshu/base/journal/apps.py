from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "zhongshu.base.journal"
    label = "journal"
