from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "zhongshu.channels.account"
    label = "account"
