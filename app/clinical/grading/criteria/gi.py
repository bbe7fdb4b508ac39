"""Gastrointestinal: terms and criteria of CTCAE v5.0 (NCI, 27 November 2017), as printed."""

from app.clinical.grading.term import Term

TERMS = (
    Term(
        "nausea",
        "Nausea",
        "10028813",
        "gi",
        {
            1: "Loss of appetite without alteration in eating habits",
            2: (
                "Oral intake decreased without significant weight loss, dehydration or malnutrition"
            ),
            3: (
                "Inadequate oral caloric or fluid intake; tube feeding, TPN, or "
                "hospitalization indicated"
            ),
        },
    ),
    Term(
        "vomiting",
        "Vomiting",
        "10047700",
        "gi",
        {
            1: "Intervention not indicated",
            2: "Outpatient IV hydration; medical intervention indicated",
            3: "Tube feeding, TPN, or hospitalization indicated",
            4: "Life-threatening consequences",
            5: "Death",
        },
    ),
    Term(
        "diarrhea",
        "Diarrhea",
        "10012727",
        "gi",
        {
            1: (
                "Increase of <4 stools per day over baseline; mild increase in ostomy output "
                "compared to baseline"
            ),
            2: (
                "Increase of 4 - 6 stools per day over baseline; moderate increase in ostomy "
                "output compared to baseline; limiting instrumental ADL"
            ),
            3: (
                "Increase of >=7 stools per day over baseline; hospitalization indicated; "
                "severe increase in ostomy output compared to baseline; limiting self care "
                "ADL"
            ),
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
    Term(
        "dyspepsia",
        "Dyspepsia",
        "10013946",
        "gi",
        {
            1: "Mild symptoms; intervention not indicated",
            2: "Moderate symptoms; medical intervention indicated",
            3: "Severe symptoms; operative intervention indicated",
        },
    ),
    Term(
        "abdominal_pain",
        "Abdominal pain",
        "10000081",
        "gi",
        {
            1: "Mild pain",
            2: "Moderate pain; limiting instrumental ADL",
            3: "Severe pain; limiting self care ADL",
        },
    ),
    Term(
        "constipation",
        "Constipation",
        "10010774",
        "gi",
        {
            1: (
                "Occasional or intermittent symptoms; occasional use of stool softeners, "
                "laxatives, dietary modification, or enema"
            ),
            2: (
                "Persistent symptoms with regular use of laxatives or enemas; limiting "
                "instrumental ADL"
            ),
            3: "Obstipation with manual evacuation indicated; limiting self care ADL",
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
    Term(
        "anorexia",
        "Anorexia",
        "10002646",
        "gi",
        {
            1: "Loss of appetite without alteration in eating habits",
            2: (
                "Oral intake altered without significant weight loss or malnutrition; oral "
                "nutritional supplements indicated"
            ),
            3: (
                "Associated with significant weight loss or malnutrition (e.g., inadequate "
                "oral caloric and/or fluid intake); tube feeding or TPN indicated"
            ),
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
    Term(
        "bloating",
        "Bloating",
        "10005265",
        "gi",
        {
            1: "No change in bowel function or oral intake",
            2: "Symptomatic, decreased oral intake; change in bowel function",
        },
    ),
    Term(
        "upper_gastrointestinal_hemorrhage",
        "Upper gastrointestinal hemorrhage",
        "10055356",
        "gi",
        {
            1: "Mild symptoms; intervention not indicated",
            2: "Moderate symptoms; intervention indicated",
            3: "Transfusion indicated; invasive intervention indicated; hospitalization",
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
    Term(
        "lower_gastrointestinal_hemorrhage",
        "Lower gastrointestinal hemorrhage",
        "10051746",
        "gi",
        {
            1: "Mild symptoms; intervention not indicated",
            2: "Moderate symptoms; intervention indicated",
            3: "Transfusion indicated; invasive intervention indicated; hospitalization",
            4: "Life-threatening consequences; urgent intervention indicated",
            5: "Death",
        },
    ),
)
