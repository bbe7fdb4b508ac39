"""Words that the Chinese patterns share: parts of the body, and what lies between two words."""

from app.clinical.triage.chinese_patterns import led

_END = ",，。!！?？;；"
_DENIED = r"[没无未]|不(?![停断住时由知光但仅止得了晓])|(?<!特)别"


def gap(most: int) -> str:
    """Up to so many letters of the same clause, with no negator among them."""
    return rf"(?:(?!{_DENIED})[^{_END}]){{0,{most}}}?"


def near(most: int) -> str:
    """The same, and no space either: some write a space for a comma."""
    return rf"(?:(?!{_DENIED})[^{_END}\s]){{0,{most}}}?"


def over(most: int) -> str:
    """Up to so many letters of the same sentence, over commas, with no negator among them."""
    return rf"(?:(?!{_DENIED})[^。!！?？;；]){{0,{most}}}?"


def not_after(letters: str, most: int, over_commas: bool = False) -> str:
    """None of the letters stands within so many before this place."""
    between = "." if over_commas else f"[^{_END}]"
    return "".join(rf"(?<![{letters}]{between}{{{far}}})" for far in range(most))


def some(most: int) -> str:
    """Up to so many letters of the same clause."""
    return rf"[^{_END}]{{0,{most}}}?"


def one_of(words: str) -> str:
    """Any of the words, which stand apart by spaces."""
    return f"(?:{led(words.split())})"


STOP = rf"(?=[{_END}\s]|$)"  # the clause ends here
ALL = "(?:都|就|也|全|又|马上|立马|立刻|一下子?|老是?|总是?|还|便|侪|直接|一起|还是|统统|通通)"

# Parts of the body
BELLY = one_of(
    "(?<!腿)肚子 肚脐 肚皮 肚肚 (?<!腿)肚 胃 腹部 小腹 下腹 上腹 腹 肠子 肠 心口窝下 刀口(?:下|底下|里) 胰"
)
CHEST = one_of(
    "胸口 心口 胸前区 心前区 前胸 胸前 左胸 右胸 胸部 胸腔 胸骨 胸膛 胸脯 胸里 胸廓 胸窝 心窝 心尖 心脏 心坎 "
    "胸(?!水|片|透|腺|罩|部?ct|围|膜|针|外|腔?镜|有成|中|怀|襟)"
)
MOUTH = one_of(
    "嘴巴 嘴里 嘴唇 嘴角 嘴皮 嘴 口腔 口里 口唇 口(?=里|内|生|舌|角|唇) 舌头 舌尖 舌苔?边 舌 牙龈 牙床 牙膛 牙肉 腮帮 上颚 上膛 颊 喉咙 嗓子眼 口腔黏膜"
)
EYES = one_of(
    "左眼 右眼 双眼 两眼 眼睛 单眼 只眼 眼前 眼里 眼珠 眼白 眼球 眼(?!泡|皮|袋|睑|眶|屎|药|科|镜|泪|胞|圈|下|熟|神|看|影|尾|袋)"
)
SKIN = one_of(
    "皮肤 脸上? 手背 手上 手指 手 胳膊 身上 身子 腿上? 背上? 后背 脖子 头皮 前胸 脚 嘴唇 皮 胳肢窝 腋下 额头 耳朵 屁股 肚皮上"
)
STOOL = one_of(
    "大便 (?<!小)便便? 大号 大解 解手 大手 屎 粑粑 粪 拉 解(?!决|释|除|放|药|说|痛|渴|热|暑|剖|馋) 擦 手纸 卫生纸 厕纸 草纸 马桶 便池 便盆 坐便 蹲坑 厕所 卫生间 茅坑 肛门 肛 屁股 屁眼 痔疮"
)
URINE = one_of("尿量? 小便 小手 小解 小溲 小号 夜尿")
LOOK = "[看瞅瞧望瞄盯读瞟]"
