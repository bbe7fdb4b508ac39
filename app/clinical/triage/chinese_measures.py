"""Weights in Chinese text: 2 kg or more gained within a week, told as a gain or as a series."""

import re
from collections.abc import Sequence
from itertools import islice

from app.clinical.triage.measures import GAIN_KG
from app.clinical.triage.status import Mention

_OFTEN = 30  # what is told so often is not looked for again
_NEAR = 22  # letters before an amount that can say of a gain
_LIGHTEST, _HEAVIEST = 30.0, 250.0  # a weight, in either unit
_PERSON_KG = 100.0  # a bare number above it is in 斤, the half of a kg
_SENTENCE = re.compile(r"(?:[^.!?。！？;；]|\.(?=\d))+")
_CLAUSE = re.compile(r"[^,，\s]+")
_DIGITS = {
    **{digit: at for at, digit in enumerate("零一二三四五六七八九")},
    "两": 2,
    "俩": 2,
    "仨": 3,
    "〇": 0,
}
_HAN_NUMBER = r"[一二两三四五六七八九]?百零?[一二三四五六七八九]?十?[一二三四五六七八九]?|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两俩三仨四五六七八九]"
_NUMBER = rf"(?:\d+(?:\.\d+)?|(?:{_HAN_NUMBER})(?:点[零一二三四五六七八九]+)?|半)"
_UNIT = r"(?:公斤|千克|kgs?|kilos?|k(?![a-z])|市?斤)"
_AMOUNT = re.compile(
    rf"(?P<n>{_NUMBER}|好几|几)(?P<more>来|多)?(?P<h>个?半|点五)?个?多?(?P<u>{_UNIT})(?P<t>半|[一二三四五六七八九]两)?"
)
_GAINED = re.compile(
    r"\+(?=\d)|沉了|胖|重(?!复|要|新|量|点)|长(?!期|时)|涨|增|升|飙|加了?|多了|多出|多(?=\d)|窜|蹿|添|猛|上去|上来|鼓|出来|发福|肥|起来|胀|蹦|跳"
)
_LOST = re.compile(r"瘦|轻|掉|减|降|少了|下来|跌|没[长涨变增重胖]|不[长涨]|没有[长涨变增]")
_SCALE = re.compile(r"体[重众中]|称|秤|磅|斤|千克|kg|公斤|胖|重")
_WITHIN_WEEK = re.compile(
    r"(?:一|1|这个?|上个?|本|个|头|前|不到一?|半|整|成|近|最近一)(?:周|星期|礼拜)|(?<![十\d.])(?:[1-7几一两三四五六七俩仨]|三四|四五|五六|两三|六七|[1-6]到?[2-7]|[1-6][-~][2-7])(?:个)?(?:天|日(?!号))|"
    r"这(?:几|两)?[天日]|一[夜晚]|隔[天夜]|昨[天日晚]?|前[天日晚]|大前天|今[早天儿朝日晚]|周[一二三四五六日末天]|(?:星期|礼拜)[一二三四五六日天]|周内|[1-7]d\b|没几天|才几天|48小时|72小时|过个?(?:周末|年|节)"
)
_LONGER = re.compile(
    r"月(?!经)|年(?!糕|货|夜饭)|[两三四五六七八几好2-9]个?(?:多)?(?:周|星期|礼拜)(?![一二三四五六日天])|(?:[1-9]\d|[89])[天日]|十[几来多一二三四五]?[天日]|[二三四五六]十[几多来]?天|半个月|每周|每个?(?:星期|礼拜)|术前|手术前|一向|一直[是在]|夏天|冬天|春节|入[冬夏秋春]"
)
_DATE = re.compile(r"(?<!\d)(\d{1,2})[号日](?!楼|床|线)")
_MONTH = re.compile(r"\d{1,2}月(?=\d{1,2}[号日]?)")
_WEIGHT = re.compile(
    rf"(?<![\d./])(?P<n>\d{{2,3}}(?:\.\d+)?|(?:[一二三四五六七八九]?百零?)?[一二三四五六七八九]?十[一二三四五六七八九]?(?:点[零一二三四五六七八九])?|[一二]百零?[一二三四五六七八九]?(?![零一二三四五六七八九十]))(?![\d./]|个|次|岁|片|粒|块|毫|分|小时|度|℃|年|月|床|楼|路|元|天|点\d|ml|mg|%|cm|日|号|多?天)\s*(?P<u>{_UNIT})?(?P<t>半)?"
)
_NOT_WEIGHT = re.compile(
    r"血压|高压|低压|心率|心跳|血糖|脉搏|体温|血氧|吃了?|血小板|白细胞|血红|岁|今年|年纪|烧|温|鞋|胆红|酶|尿量"
)
_BACK = re.compile(r"之前|以前|前$|天前|原先|原来|上周|上个?(?:礼拜|星期)|昨|前天|那天|才$")
_NOW = re.compile(r"今|现在|这会|刚|如今|眼下|早上|早晨")


def weight_gained(plain: str) -> list[Mention]:
    """Every gain of 2 kg or more that is said to have taken a week or less."""
    found: list[Mention] = []
    for sentence in _SENTENCE.finditer(plain):
        lead = plain[max(0, sentence.start() - 8) : sentence.start()]
        for start, end, kg in _gains(sentence.group(), lead):
            if kg >= GAIN_KG:
                at = sentence.start()
                found.append(Mention(at + start, at + end, "red_flag", "rapid_weight_gain"))
                found.append(Mention(at + start, at + end, "category", "other"))
    return found


def _gains(said: str, lead: str) -> list[tuple[int, int, float]]:
    """Start, end and kg of each gain within a week that is told in the sentence."""
    return _amounts(said, lead) + _series(said)


def _amounts(said: str, lead: str) -> list[tuple[int, int, float]]:
    clauses = list(_CLAUSE.finditer(said))
    found = []
    for match in islice(_AMOUNT.finditer(said), _OFTEN):
        before = (lead + said[: match.start()])[-_NEAR:]
        here = _clause_at(clauses, match.start())
        if not _GAINED.search(before + said[match.start() : match.end() + 8]):
            continue
        if not _LOST.search(clauses[here].group()) and _in_a_week(clauses, here):
            found.append((match.start(), match.end(), _kg(match)))
    return [one for one in found if one[2] < _LIGHTEST / 2]


def _clause_at(clauses: Sequence[re.Match[str]], place: int) -> int:
    return next(at for at, one in enumerate(clauses) if place < one.end())


def _in_a_week(clauses: Sequence[re.Match[str]], here: int) -> bool:
    """What the clause of the gain says of time, else the nearest one before, else behind."""
    for one in (clauses[here], *reversed(clauses[:here]), *clauses[here + 1 :]):
        soon, long = _WITHIN_WEEK.search(one.group()), _LONGER.search(one.group())
        if soon and long:  # "the third month, this week": what stands nearer to the gain
            return soon.start() > long.start() or one is not clauses[here]
        if soon or long:
            return soon is not None
    return False


def _series(said: str) -> list[tuple[int, int, float]]:
    """Two weights and more, the first and the last of them, or those of then and of now."""
    if not _time_is_short(said):
        return []
    weights = [match for match in islice(_WEIGHT.finditer(said), _OFTEN) if _is_weight(said, match)]
    if len(weights) < 2:
        return []
    first, last = weights[0], weights[-1]
    lead = said[weights[-2].end() : last.start()]
    if not (_SCALE.search(said) or "." in said or _NOW.search(lead)):
        return []
    unit = next((one["u"] for one in weights if one["u"]), None)
    rise = (_value(last) - _value(first)) * _factor(unit, _value(first))
    if _BACK.search(lead) and ("前" in lead or _NOW.search(said[: first.start()])):
        rise = -rise  # the weight of now is told first
    return [(first.start(), last.end(), rise)] if rise < _LIGHTEST else []


def _is_weight(said: str, match: re.Match[str]) -> bool:
    nearby = said[max(0, match.start() - 8) : match.start()]
    likely = _LIGHTEST <= _value(match) <= _HEAVIEST
    return likely and not (_NOT_WEIGHT.search(nearby) and not match["u"])


def _time_is_short(said: str) -> bool:
    days = [int(day) for day in _DATE.findall(_MONTH.sub("", said))]
    if len(days) >= 2:
        return 0 <= days[-1] - days[0] <= 7
    rest = _MONTH.sub("", said)
    return bool(_WITHIN_WEEK.search(rest)) and not _LONGER.search(rest)


def _kg(match: re.Match[str]) -> float:
    half = 0.5 if match["h"] or match["t"] else 0.0
    number = 4.0 if "几" in match["n"] else _number(match["n"])
    return (number + half) * _factor(match["u"], 0.0)


def _value(match: re.Match[str]) -> float:
    return _number(match["n"]) + (0.5 if match["t"] else 0.0)


def _factor(unit: str | None, value: float) -> float:
    """Kilograms in a unit; a bare number of three digits is in 斤."""
    if unit is None:
        return 0.5 if value >= _PERSON_KG else 1.0
    return 0.5 if unit.endswith("斤") and unit != "公斤" else 1.0


def _number(said: str) -> float:
    """A number in digits or in Chinese: 61.5, 六十一点五, 一百零三, 一百三."""
    if said[0].isdigit():
        return float(said)
    if said == "半":
        return 0.5
    whole, _, tenths = said.partition("点")
    total, rest = 0, whole
    if "百" in rest:
        hundreds, _, rest = rest.partition("百")
        total = 100 * _DIGITS.get(hundreds, 1)
        if rest in _DIGITS:  # 一百三 is 130
            return float(total + 10 * _DIGITS[rest])
    if "十" in rest:
        tens, _, rest = rest.partition("十")
        total += 10 * _DIGITS.get(tens, 1)
    total += _DIGITS.get(rest[-1:], 0)
    return total + (_DIGITS[tenths[0]] / 10 if tenths else 0.0)
