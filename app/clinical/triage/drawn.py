"""Blood that was drawn for a test is no bleeding: it is read as the sample that it is.

Each letter keeps its place.
"""

import re

_TIME = r"[0-9零一二三四五六七八九十两]+(?:点半?|[:时分号日])?"
_BETWEEN = (
    r"(?:是|都|也|刚|已经?|还没有?|没有?|还|昨天|今天|前天|早上|早晨|上午|中午|下午|晚上|"
    rf"医院|护士|在|给我|{_TIME})"
)
_CHINESE = re.compile(
    rf"(?<![便吐咳呕尿出流渗鼻带见有口])血(?={_BETWEEN}{{0,6}}抽(?![搐筋痛疼]))|(?<=抽的)血(?![丝块便])"
)
_ENGLISH = re.compile(
    r"\bblood(?= (?:was|is|has been|had been|got|were)"
    r"(?: just| already| finally)? (?:drawn|taken)\b)"
)


def as_samples(plain: str) -> str:
    """The text with blood that was drawn called a sample, letter for letter."""
    return _ENGLISH.sub("tubes", _CHINESE.sub("样", plain))
