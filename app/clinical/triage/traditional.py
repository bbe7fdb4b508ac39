"""Traditional characters that name symptoms, each as its simplified form."""

_TRADITIONAL = (
    "腫癢嘔瀉頭暈發燒熱體溫噁惡習無氣悶淚視線見雙開藥醫嚴厲腳臉膚紅乾齦嚨壓緊時個週禮"
    "過沒還說話會讓從點來種樣這邊與雖長減飯當後關節彎痙攣軟難認為實經歷臟臥黃潰瘍爛脫"
    "東嚥塊漲脹淺襪戶飲復術陣糢霧麼絞劇間隻斷續"
)
_SIMPLIFIED = (
    "肿痒呕泻头晕发烧热体温恶恶习无气闷泪视线见双开药医严厉脚脸肤红干龈咙压紧时个周礼"
    "过没还说话会让从点来种样这边与虽长减饭当后关节弯痉挛软难认为实经历脏卧黄溃疡烂脱"
    "东咽块涨胀浅袜户饮复术阵模雾么绞剧间只断续"
)
SIMPLIFIED: dict[str, str] = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
