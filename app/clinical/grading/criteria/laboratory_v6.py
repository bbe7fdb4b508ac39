"""Laboratory terms and criteria of CTCAE v6.0 (NCI, 10 July 2025), as printed.

The codes are those of v5.0: Lymphopenia and Thrombocytopenia are its lymphocyte and platelet
count decreased under new names.
"""

from app.clinical.grading.term import Term

# ALT and AST share their criteria.
_AMINOTRANSFERASE = {
    1: (
        ">ULN - 3.0 x ULN if baseline was normal or less than normal; 1.0 - 1.5 x "
        "baseline if baseline was >ULN"
    ),
    2: (
        ">3.0 - 5.0 x ULN if baseline was normal or less than normal; >1.5 - 2.0 x "
        "baseline if baseline was >ULN"
    ),
    3: (
        ">5.0 - 20.0 x ULN if baseline was normal or less than normal; >2.0 - 4.0 x "
        "baseline if baseline was >ULN up to 5 x ULN"
    ),
    4: (
        ">20.0 x ULN if baseline was normal or less than normal; >4.0 x baseline if "
        "baseline was >ULN"
    ),
}

TERMS = (
    Term(
        "anemia",
        "Anemia",
        "10002272",
        "marrow",
        {
            1: "Hemoglobin (Hgb) <LLN - 10.0 g/dL; <LLN - 6.2 mmol/L; <LLN - 100 g/L",
            2: "Hgb <10.0 - 8.0 g/dL; <6.2 - 4.9 mmol/L; <100 - 80 g/L",
            3: "Hgb <8.0 g/dL; <4.9 mmol/L; <80 g/L; transfusion indicated",
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
    Term(
        "white_blood_cell_decreased",
        "White blood cell decreased",
        "10049182",
        "marrow",
        {
            1: "<LLN - 3000/mm3; <LLN - 3.0 x 10^9/L",
            2: "<3000 - 2000/mm3; <3.0 - 2.0 x 10^9/L",
            3: "<2000 - 1000/mm3; <2.0 - 1.0 x 10^9/L",
            4: "<1000/mm3; <1.0 x 10^9/L",
        },
    ),
    Term(
        "neutrophil_count_decreased",
        "Neutrophil count decreased",
        "10029366",
        "marrow",
        {
            1: "<1500 - 1000/mm3; <1.5 - 1.0 x 10^9/L",
            2: "<1000 - 500/mm3; <1.0 - 0.5 x 10^9/L",
            3: "<500 - 100/mm3; <0.5 - 0.1 x 10^9/L",
            4: "<100/mm3; <0.1 x 10^9/L",
        },
    ),
    Term(
        "lymphocyte_count_decreased",
        "Lymphopenia",
        None,
        "marrow",
        {
            1: "Present",
        },
    ),
    Term(
        "platelet_count_decreased",
        "Thrombocytopenia",
        None,
        "marrow",
        {
            1: "<LLN - 75,000/mm3; <LLN - 75.0 x 10^9/L",
            2: "<75,000 - 50,000/mm3; <75.0 - 50.0 x 10^9/L",
            3: "<50,000 - 10,000/mm3; <50.0 - 10.0 x 10^9/L; transfusion indicated",
            4: (
                "<10,000/mm3; <10.0 x 10^9/L; life-threatening consequences; urgent "
                "intervention indicated"
            ),
            5: "Death",
        },
    ),
    Term(
        "alanine_aminotransferase_increased",
        "Alanine aminotransferase increased",
        "10001551",
        "liver",
        _AMINOTRANSFERASE,
    ),
    Term(
        "aspartate_aminotransferase_increased",
        "Aspartate aminotransferase increased",
        "10003481",
        "liver",
        _AMINOTRANSFERASE,
    ),
    Term(
        "blood_bilirubin_increased",
        "Blood bilirubin increased",
        "10005364",
        "liver",
        {
            1: (
                ">ULN - 1.5 x ULN if baseline was normal or less than normal; 1.0 - 1.5 x "
                "baseline if baseline was >ULN"
            ),
            2: (
                ">1.5 - 3.0 x ULN if baseline was normal or less than normal; >1.5 - 2.5 x "
                "baseline if baseline was >ULN"
            ),
            3: (
                ">3.0 - 10.0 x ULN if baseline was normal or less than normal; >2.5 - 10.0 "
                "x baseline if baseline was >ULN"
            ),
            4: (
                ">10.0 x ULN if baseline was normal or less than normal; >10.0 x baseline "
                "if baseline was >ULN"
            ),
        },
    ),
    Term(
        "alkaline_phosphatase_increased",
        "Alkaline phosphatase increased",
        "10001675",
        "liver",
        {
            1: ">Baseline and ULN",
        },
    ),
    Term(
        "creatinine_increased",
        "Creatinine increased",
        "10011368",
        "kidney",
        {
            1: ">ULN - 1.5 x ULN",
            2: ">1.5 - 3.0 x baseline if baseline is below LLN; >1.5 - 3.0 x ULN",
            3: ">3.0 x baseline if baseline is below LLN; >3.0 - 6.0 x ULN",
            4: ">6.0 x ULN",
        },
    ),
)
