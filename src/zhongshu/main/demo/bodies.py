"""Who governs 云汀市: its bodies, who answers for what, and the people who work there. Pure and seeded."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from zhongshu.registers.places.rules.city import RegionRow

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = "安宁文清和平建明志远海涛晓东思源雨辰嘉禾子墨若兰书桐景行知夏云舒怀瑾星河长风"

CITY_BUREAUS = (
    ("城市管理局", "Urban Management Bureau"),
    ("住房和城乡建设局", "Housing and Construction Bureau"),
    ("水务局", "Water Bureau"),
    ("生态环境局", "Ecology and Environment Bureau"),
    ("交通运输局", "Transport Bureau"),
    ("公安局", "Public Security Bureau"),
    ("市场监督管理局", "Market Regulation Bureau"),
    ("应急管理局", "Emergency Management Bureau"),
    ("政务服务和数据管理局", "Government Services and Data Bureau"),
)
DISTRICT_BUREAUS = (
    ("城市管理局", "Urban Management Bureau"),
    ("住房和建设局", "Housing and Construction Bureau"),
    ("水务所", "Water Office"),
    ("市场监督管理所", "Market Regulation Office"),
)
COMPANIES = (
    ("云汀供电有限公司", "Yunting Power Supply Co."),
    ("云汀水务有限公司", "Yunting Water Co."),
    ("云汀燃气有限公司", "Yunting Gas Co."),
    ("云汀通信有限公司", "Yunting Telecom Co."),
)


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """A body to found: `key` names it in this plan, `parent` the body above it, `place` where it is at home."""

    key: str
    parent: str
    name: str
    name_en: str
    kind: str
    place: int


def bodies(regions: tuple[RegionRow, ...]) -> list[BodyPlan]:
    """The sixty-odd bodies of a city with these regions, parents first."""
    named = {row.code: row for row in regions}
    city = next(row for row in regions if len(row.code) == 4)
    return [
        BodyPlan(
            "city", "", f"{city.name}人民政府", f"{city.name_en} Municipal Government", "government", int(city.code)
        ),
        *_under_the_city(int(city.code)),
        *(plan for code in sorted(named) if len(code) == 6 for plan in _district(named[code], regions)),
    ]  # fmt: skip


def _under_the_city(place: int) -> Iterator[BodyPlan]:
    yield BodyPlan("command", "city", "市城市运行指挥中心", "City Operations Command Centre", "unit", place)
    for number, (name, english) in enumerate(CITY_BUREAUS):
        yield BodyPlan(f"city/{number}", "city", f"市{name}", f"City {english}", "bureau", place)
    for number, (name, english) in enumerate(COMPANIES):
        yield BodyPlan(f"company/{number}", "city", name, english, "company", place)


def _district(district: RegionRow, regions: tuple[RegionRow, ...]) -> Iterator[BodyPlan]:
    place, key = int(district.code), district.code
    yield BodyPlan(key, "city", f"{district.name}人民政府", f"{district.name_en} Government", "government", place)
    yield BodyPlan(
        f"{key}/command", key, f"{district.name}指挥中心", f"{district.name_en} Command Centre", "unit", place
    )
    for number, (name, english) in enumerate(DISTRICT_BUREAUS):
        yield BodyPlan(
            f"{key}/{number}", key, f"{district.name}{name}", f"{district.name_en} {english}", "bureau", place
        )
    for street in (row for row in regions if len(row.code) == 9 and row.code.startswith(key)):
        office = f"{street.name}办事处"
        yield BodyPlan(street.code, key, office, f"{street.name_en} Office", "office", int(street.code))
        team = f"{street.name}综合行政执法队"
        yield BodyPlan(
            f"{street.code}/team",
            street.code,
            team,
            f"{street.name_en} Enforcement Team",
            "unit",
            int(street.code),
        )


RESPONSIBLE: tuple[tuple[str, str], ...] = (
    ("", "{street}"),
    ("01", "{district}/2"),
    ("02", "{district}/1"),
    ("03", "{district}/0"),
    ("04", "{district}/0"),
    ("05", "{district}/1"),
    ("11", "{street}"),
    ("12", "{street}/team"),
    ("13", "{district}/1"),
    ("14", "{street}/team"),
    ("15", "{district}/1"),
)
"""Category (its beginning) → whose it is: the responsibility table of a street."""


def person(random: Random) -> str:
    """A made-up name."""
    return random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.choice((1, 2, 2))))
