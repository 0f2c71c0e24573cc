"""What can be told about 云汀市: classes of components and events in the manner of digital urban management.

Components have the codes of CJ/T 214, as those in the streets of the demo city have; events follow from 11.
"""

from collections.abc import Iterator

from zhongshu.registers.catalogue.rules import CategoryRow, Kind

CITY, VENDING, COVER, NOISE = "city-event", "street-vending", "manhole-cover", "noise"

_COMPONENTS = (
    ("01", "公用设施", "Public utilities", ""),
    ("0101", "上水井盖", "Water supply manhole cover", COVER),
    ("0102", "污水井盖", "Sewer manhole cover", COVER),
    ("0103", "雨水井盖", "Storm drain manhole cover", COVER),
    ("0104", "雨水箅子", "Storm drain grating", CITY),
    ("0105", "电力井盖", "Power manhole cover", COVER),
    ("0107", "通信井盖", "Telecom manhole cover", COVER),
    ("0110", "热力井盖", "Heating manhole cover", COVER),
    ("0111", "燃气井盖", "Gas manhole cover", COVER),
    ("0113", "消防设施(消火栓)", "Fire hydrant", CITY),
    ("0114", "无主井盖", "Manhole cover of unknown owner", COVER),
    ("0117", "立杆", "Pole", CITY),
    ("0118", "路灯", "Street lamp", CITY),
    ("0126", "健身设施", "Fitness equipment", CITY),
    ("02", "道路交通", "Roads and traffic", ""),
    ("0203", "公交站亭", "Bus shelter", CITY),
    ("0205", "过街天桥", "Footbridge", CITY),
    ("0206", "地下通道", "Underpass", CITY),
    ("0209", "交通标志牌", "Traffic sign", CITY),
    ("0211", "交通护栏", "Traffic barrier", CITY),
    ("0213", "路名牌", "Street name sign", CITY),
    ("0214", "交通信号灯", "Traffic light", CITY),
    ("03", "市容环境", "City environment", ""),
    ("0301", "公共厕所", "Public toilet", CITY),
    ("0304", "垃圾收集点", "Waste collection point", CITY),
    ("0305", "垃圾箱", "Litter bin", CITY),
    ("0307", "广告牌匾", "Signboard", CITY),
    ("04", "园林绿化", "Parks and greenery", ""),
    ("0401", "古树名木", "Veteran tree", CITY),
    ("0402", "行道树", "Street tree", CITY),
    ("0405", "绿地", "Lawn or planting", CITY),
    ("0406", "城市雕塑", "Sculpture", CITY),
    ("0407", "街头坐椅", "Street bench", CITY),
    ("05", "其他设施", "Other facilities", ""),
    ("0501", "河道护栏", "Riverside railing", CITY),
    ("0502", "防汛设施", "Flood defence", CITY),
    ("0503", "宣传栏", "Notice board", CITY),
)

_EVENTS = (
    ("11", "市容卫生", "City cleanliness", ""),
    ("1101", "暴露垃圾", "Exposed rubbish", CITY),
    ("1102", "积存渣土", "Heaps of spoil", CITY),
    ("1103", "道路不洁", "Dirty road", CITY),
    ("1104", "水域不洁", "Dirty water", CITY),
    ("1105", "绿地脏乱", "Untidy greenery", CITY),
    ("1106", "私搭乱建", "Unpermitted building", CITY),
    ("1107", "垃圾满溢", "Overflowing bin", CITY),
    ("1108", "餐饮油烟", "Kitchen fumes", CITY),
    ("1109", "焚烧垃圾树叶", "Burning of rubbish or leaves", CITY),
    ("1110", "动物尸骸", "Dead animal", CITY),
    ("12", "宣传广告", "Advertising", ""),
    ("1201", "非法小广告", "Illegal stickers", CITY),
    ("1202", "违规户外广告", "Unpermitted billboard", CITY),
    ("1203", "违规牌匾标识", "Unpermitted shop sign", CITY),
    ("1204", "占道宣传", "Promotion blocking the way", CITY),
    ("1205", "广告破损", "Damaged billboard", CITY),
    ("13", "施工管理", "Building work", ""),
    ("1301", "施工扬尘", "Dust from building work", CITY),
    ("1302", "施工噪声", "Noise from building work", NOISE),
    ("1303", "道路遗撒", "Spill on the road", CITY),
    ("1304", "违规占道施工", "Unpermitted road works", CITY),
    ("1305", "工地围挡破损", "Damaged site fence", CITY),
    ("1306", "施工废弃料", "Building waste left behind", CITY),
    ("14", "街面秩序", "Street order", ""),
    ("1401", "流动摊贩", "Street vendors", VENDING),
    ("1402", "占道经营", "Trading on the road", VENDING),
    ("1403", "店外经营", "Shop spilling out", VENDING),
    ("1404", "露天烧烤", "Open-air barbecue", VENDING),
    ("1405", "机动车乱停放", "Badly parked cars", CITY),
    ("1406", "非机动车乱停放", "Badly parked bicycles", CITY),
    ("1407", "共享单车堆积", "Piled-up shared bicycles", CITY),
    ("1408", "占道堆物", "Things left on the way", CITY),
    ("15", "突发事件", "Sudden events", ""),
    ("1501", "路面塌陷", "Road collapse", CITY),
    ("1502", "道路积水", "Flooded road", CITY),
    ("1503", "道路积雪结冰", "Snow or ice on the road", CITY),
    ("1504", "供水管道破裂", "Burst water main", CITY),
    ("1505", "燃气管道泄漏", "Gas leak", CITY),
    ("1506", "热力管道破裂", "Burst heating main", CITY),
    ("1507", "树木倒伏", "Fallen tree", CITY),
    ("1508", "架空线缆脱落", "Fallen cable", CITY),
    ("1509", "道路破损", "Damaged road surface", CITY),
    ("16", "噪声扰民", "Noise", ""),
    ("1601", "商业噪声", "Noise from shops and venues", NOISE),
    ("1602", "广场舞噪声", "Noise from dancing outdoors", NOISE),
    ("1603", "夜间生活噪声", "Neighbours' noise at night", NOISE),
    ("1604", "工业噪声", "Noise from a plant", NOISE),
    ("1605", "车辆鸣笛炸街", "Horns and roaring engines", NOISE),
)


def _rows(kind: Kind, listed: tuple[tuple[str, str, str, str], ...]) -> Iterator[CategoryRow]:
    return (CategoryRow(code, name, name_en, kind, scenario) for code, name, name_en, scenario in listed)


ROWS: tuple[CategoryRow, ...] = (*_rows("component", _COMPONENTS), *_rows("event", _EVENTS))
"""The whole tree by code; nothing is told under a class itself, so classes have no scenario."""
