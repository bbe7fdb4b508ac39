"""What patients tell, and what it must set off: written by hand from CTCAE."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """Taps in order; the grades that they mean, and the families in which they call a nurse."""

    name: str
    taps: tuple[str, ...]
    grades: dict[str, int]
    calls: tuple[str, ...] = ()  # families, whatever was told before
    flag: bool = False  # by a red flag


_NAUSEA = ("go:symptoms", "symptoms.which:gi", "symptoms.gi.one:nausea")
_ITCH = ("go:symptoms", "symptoms.which:skin", "symptoms.skin.one:pruritus")

WELL = Script("well", ("go:well",), {})
SCRIPTS = (
    Script("a little sick", (
        *_NAUSEA, "nausea.eating:as_usual", "nausea.consequences:no", "symptoms.last:ok",
    ), {"gi": 1}),
    Script("eats less", (
        *_NAUSEA, "nausea.eating:less", "nausea.consequences:no", "symptoms.last:ok",
    ), {"gi": 2}),
    Script("hardly eats", (
        *_NAUSEA, "nausea.eating:hardly", "symptoms.last:ok",
    ), {"gi": 3}, ("gi",)),
    Script("itches all the time", (
        *_ITCH, "pruritus.itch:constant", "symptoms.last:ok",
    ), {"skin": 3}, ("skin",)),
    Script("cannot go on", (
        *_NAUSEA, "nausea.eating:as_usual", "nausea.consequences:no", "symptoms.last:cannot",
        "red_flags.now:none",
    ), {"gi": 1}, ("gi",)),
    Script("chest pain", (
        *_NAUSEA, "nausea.eating:as_usual", "nausea.consequences:no", "symptoms.last:chest_pain",
    ), {"gi": 1}, ("other",), flag=True),
)  # fmt: skip
SHARES = (30, 20, 12, 10, 8, 8)  # of reports that tell of something


@dataclass(frozen=True, slots=True)
class Words:
    """Free text in both languages, and the families that its red flags call for."""

    english: str
    chinese: str
    calls: tuple[str, ...] = ()


WORDS = (
    Words("Can I drink coffee?", "可以喝咖啡吗？"),
    Words("Thank you, nurse, the weather is fine.", "谢谢护士，今天天气很好"),
    Words("My eyelids are a little swollen", "眼睑有点肿"),
    Words("No chest pain today", "今天没有胸痛"),
    Words("I have crushing chest pain", "我胸口剧痛", ("other",)),
    Words("I vomited blood this morning", "今天早上吐血了", ("gi",)),
)  # fmt: skip
