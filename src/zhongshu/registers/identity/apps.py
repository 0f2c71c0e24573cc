from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "zhongshu.registers.identity"
    label = "identity"
