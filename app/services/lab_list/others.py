"""Names of a list that are none of ours: whether they are another analyte's, or ours misspelt.

What is another analyte for certain is on `_OTHERS` or says so (`_SAYS_OTHER`); of what remains a
name that resembles one of ours is not passed over, for a result could be lost with it. The lists
and distances are the project's own [own].
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from app.services.lab_list.names import NAMES, folded

# Usual analytes whose names lie a letter from one of ours, or hold one.
_SPELT = (
    "pct alb aso afp crp cea cys-c ck ck-mb ggt glb glo tba tp hct mcv mch mchc mpv pdw nrbc nrbc# "
    "a1c hba1c hb-a1c hbsag ana aca ada dbil d-bil ibil i-bil ucr u-cr ccr cl esr rdw ret p-lcr "
    "p-lcc cpk apo-a apoa1 apob glu ldh pa uric-acid albumin prealbumin t-spot.tb bact egfr bun "
    "肌红蛋白 酸性磷酸酶 白蛋白 球蛋白 血沉 肌酸 结合珠蛋白 globulin myoglobin troponin urea "
    "acid-phosphatase creatine creatine-kinase"
)
_OTHERS = frozenset(folded(one) for one in _SPELT.split())
_SAYS_OTHER = re.compile(
    "%|百分|比率|比例|比值|分类|平均|宽度|压积|比容|体积|直接|间接|结合|胆汁酸|网织|有核|异型|幼稚|"
    "未成熟|去甲|代谢|清除|滤过|糖化|碳氧|高铁|还原|游离|沉降|介素|酯酶|聚集|抗体|管型|镜检|形态|亚群|"
    "大血小板|骨碱|骨源|同工|线粒体|^[tb]淋巴|^尿|^粪|^便|^脑脊液|^胸水|^腹水|desmethyl|cgp|metabolite|"
    "percent|conjugated|reticulocyte|nucleated|clearance|antibod|isoenzyme|glycated"
)
_OTHER_WORDS = {
    "mean", "width", "volume", "ratio", "direct", "indirect", "urine", "urinary", "stool", "csf",
}  # fmt: skip
_NOT_BLOOD = re.compile(
    "尿|粪|便|痰|脑脊液|胸水|腹水|胸腔|腹腔|引流|体液|关节|羊水|骨髓|唾液|urin|stool|faec|fec|sputum|"
    "csf|cerebrospinal|fluid|ascit|pleural|marrow|saliva"
)
_LONGEST_FIRST = sorted(NAMES, key=len, reverse=True)
_LONG = 8  # letters of a name that may have two slips, and none but Latin ones


def is_not_blood(specimen: str) -> bool:
    """Whether a specimen, as a list names it, is none of blood: its results are not kept here."""
    return bool(_NOT_BLOOD.search(folded(specimen)))


@lru_cache(maxsize=2048)
def resembles(name: str) -> str | None:
    """The analyte of ours that a name, which is none of ours, may have meant; None where none."""
    word = folded(name)
    words = frozenset(re.split(r"[\W_]+", unicodedata.normalize("NFKC", name).casefold()))
    if word in _OTHERS or _SAYS_OTHER.search(word) or words & _OTHER_WORDS:
        return None
    if len({NAMES[one] for one in words & NAMES.keys()}) > 1:  # a ratio, like AST/ALT
        return None
    return next((NAMES[own] for own in _LONGEST_FIRST if _is_near(word, words, own)), None)


def _is_near(word: str, words: frozenset[str], own: str) -> bool:
    if own in words or (own in word and (len(own) > 4 or not own.isascii())):
        return True
    slips = 2 if own.isascii() and len(own) >= _LONG else 1
    return len(own) > 2 and len(word) > 2 and _distance(word, own, slips) <= slips


def _distance(one: str, other: str, most: int) -> int:
    """Letters left out, put in, changed, or changed about with the next; above `most` any."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    if sorted(one) == sorted(other) and _are_turned(one, other):
        return 1
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        above, row = row, [at]
        for place, (left_of, own) in enumerate(pairwise(above)):
            changed = left_of + (letter != other[place])
            row.append(min(changed, own + 1, row[-1] + 1))
    return row[-1]


def _are_turned(one: str, other: str) -> bool:
    """Two letters beside each other stand the other way round."""
    differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(differ) == 2 and differ[1] == differ[0] + 1
