from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "zhongshu.engine.letters"
    label = "letters"
