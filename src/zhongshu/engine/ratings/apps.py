from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "zhongshu.engine.ratings"
    label = "ratings"
