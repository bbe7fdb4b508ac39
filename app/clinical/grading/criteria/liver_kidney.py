"""Liver and kidney: terms and criteria of CTCAE v5.0 (NCI, 27 November 2017), as printed."""

from app.clinical.grading.term import Term

TERMS = (
    Term(
        "alanine_aminotransferase_increased",
        "Alanine aminotransferase increased",
        "10001551",
        "liver",
        {
            1: (
                ">ULN - 3.0 x ULN if baseline was normal; 1.5 - 3.0 x baseline if baseline "
                "was abnormal"
            ),
            2: (
                ">3.0 - 5.0 x ULN if baseline was normal; >3.0 - 5.0 x baseline if baseline "
                "was abnormal"
            ),
            3: (
                ">5.0 - 20.0 x ULN if baseline was normal; >5.0 - 20.0 x baseline if "
                "baseline was abnormal"
            ),
            4: (">20.0 x ULN if baseline was normal; >20.0 x baseline if baseline was abnormal"),
        },
    ),
    Term(
        "aspartate_aminotransferase_increased",
        "Aspartate aminotransferase increased",
        "10003481",
        "liver",
        {
            1: (
                ">ULN - 3.0 x ULN if baseline was normal; 1.5 - 3.0 x baseline if baseline "
                "was abnormal"
            ),
            2: (
                ">3.0 - 5.0 x ULN if baseline was normal; >3.0 - 5.0 x baseline if baseline "
                "was abnormal"
            ),
            3: (
                ">5.0 - 20.0 x ULN if baseline was normal; >5.0 - 20.0 x baseline if "
                "baseline was abnormal"
            ),
            4: (">20.0 x ULN if baseline was normal; >20.0 x baseline if baseline was abnormal"),
        },
    ),
    Term(
        "blood_bilirubin_increased",
        "Blood bilirubin increased",
        "10005364",
        "liver",
        {
            1: (
                ">ULN - 1.5 x ULN if baseline was normal; > 1.0 - 1.5 x baseline if baseline "
                "was abnormal"
            ),
            2: (
                ">1.5 - 3.0 x ULN if baseline was normal; >1.5 - 3.0 x baseline if baseline "
                "was abnormal"
            ),
            3: (
                ">3.0 - 10.0 x ULN if baseline was normal; >3.0 - 10.0 x baseline if "
                "baseline was abnormal"
            ),
            4: (">10.0 x ULN if baseline was normal; >10.0 x baseline if baseline was abnormal"),
        },
    ),
    Term(
        "alkaline_phosphatase_increased",
        "Alkaline phosphatase increased",
        "10001675",
        "liver",
        {
            1: (
                ">ULN - 2.5 x ULN if baseline was normal; 2.0 - 2.5 x baseline if baseline "
                "was abnormal"
            ),
            2: (
                ">2.5 - 5.0 x ULN if baseline was normal; >2.5 - 5.0 x baseline if baseline "
                "was abnormal"
            ),
            3: (
                ">5.0 - 20.0 x ULN if baseline was normal; >5.0 - 20.0 x baseline if "
                "baseline was abnormal"
            ),
            4: (">20.0 x ULN if baseline was normal; >20.0 x baseline if baseline was abnormal"),
        },
    ),
    Term(
        "creatinine_increased",
        "Creatinine increased",
        "10011368",
        "kidney",
        {
            1: ">ULN - 1.5 x ULN",
            2: ">1.5 - 3.0 x baseline; >1.5 - 3.0 x ULN",
            3: ">3.0 x baseline; >3.0 - 6.0 x ULN",
            4: ">6.0 x ULN",
        },
    ),
)
