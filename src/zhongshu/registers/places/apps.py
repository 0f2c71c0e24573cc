"""The Django app of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Tables of regions, grid cells, components and the road graph."""

    name = "zhongshu.registers.places"
    label = "places"
    verbose_name = "地理"
