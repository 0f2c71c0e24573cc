"""Tables of places. No table here points at a person or a body: an owner is a plain id."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Left, Length, Lower, Substr


class Letters(Func):
    """The characters of a Chinese name, for the index that finds names by any part of them."""

    template = "string_to_array(%(expressions)s, NULL)"


class Words(Func):
    """The words of an English name, in lower case."""

    template = "string_to_array(%(expressions)s, ' ')"


def _on_earth(name: str, *, optional: bool = False) -> models.CheckConstraint:
    known = Q(lon__isnull=False, lat__isnull=False, lon__range=(-180, 180), lat__range=(-90, 90))
    unknown = Q(lon__isnull=True, lat__isnull=True)
    return models.CheckConstraint(condition=known | unknown if optional else known, name=name)


def _digits(length: int, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(code__regex=rf"^[1-9][0-9]{{{length - 1}}}$"), name=name)


def _names(prefix: str) -> list[models.Index]:
    named = ~Q(name="")
    return [
        GinIndex(Letters("name"), name=f"{prefix}_letters", condition=named),
        GinIndex(Words(Lower("name_en")), name=f"{prefix}_words", condition=named),
    ]


class Region(models.Model):
    """A province (2 digits), city (4), district (6), street (9) or community (12); `level` is that number.

    Here and below: a place that `ended` keeps its row, so that what happened there still has its name.
    """

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80, db_index=True)
    name_en = models.CharField(max_length=160, blank=True, default="")
    level = models.SmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", db_index=False)
    boundary = models.JSONField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            *_names("places_region"),
            models.Index(fields=["parent", "code"], name="places_region_parts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-9][0-9]+$", level=Length("code"), level__in=[2, 4, 6, 9, 12]),
                name="places_region_code_is_as_long_as_its_level",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(code__startswith=F("parent_id"), code__gt=F("parent_id")),
                name="places_region_lies_in_its_parent",
            ),
            _on_earth("places_region_on_earth", optional=True),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Cell(models.Model):
    """A grid cell: the unit in which the city is walked and matters are handed out."""

    code = models.CharField(max_length=15, primary_key=True)
    community = models.ForeignKey(Region, models.PROTECT, related_name="cells", db_index=False)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160, blank=True, default="")
    polygon = models.JSONField()
    lon = models.FloatField()
    lat = models.FloatField()
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["community", "code"], name="places_cell_of_community")]
        constraints = [
            _digits(15, "places_cell_code_digits"),
            models.CheckConstraint(condition=Q(community=Left("code", 12)), name="places_cell_lies_in_its_community"),
            _on_earth("places_cell_on_earth"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Kind(models.Model):
    """A class of components: two digits of the major and two of the minor class, with the names of both."""

    code = models.CharField(max_length=4, primary_key=True)
    major = models.CharField(max_length=40)
    major_en = models.CharField(max_length=80, blank=True, default="")
    minor = models.CharField(max_length=40)
    minor_en = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{4}$"), name="places_kind_code_digits")]

    def __str__(self) -> str:
        return f"{self.code} {self.minor}"


class Status(models.TextChoices):
    """What state a component is in (CJ/T 214)."""

    SOUND = "sound", "完好"
    DAMAGED = "damaged", "破损"
    MISSING = "missing", "丢失"
    OCCUPIED = "occupied", "占用"
    ABANDONED = "abandoned", "废弃"


class Component(models.Model):
    """A thing of the city that stands in one place: a manhole cover, a street lamp, a tree."""

    code = models.CharField(max_length=16, primary_key=True)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="components", db_index=False)
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="components", db_index=False)
    name = models.CharField(max_length=80, blank=True, default="", db_index=True)
    name_en = models.CharField(max_length=160, blank=True, default="")
    lon = models.FloatField()
    lat = models.FloatField()
    owner_body = models.BigIntegerField(null=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.SOUND)
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            *_names("places_component"),
            GistIndex(Func("lon", "lat", function="point"), name="places_component_point"),
            models.Index(fields=["kind", "code"], name="places_component_of_kind"),
            models.Index(fields=["cell", "code"], name="places_component_in_cell"),
            models.Index(fields=["owner_body", "code"], name="places_component_owner"),
        ]
        constraints = [
            _digits(16, "places_component_code_digits"),
            models.CheckConstraint(condition=Q(kind=Substr("code", 7, 4)), name="places_component_code_names_its_kind"),
            models.CheckConstraint(
                condition=Q(code__startswith=Left("cell_id", 6)),
                name="places_component_code_names_its_district",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="places_component_status_is_known"),
            _on_earth("places_component_on_earth"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".rstrip()


class Past(models.Model):
    """What a region, cell or component was called and how it lay before it was changed at `until`."""

    code = models.CharField(max_length=16)
    until = models.DateTimeField()
    name = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    renamed = models.BooleanField()
    outline = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["code", "until"], name="places_past_of_place"),
            models.Index(fields=["code"], name="places_past_renamed", condition=Q(renamed=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[1-9][0-9]{1,15}$"), name="places_past_code_digits")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Road(models.Model):
    """A named road; `lon`, `lat` is a point on it."""

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=80, db_index=True)
    name_en = models.CharField(max_length=160, blank=True, default="")
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        indexes = _names("places_road")
        constraints = [_on_earth("places_road_on_earth")]

    def __str__(self) -> str:
        return self.name


class Junction(models.Model):
    """A node of the road graph."""

    id = models.BigIntegerField(primary_key=True)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        constraints = [_on_earth("places_junction_on_earth")]

    def __str__(self) -> str:
        return f"{self.id} ({self.lon}, {self.lat})"


class Segment(models.Model):
    """A piece of road between two junctions, passable both ways."""

    id = models.BigIntegerField(primary_key=True)
    road = models.ForeignKey(Road, models.PROTECT, null=True, related_name="segments")
    start = models.ForeignKey(Junction, models.PROTECT, related_name="+")
    end = models.ForeignKey(Junction, models.PROTECT, related_name="+")
    metres = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(metres__gt=0), name="places_segment_has_length"),
            models.CheckConstraint(condition=~Q(start=F("end")), name="places_segment_has_two_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.start_id}–{self.end_id}"
