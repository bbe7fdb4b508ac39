"""How laboratories write analytes, units and the headings of a list, in Chinese and English.

Everything is looked up folded (`folded`): the width, case, blanks and punctuation of a word do not
count. The spellings are the project's own collection [own]; what is not among them is refused with
what would be understood, never guessed.
"""

import re
import unicodedata
from collections.abc import Mapping

from app.clinical.grading import ANALYTES, UNITS
from app.clinical.units import UG_PER_L_IN

IMATINIB = "imatinib"

_ANALYTES: Mapping[str, str] = {
    IMATINIB: "伊马替尼 伊马替尼血药浓度 伊马替尼浓度 伊马替尼谷浓度 甲磺酸伊马替尼 血药浓度 "
    "谷浓度 imatinib imatinib-trough imatinib-mesylate",
    "haemoglobin": "血红蛋白 血红蛋白浓度 血红蛋白测定 hb hgb haemoglobin hemoglobin",
    "RBC": "红细胞 红细胞计数 红细胞数 rbc red-blood-cells erythrocytes",
    "WBC": "白细胞 白细胞计数 白细胞数 白细胞总数 wbc white-blood-cells leukocytes leucocytes",
    "neutrophils": "中性粒细胞 中性粒细胞计数 中性粒细胞数 中性粒细胞绝对值 中性粒细胞# "
    "neut neu neut# neu# anc neutrophils neutrophil neutrophil-count",
    "lymphocytes": "淋巴细胞 淋巴细胞计数 淋巴细胞数 淋巴细胞绝对值 淋巴细胞# "
    "lymph lym lymph# lym# alc lymphocytes lymphocyte lymphocyte-count",
    "platelets": "血小板 血小板计数 血小板数 plt platelets platelet platelet-count",
    "ALT": "谷丙转氨酶 丙氨酸氨基转移酶 丙氨酸转氨酶 alt gpt alat sgpt",
    "AST": "谷草转氨酶 天门冬氨酸氨基转移酶 天冬氨酸氨基转移酶 天冬氨酸转氨酶 ast got asat sgot",
    "bilirubin": "总胆红素 胆红素 tbil t-bil tb bilirubin total-bilirubin bilirubin-total",
    "ALP": "碱性磷酸酶 alp akp alkaline-phosphatase",
    "creatinine": "肌酐 血肌酐 血清肌酐 cr crea cre scr creatinine",
}

_UNITS: Mapping[str, str] = {
    "ug/L": "ug/l", "ng/mL": "ng/ml", "mg/L": "mg/l ug/ml", "umol/L": "umol/l",
    "g/L": "g/l", "g/dL": "g/dl", "mmol/L": "mmol/l", "mg/dL": "mg/dl",
    "10^9/L": "10^9/l 109/l 10^9 g/l 10^3/ul 103/ul k/ul 10^3/mm3",
    "10^12/L": "10^12/l 1012/l 10^12 t/l 10^6/ul 106/ul m/ul 10^6/mm3",
    "/mm3": "/mm3 /mm^3 /ul cells/ul cells/mm3 个/ul",
    "U/L": "u/l iu/l [iu]/l 单位/升",
}  # fmt: skip

HEADINGS: Mapping[str, str] = {
    "patient": "患者编号 患者编码 患者代码 患者号 患者 病人编号 受试者编号 受试者代码 受试者 "
    "patient patient-code patient-id patient-no patient-number subject subject-id code",
    "sample": "样本号 标签样本号 sample",
    "day": "采样日期 采血日期 采集日期 抽血日期 "
    "draw-date sample-date sampling-date collection-date",
    "drawn_at": "采样时间 采血时间 采集时间 抽血时间 标本采集时间 采样日期时间 采血日期时间 "
    "drawn-at draw-time collected-at collection-time sampling-time sample-time drawn collected",
    "last_dose_at": "末次服药时间 末次给药时间 末次用药时间 上次服药时间 最后服药时间 服药时间 "
    "last-dose-at last-dose last-dose-time dose-taken-at dose-time",
    "analyte": "项目 检验项目 检测项目 项目名称 检查项目 分析物 指标 "
    "analyte test test-name item parameter assay",
    "result": "结果 检测结果 检验结果 测定结果 结果值 测定值 检测值 浓度 血药浓度 伊马替尼浓度 "
    "result value concentration test-result level",
    "unit": "单位 结果单位 计量单位 unit units",
    "lln": "参考下限 参考值下限 参考范围下限 正常下限 下限 "
    "lln lower-limit reference-low ref-low lower-reference-limit low",
    "uln": "参考上限 参考值上限 参考范围上限 正常上限 上限 "
    "uln upper-limit reference-high ref-high upper-reference-limit high",
    "range": "参考范围 参考区间 参考值 参考值范围 正常范围 reference-range ref-range normal-range",
    "lloq": "定量下限 lloq loq lower-limit-of-quantification",
    "uloq": "定量上限 uloq upper-limit-of-quantification",
    "baseline": "基线 基线值 baseline",
    "specimen": "标本类型 样本类型 标本种类 样本种类 标本类别 样本类别 specimen specimen-type "
    "sample-type",
    "confirmed": "已核对 已确认 核对 确认 confirmed checked",
}

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def analyte_called(name: str) -> str | None:
    """The analyte of a name, `imatinib` of a level; None where it is none that is kept here."""
    return NAMES.get(folded(name))


def unit_called(name: str, analyte: str) -> str | None:
    """The unit as it is spelt here: the first of those that fit the analyte and the name."""
    fitting = UG_PER_L_IN if analyte == IMATINIB else UNITS[analyte]
    meant = _BY_UNIT.get(folded_unit(name), ())
    return next((unit for unit in meant if unit in fitting), None)


def fitting_units(analyte: str) -> tuple[str, ...]:
    return tuple(UG_PER_L_IN) if analyte == IMATINIB else UNITS[analyte]


def column_called(heading: str) -> str | None:
    """Which of our columns a heading means, without a unit in brackets behind it."""
    return _BY_HEADING.get(folded(bare(heading)))


def bare(heading: str) -> str:
    return re.sub(r"[(\[（【].*$", "", heading)


def unit_in(heading: str) -> str:
    """The unit that stands in brackets behind a heading, or nothing."""
    found = re.search(r"[(\[（【](.+?)[)\]）】]\s*$", heading)
    return found[1].strip() if found else ""


def folded(word: str) -> str:
    """Of one width and case, without blanks and what only parts words."""
    return re.sub(r"[\s_\-—:：.*]+", "", unicodedata.normalize("NFKC", word)).casefold()


def folded_unit(name: str) -> str:
    """As `folded`; powers become ^, a leading times sign is left out, micro is u."""
    raised = re.sub(r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + m[0].translate(_RAISED), name)
    plain = unicodedata.normalize("NFKC", raised).casefold().replace("\u03bc", "u")
    plain = re.sub(r"\s+", "", plain).replace("微", "u")
    plain = re.sub(r"^[x×*·]+(?=10)", "", plain)
    return re.sub(r"(?<=10)(\*\*|\*|e\+?0?|\^)(?=\d)", "^", plain)


def _turned(spellings: Mapping[str, str]) -> dict[str, str]:
    return {folded(one): name for name, all_of in spellings.items() for one in all_of.split()}


def _units_turned() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for unit, spellings in _UNITS.items():
        for one in spellings.split():
            found[one] = (*found.get(one, ()), unit)
    return found


NAMES: Mapping[str, str] = {**_turned(_ANALYTES), **{folded(one): one for one in ANALYTES}}
_BY_HEADING = _turned(HEADINGS)
_BY_UNIT = _units_turned()
