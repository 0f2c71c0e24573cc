"""What kind of browser a user agent text names: enough for its owner to know it again. Pure."""

_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("AlipayClient", "Alipay"), ("HuaweiBrowser", "Huawei"), ("MiuiBrowser", "Xiaomi"),
    ("QQBrowser", "QQ"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"),
    ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("UOS", "UOS"), ("Linux", "Linux"),
)  # fmt: skip
"""The more particular first: nearly every browser also calls itself Chrome, Safari and Linux."""


def family(agent: str) -> str:
    """`Chrome · Windows`; empty for what names neither. Versions are left out: an update makes no new device."""
    named = (next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS))
    return " · ".join(filter(None, named))
