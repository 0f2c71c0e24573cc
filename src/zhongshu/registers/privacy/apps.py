"""The Django app of privacy."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Requests, consents, retention and proofs of destruction."""

    name = "zhongshu.registers.privacy"
    label = "privacy"
    verbose_name = "个人信息保护"
