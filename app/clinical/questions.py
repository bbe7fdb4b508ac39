"""Whether a patient's own words ask something of the staff. The rules are the project's own [own].

A sentence taken for a question by mistake costs a nurse one look; nothing is answered by a machine.
"""

import re

_GREETING = r"(?:(?:hi|hello|dear|please|doctor|nurse|good \w+|and|so|but|then)[\s,.!]+)*"
_ENGLISH = re.compile(
    rf"(?:^|[.!\n]\s*){_GREETING}"
    r"(?:can|could|may|should|shall|must|would|will|do|does|did|is|are|am|was|"
    r"what|when|where|which|who|why|how) "
    r"(?:i|it|we|my|the|this|that|there|you|he|she|they|much|many|long|often|soon|to|is|are|should"
    r"|can|do|time|about)\b"
)  # fmt: skip
_CHINESE = re.compile(
    "能不能|可不可以|可以.{0,30}[吗么嘛]|能.{0,30}[吗么嘛]|要不要|用不用|需不需要|该不该|应不应该|"
    "是不是|行不行|好不好|有没有关系|要紧[吗不]|怎么办|咋办|怎么吃|怎么服|请问|想问|问一下|"
    "什么时候|多久|几点|多少[^都也]|为什么|为啥|[吗么]$"
)  # fmt: skip
_MARK = re.compile("[?？؟]")


def is_question(text: str) -> bool:
    """Whether the words ask something: by a question mark, or by how they begin or end."""
    plain = " ".join(text.lower().split())
    ended = plain.rstrip("。.!！~ ")
    return bool(_MARK.search(plain) or _ENGLISH.search(plain) or _CHINESE.search(ended))
