"""What can be wrong with a clinical input.

ClinicalError
  NaiveTime
  NotPositive
  Concentrations and troughs: UnknownUnit, NotAConcentration, NotATrough, DrawBeforeDose
  Laboratory: UnknownAnalyte, UnitDoesNotFit, NotAMeasurement, ImplausibleValue, LimitsCrossed,
    LimitTellsNoGrade, UnknownCtcaeVersion
  Symptoms: UnknownTerm, UnknownQuestion, UnknownOption, MissingAnswer, QuestionDoesNotApply
  Dose rule: NotAGrade, NotADose, NotADayCount
  SF-36: WrongNumberOfItems, NotAnItemAnswer
  Bayesian estimate: NoLevel, UnknownPrior
  Free text: UnknownLanguage, NothingToRead, TextTooLong
  Cohort: NotACount, NotAFollowUp
"""


class ClinicalError(ValueError):
    """The clinical input cannot be used."""

    def __init__(self, field: str, detail: str = "") -> None:
        """Name the input field that is wrong, and say in a sentence what would be right."""
        self.field = field
        self.detail = detail or (type(self).__doc__ or "")
        super().__init__(field, self.detail)

    def __str__(self) -> str:
        return self.detail


class NaiveTime(ClinicalError):
    """The time has no UTC offset; send it with one, for example 2025-03-01T07:10:00+08:00."""


class NotPositive(ClinicalError):
    """The value must be a finite number above zero."""


class UnknownUnit(ClinicalError):
    """The unit of the imatinib level is not known; use ug/L, ng/mL, mg/L or umol/L."""


class NotAConcentration(ClinicalError):
    """The level must be a finite number above zero and at most 1e9 ug/L."""


class NotATrough(ClinicalError):
    """The blood must be drawn 8 to 48 hours after the dose for the level to be corrected."""


class DrawBeforeDose(ClinicalError):
    """The blood was drawn before the dose; check both times."""


class UnknownAnalyte(ClinicalError):
    """The analyte is not one that is kept here."""


class UnitDoesNotFit(ClinicalError):
    """The unit does not fit the analyte."""


class NotAMeasurement(ClinicalError):
    """A laboratory value must be a finite number, zero or above."""


class ImplausibleValue(ClinicalError):
    """No person's blood holds this value; check the unit."""


class UnknownCtcaeVersion(ClinicalError):
    """The CTCAE version is not known here; use 5.0 or 6.0."""


class LimitsCrossed(ClinicalError):
    """The lower limit of normal must be below the upper one; check lln and uln."""


class LimitTellsNoGrade(ClinicalError):
    """The grade cannot be told from this limit; ask the laboratory for the number."""


class UnknownTerm(ClinicalError):
    """The term is not one that a patient is asked about."""


class UnknownQuestion(ClinicalError):
    """There is no such question; use a code from the list of symptom questions."""


class UnknownOption(ClinicalError):
    """The answer is not one of the question's options."""


class MissingAnswer(ClinicalError):
    """The question applies and has no answer; answer it."""


class QuestionDoesNotApply(ClinicalError):
    """The question does not apply after the earlier answers; leave its answer out."""


class NotAGrade(ClinicalError):
    """A grade is a whole number from 0 to 5."""


class NotADose(ClinicalError):
    """A daily dose is a multiple of 100 mg from 100 to 800."""


class NotADayCount(ClinicalError):
    """The days at the dose are a whole number, zero or above."""


class WrongNumberOfItems(ClinicalError):
    """The SF-36 has 36 items; send 36 answers, null for one that was not answered."""


class NotAnItemAnswer(ClinicalError):
    """The answer is not one of the item's options; send its whole number or null."""


class UnknownLanguage(ClinicalError):
    """The language is not known; use zh-CN or en."""


class NothingToRead(ClinicalError):
    """The text is empty; send the patient's own words."""


class TextTooLong(ClinicalError):
    """The text is longer than 4096 characters; send it in parts."""


class NoLevel(ClinicalError):
    """An estimate needs at least one measured level; send one."""


class UnknownPrior(ClinicalError):
    """The prior is not known; use jiang_2023 or widmer_2006."""


class NotACount(ClinicalError):
    """Counts are whole numbers, zero or above, as many in each row."""


class NotAFollowUp(ClinicalError):
    """A time of follow-up is a finite number of months, zero or above."""
