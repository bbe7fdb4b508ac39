"""Numbers in free text: a temperature, and weight gained within a week."""

import re
from functools import lru_cache

from app.clinical.triage.status import Mention

# Fever from 38.0 degC; 2 kg in a week: settings that a clinic has yet to review.
FEVER_C = 38.0
USUAL_C = 37.0  # up to here a temperature is no complaint either
GAIN_KG = 2.0
A_WEIGHT_KG = 30.0  # so much and more is a weight, not a gain
_KG = {
    "k": 1.0, "jin": 0.5, "lb": 0.4536, "pound": 0.4536, "stone": 6.35,
}  # fmt: skip
_DIGITS = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "half a": 0.5, "couple of": 2,
}  # fmt: skip
_CELSIUS = re.compile(
    r"(?<![\d.])(?P<c>3[5-9]|4[0-2])(?P<f>[.,·点度](?:\d|半|五|六|七|八|九|一|二|三|四))?(?!\d)\s*"
    r"(?P<u>°|º|℃|c\b|deg|度|摄氏)?(?!\s*(?:kg|mg|%|cm|mm|岁|斤|公斤|块|码|床|天|year|min|次|元|ml|min))"
)
_CHINESE_C = re.compile(
    r"(?P<c>三十[五六七八九]|四十[一二]?)度?(?P<f>[点度]?[一二三四五六七八九半])?"
)
_FAHRENHEIT = re.compile(
    r"(?<![\d.])(?P<f>9[6-9]|10[0-7])(?P<d>\.\d)?(?!\d)\s*"
    r"(?P<u>°|º|f\b|deg)?(?!\s*(?:/|kg|mg|lb|pound|%|cm|mm))"
)
# A temperature of the weather or of a thing.
_AIR = re.compile(
    r"\b(?:outside|outdoors|in the shade|weather|heat ?wave|fridge|oven|sauna|greenhouse|pool)\b"
)
_HEAT = re.compile(
    r"fever|body|heat\b|chill|shiver|shaking|quilt|feve?r|on the dot|temp|therm|degree|"
    r"退到|又\d\d了|烧|热|体温|温度|度|量了|量的"
)
_OF_WEIGHT = re.compile(r"weigh|scales?\b|\bkgs?\b|kilo|\blbs?\b|pounds?\b|\bstones?\b|\bbp\b")
_GAINED = re.compile(
    r"gain|pil(?:ing|ed) (?:\w+ )?on|overnight|\bplus\b|more than|"
    r"kg since|kilos? since|pounds since|lbs since|gives? (?:you|me|him|her)|put(?:ting)? on|"
    r"in (?:\w+ )?(?:a|one|two|three|four|five|six|seven|\d) (?:days?|week)\b|"
    r"\bup\b|heavier|weight|scales?|added|increas|weigh|"
    r"\bon (?:in|since|over)\b|\+ ?\d"
)
_AMOUNT = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|half a|couple of|"
    r"\b(?:a|one|two|three|four|five|six|seven|eight|nine|ten)\b)(?P<h>\s*and (?:a )?half)?\s*"
    r"(?P<u>kgs?\b|kilos?\b|kilograms?\b|lbs?\b|pounds?\b|stone\b|jin\b)"
    r"(?P<t> and (?:a )?half)?"
)
_FROM_TO = re.compile(
    r"(?P<a>\d{2,3}(?:\.\d)?)\s*(?:kgs?|kilos?|lbs?|pounds?)?\s*"
    r"(?:to|->|→|[^.!?。！？]{0,30}?(?:now|today|this morning)|on \w+,)"
    r"[^.!?。！？\d]{0,8}(?P<b>\d{2,3}(?:\.\d)?)\s*"
    r"(?P<u>kgs?|kilos?|lbs?|pounds?)?"
)
WITHIN_WEEK = re.compile(
    r"\bweek(?:end)?\b|\bwk\b|\b[1-7] ?d\b|\bdays?\b|overnight|yesterday|"
    r"\bmornings\b|"
    r"\bw(?:ed|en)\w*day\b|\bth?u\w*rs?day\b|\bt[ue]+s?day\b|\bsat\w*day\b|"
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
)
LONGER = re.compile(
    r"(?<!this )(?<!of the )\bmonths?\b|\byears?\b(?! (?:old|of age))|\bweeks\b|\bper week\b"
)
LOST = re.compile(r"\blos(?:t|e|ing)\b")
_TEMPERATURE = re.compile(r"temp|体温")
_NOW_THEN = re.compile(
    r"(?P<b>\d{2,3}(?:\.\d)?)\s*(?P<u>kgs?|kilos?|lbs?|pounds?)[^.!?。！？\d]{0,20}?"
    r"(?:was|were|from|up from|compared to)"
    r"[^.!?。！？\d]{0,12}?(?P<a>\d{2,3}(?:\.\d)?)(?![\d/])"
)
_NOT_REACHED = re.compile(r"(?:没|不|未)有?(?:到|超过?|过|满|上|高于)\s*$|低于\s*$")
_WEATHER = re.compile(r"气温|外面|室外|天气|天热|水温|空调|室温|高温预警|weather|outside")
_ILL = re.compile(r"烧|体温|量|发热|fever|temp")
_CALLED_LOW = re.compile(r"(?:low[- ]grade|slight|mild|\blow)\s*$")
_SENTENCE = re.compile(r"(?:(?!\bbut\b)[^.!?。！？;；]|\.(?=\d))+|but")


def fever_measured(plain: str) -> list[Mention]:
    """Every temperature of 38.0 degC (100.4 F) or more."""
    return [
        mention
        for start, end, celsius in temperatures(plain)
        if celsius >= FEVER_C and not _meant_otherwise(plain, start, end)
        for mention in both(start, end, "fever", "other")
    ]


def _meant_otherwise(plain: str, start: int, end: int) -> bool:
    """Whether the number was not reached, or is of the weather."""
    if _NOT_REACHED.search(plain[max(0, start - 5) : start]):
        return True
    around = plain[max(0, start - 10) : end + 10]
    return bool(_WEATHER.search(around)) and not _ILL.search(around)


def low_fever(plain: str, one: Mention) -> bool:
    """Whether a fever that is named has a lower number, or is called low, beside it."""
    if one.code != "fever":
        return False
    start, end = max(0, one.start - 14), one.end + 24
    near = [value for at, _, value in temperatures(plain) if start <= at < end]
    if near:
        return max(near) < FEVER_C
    return bool(_CALLED_LOW.search(plain[start : one.start]))


def usual_temperature(plain: str, one: Mention) -> bool:
    """Whether what is named is a temperature up to 37 degC, which is no complaint."""
    if not _TEMPERATURE.match(plain, one.start, one.end):
        return False
    near = [value for at, _, value in temperatures(plain) if one.start <= at < one.end + 24]
    return bool(near) and max(near) <= USUAL_C


def weight_gained_fast(plain: str) -> list[Mention]:
    """A gain of 2 kg or more that is said to have taken a week or less."""
    found: list[Mention] = []
    for sentence in _SENTENCE.finditer(plain):
        said = sentence.group()
        if WITHIN_WEEK.search(said) and not LONGER.search(said) and not LOST.search(said):
            for match, kg in _gains_kg(said):
                if kg >= GAIN_KG:
                    start, end = (sentence.start() + at for at in match.span())
                    found += both(start, end, "rapid_weight_gain", "other")
    return found


def both(start: int, end: int, flag: str, family: str) -> list[Mention]:
    return [Mention(start, end, "red_flag", flag), Mention(start, end, "category", family)]


@lru_cache(maxsize=8)
def temperatures(plain: str) -> tuple[tuple[int, int, float], ...]:
    """Start, end and degrees Celsius of each number that is meant as a temperature."""
    found = [_celsius(match, plain) for match in _CELSIUS.finditer(plain)]
    found += [_spoken(match, plain) for match in _CHINESE_C.finditer(plain)]
    found += [_fahrenheit(match, plain) for match in _FAHRENHEIT.finditer(plain)]
    told = [one for one in found if one is not None]
    return tuple(one for one in told if not _of_the_air(plain, one[0], one[1]))


def _of_the_air(plain: str, start: int, end: int) -> bool:
    return bool(_AIR.search(plain[max(0, start - 25) : end + 25]))


def _heat(plain: str, match: re.Match[str]) -> bool:
    return bool(_HEAT.search(plain[max(0, match.start() - 25) : match.end() + 15]))


def _celsius(match: re.Match[str], plain: str) -> tuple[int, int, float] | None:
    """A number with a unit or a decimal stands for itself; a bare one needs a word of heat."""
    if not (match["f"] or match["u"] or _heat(plain, match)):
        return None
    return match.start(), match.end(), float(match["c"]) + _tenths(match["f"])


def _tenths(part: str | None) -> float:
    if not part:
        return 0.0
    last = part[-1]
    return 0.5 if last == "半" else (int(last) if last.isdigit() else _DIGITS[last]) / 10


def _spoken(match: re.Match[str], plain: str) -> tuple[int, int, float] | None:
    if not _heat(plain, match):
        return None
    tens = 30 if match["c"].startswith("三") else 40
    ones = match["c"][2:]
    return match.start(), match.end(), tens + (_DIGITS[ones] if ones else 0) + _tenths(match["f"])


def _fahrenheit(match: re.Match[str], plain: str) -> tuple[int, int, float] | None:
    around = plain[max(0, match.start() - 80) : match.end() + 40]
    bare = match["d"] is None or _OF_WEIGHT.search(around) is not None
    if not match["u"] and bare and not _heat(plain, match):
        return None
    degrees = float(match["f"]) + float(match["d"] or 0)
    return match.start(), match.end(), round((degrees - 32) * 5 / 9, 2)


def _gains_kg(said: str) -> list[tuple[re.Match[str], float]]:
    """Every gain that is told in the sentence, in kg."""
    amounts = [(match, _amount_kg(match)) for match in _AMOUNT.finditer(said)]
    gained = _GAINED.search(said)
    gains = [one for one in amounts if gained and one[1] < A_WEIGHT_KG]
    for match in (*_FROM_TO.finditer(said), *_NOW_THEN.finditer(said)):
        kg = (float(match["b"]) - float(match["a"])) * unit_kg(match["u"] or "kg")
        gains.append((match, kg))
    return gains


def _amount_kg(match: re.Match[str]) -> float:
    number = match["n"]
    value = float(number) if number[0].isdigit() else float(_DIGITS[number])
    half = 0.5 if match["h"] or match["t"] else 0.0
    return (value + half) * unit_kg(match["u"])


def unit_kg(unit: str) -> float:
    """Kilograms in a unit, by how its name begins."""
    return next(kg for name, kg in _KG.items() if unit.startswith(name))
