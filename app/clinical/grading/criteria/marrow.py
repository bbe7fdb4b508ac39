"""Bone marrow: terms and criteria of CTCAE v5.0 (NCI, 27 November 2017), as printed."""

from app.clinical.grading.term import Term

TERMS = (
    Term(
        "anemia",
        "Anemia",
        "10002272",
        "marrow",
        {
            1: "Hemoglobin (Hgb) <LLN - 10.0 g/dL; <LLN - 6.2 mmol/L; <LLN - 100 g/L",
            2: "Hgb <10.0 - 8.0 g/dL; <6.2 - 4.9 mmol/L; <100 - 80g/L",
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
            1: "<LLN - 3000/mm3; <LLN - 3.0 x 10e9 /L",
            2: "<3000 - 2000/mm3; <3.0 - 2.0 x 10e9 /L",
            3: "<2000 - 1000/mm3; <2.0 - 1.0 x 10e9 /L",
            4: "<1000/mm3; <1.0 x 10e9 /L",
        },
    ),
    Term(
        "neutrophil_count_decreased",
        "Neutrophil count decreased",
        "10029366",
        "marrow",
        {
            1: "<LLN - 1500/mm3; <LLN - 1.5 x 10e9 /L",
            2: "<1500 - 1000/mm3; <1.5 - 1.0 x 10e9 /L",
            3: "<1000 - 500/mm3; <1.0 - 0.5 x 10e9 /L",
            4: "<500/mm3; <0.5 x 10e9 /L",
        },
    ),
    Term(
        "lymphocyte_count_decreased",
        "Lymphocyte count decreased",
        "10025256",
        "marrow",
        {
            1: "<LLN - 800/mm3; <LLN - 0.8 x 10e9/L",
            2: "<800 - 500/mm3; <0.8 - 0.5 x 10e9 /L",
            3: "<500 - 200/mm3; <0.5 - 0.2 x 10e9 /L",
            4: "<200/mm3; <0.2 x 10e9 /L",
        },
    ),
    Term(
        "platelet_count_decreased",
        "Platelet count decreased",
        "10035528",
        "marrow",
        {
            1: "<LLN - 75,000/mm3; <LLN - 75.0 x 10e9 /L",
            2: "<75,000 - 50,000/mm3; <75.0 - 50.0 x 10e9 /L",
            3: "<50,000 - 25,000/mm3; <50.0 - 25.0 x 10e9 /L",
            4: "<25,000/mm3; <25.0 x 10e9 /L",
        },
    ),
    Term(
        "febrile_neutropenia",
        "Febrile neutropenia",
        "10016288",
        "marrow",
        {
            3: (
                "ANC <1000/mm3 with a single temperature of >38.3 degrees C (101 degrees F) "
                "or a sustained temperature of >=38 degrees C (100.4 degrees F) for more "
                "than one hour"
            ),
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
)
