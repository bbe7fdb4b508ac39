"""Time zones by what a person calls the place: a city or a country, in Chinese or English.

Names are those of CLDR (Babel) and of the zone database itself.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

_LOCALES = {"zh-CN": "zh_CN", "en": "en"}
MOST = 9
# All of China's mainland keeps one official time; CLDR names Shanghai and Urumqi alone.
_ON_BEIJING_TIME = (
    "北京", "Beijing", "武汉", "Wuhan", "重庆", "Chongqing", "广州", "Guangzhou",
    "深圳", "Shenzhen", "成都", "Chengdu", "天津", "Tianjin", "南京", "Nanjing",
    "杭州", "Hangzhou", "长沙", "Changsha", "郑州", "Zhengzhou", "沈阳", "Shenyang",
    "昆明", "Kunming", "哈尔滨", "Harbin", "西安", "济南", "合肥", "福州", "南昌",
    "石家庄", "太原", "南宁", "贵阳", "兰州", "海口", "青岛", "大连", "厦门", "宁波",
)  # fmt: skip


def zones_named(text: str) -> list[str]:
    """The zones of a city, or of a country; the nearest match first, nine at most."""
    wanted = _plain(text)
    names = _by_name()
    if not wanted:
        return []
    if wanted in names:
        return list(names[wanted])[:MOST]
    if len(wanted) < 2:
        return []
    found = [zone for name, zones in names.items() if name.startswith(wanted) for zone in zones]
    return list(dict.fromkeys(found))[:MOST]


def is_zone(name: str) -> bool:
    """Whether this is a place of the zone database, as it is written there."""
    return "/" in name and name in _all()


@cache
def _all() -> frozenset[str]:
    return frozenset(available_timezones())


def city_of(zone: str, language: str) -> str:
    """What a zone's city is called."""
    told = _locale(language).time_zones
    cities = (told.get(name, {}).get("city") for name in (zone, *_once_called().get(zone, ())))
    own = zone.rpartition("/")[2].replace("_", " ")
    return str(next((city for city in cities if city), own))


@cache
def _once_called() -> Mapping[str, tuple[str, ...]]:
    """Older names of a zone: CLDR may keep a city under one of them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for older, zone in get_global("zone_aliases").items():
        found[zone].append(older)
    return {zone: tuple(names) for zone, names in found.items()}


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, zone in (*_cities(), *_countries(), *_in_the_database()):
        names[_plain(name)].setdefault(zone)
    return {name: tuple(zones) for name, zones in names.items()}


def _cities() -> Iterator[tuple[str, str]]:
    for city in _ON_BEIJING_TIME:
        yield city, "Asia/Shanghai"
    for zone in _known():
        for language in _LOCALES:
            yield city_of(zone, language), zone


def _countries() -> Iterator[tuple[str, str]]:
    territories = get_global("zone_territories")
    for zone in _known():
        for language in _LOCALES:
            named = _locale(language).territories
            yield named.get(territories[zone], territories[zone]), zone


def _in_the_database() -> Iterator[tuple[str, str]]:
    """Older and further names, such as Asia/Chongqing, where CLDR has none of that city."""
    cities = {_plain(name) for name, _ in _cities()}
    for zone in sorted(_all()):
        city = zone.rpartition("/")[2].replace("_", " ")
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")) and _plain(city) not in cities:
            yield city, zone


@cache
def _known() -> tuple[str, ...]:
    """Those of the large cities first, so that they lead a country's list."""
    found, large = _all(), set(get_global("windows_zone_mapping").values())
    known = [zone for zone in get_global("zone_territories") if zone in found]
    return tuple(sorted(known, key=lambda zone: (zone not in large, zone)))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[language])


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in spread if c.isalnum()).removesuffix("市")
