"""Whether a child may be enrolled in an activity for a school year: its campaign, the conditions, the documents.

Age, school and documents are looked at on the first day the child could come: the activity's first open day of that
school year, or the next one when the year has begun.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from functions.domain.activity import Activity, EnrolmentCampaign
from functions.domain.calendar import at_paris, end_of_day, paris_day, whole_second
from functions.domain.document_validity import MissingDocument, missing_documents, missing_in_words
from functions.domain.eligibility import ChildFacts, FamilyFacts, failed_condition
from functions.domain.french import long_day
from functions.domain.open_days import open_days
from functions.domain.refusals import whom_to_call
from functions.domain.reglement import Reglement
from functions.domain.school_years import span_of_year
from functions.domain.spans import Span


@dataclass(frozen=True, slots=True)
class EnrolmentDecision:
    """`allowed`: the family can enrol the child now; otherwise `code` says which rule refuses, `refusal` tells it in
    French, and `contact` is the id of the service to call.

    code      "not_announced" | "over" (no day left in that year) | "not_eligible" | "not_open_yet" | "closed" |
              "late_request" (asked of the service) | "documents_missing"; "" when allowed
    opens     UTC, the first second of the campaign; None: no campaign is asked for, or none is known for that year
    closes    UTC, its last second, included; None: no end
    late      the campaign has ended; `after`: what happens then, "refused" | "late_request"
    first_day the first day the child could come; None when the year is over
    notice    what the family reads besides, "" or a French sentence
    missing_documents  those asked for at enrolment, blocking or not
    """

    school_year: str
    allowed: bool
    code: str
    refusal: str
    contact: str
    opens: datetime | None
    closes: datetime | None
    late: bool
    after: str
    by_services: bool
    first_day: date | None
    missing_documents: tuple[MissingDocument, ...]

    @property
    def notice(self) -> str:
        return BY_SERVICES if self.by_services else ""


def decide_enrolment(
    reglement: Reglement,
    activity_id: str,
    school_year: str,
    now: datetime,
    child: ChildFacts,
    family: FamilyFacts,
    documents: Mapping[str, date] | None = None,
) -> EnrolmentDecision:
    """`school_year` is « 2026-2027 », `now` an aware instant, `documents` dates by id (None: not examined).

    An activity without campaigns takes enrolments at any time. Raises KeyError for an unknown activity, ValueError
    for a school year that is none.
    """
    activity = reglement.activities[activity_id]
    today = paris_day(whole_second(now))
    campaign = _campaign(activity, school_year, today)
    first_day = _first_day(reglement, activity, span_of_year(school_year), today, child)
    missing = missing_documents(reglement.documents, activity, documents, first_day or today, at="enrolment")
    refused = (
        _no_campaign(activity, school_year, campaign)
        or _not_eligible(reglement, activity, school_year, first_day, child, family)
        or _out_of_time(activity, campaign, today)
        or _documents_missing(reglement, activity, missing)
    )
    enrolment = activity.enrolment
    return EnrolmentDecision(
        school_year=school_year,
        allowed=refused is None,
        code=refused.code if refused else "",
        refusal=_joined(refused.sentence, whom_to_call(reglement, refused.contact)) if refused else "",
        contact=refused.contact if refused else "",
        opens=at_paris(campaign.opens, time.min) if campaign else None,
        closes=end_of_day(campaign.closes) if campaign and campaign.closes else None,
        late=_ended(campaign, today),
        after=enrolment.after if enrolment else "refused",
        by_services=enrolment is not None and enrolment.by_services,
        first_day=first_day,
        missing_documents=missing,
    )


@dataclass(frozen=True, slots=True)
class _Refused:
    code: str
    sentence: str
    contact: str


BY_SERVICES = (
    "Les services inscrivent eux-mêmes les enfants qu’ils accueillent déjà\u202f: "
    "pour eux, il ne reste qu’à signer et à retourner le document d’inscription reçu."
)


def _campaign(activity: Activity, school_year: str, today: date) -> EnrolmentCampaign | None:
    """Of that year's campaigns: the one of today, else the next, else the last."""
    campaigns = activity.enrolment.campaigns if activity.enrolment else ()
    years = [campaign for campaign in campaigns if campaign.school_year == school_year]
    return next((campaign for campaign in years if not _ended(campaign, today)), years[-1] if years else None)


def _ended(campaign: EnrolmentCampaign | None, today: date) -> bool:
    return campaign is not None and campaign.closes is not None and today > campaign.closes


def _first_day(reglement: Reglement, activity: Activity, year: Span, today: date, child: ChildFacts) -> date | None:
    """The first day the child could come. The year's first where the calendar of that year is not written yet."""
    calendar = reglement.calendar
    left = Span(max(year.first, today), year.last)
    found = next(open_days(calendar, activity, left, child.school), None)
    if found is None and today <= year.last and next(open_days(calendar, activity, year, child.school), None) is None:
        return left.first
    return found


def _no_campaign(activity: Activity, school_year: str, campaign: EnrolmentCampaign | None) -> _Refused | None:
    if activity.enrolment is None or campaign is not None:
        return None
    sentence = f"Les inscriptions de {school_year} pour {_quoted(activity)} ne sont pas encore annoncées."
    return _Refused("not_announced", sentence, activity.service)


def _not_eligible(
    reglement: Reglement,
    activity: Activity,
    school_year: str,
    first_day: date | None,
    child: ChildFacts,
    family: FamilyFacts,
) -> _Refused | None:
    if first_day is None:
        sentence = f"Il ne reste plus de jour ouvert en {school_year} pour {_quoted(activity)}."
        return _Refused("over", sentence, activity.service)
    failed = failed_condition(activity, reglement.schools, first_day, child, family)
    return _Refused("not_eligible", failed.reason, failed.contact) if failed else None


def _out_of_time(activity: Activity, campaign: EnrolmentCampaign | None, today: date) -> _Refused | None:
    if campaign is None:
        return None
    what = f"Les inscriptions de {campaign.school_year} pour {_quoted(activity)}"
    if today < campaign.opens:
        sentence = f"{what} ouvrent le {long_day(campaign.opens)}\u202f: revenez à partir de ce jour."
        return _Refused("not_open_yet", sentence, activity.service)
    if not _ended(campaign, today) or campaign.closes is None:
        return None
    ended = f"{what} étaient ouvertes jusqu’au {long_day(campaign.closes)}."
    if activity.enrolment is not None and activity.enrolment.after == "late_request":
        return _Refused("late_request", f"{ended} Une inscription tardive se demande au service.", activity.service)
    return _Refused("closed", ended, activity.service)


def _documents_missing(reglement: Reglement, activity: Activity, missing: Sequence[MissingDocument]) -> _Refused | None:
    blocking = [missing_in_words(reglement.documents, item) for item in missing if item.blocking]
    if not blocking:
        return None
    listed = "\u202f; ".join(blocking)
    sentence = (
        f"L’inscription ne peut pas continuer sans ces documents obligatoires\u202f: {listed}. "
        "Déposez-les parmi vos justificatifs, puis reprenez l’inscription."
    )
    return _Refused("documents_missing", sentence, activity.service)


def _quoted(activity: Activity) -> str:
    return f"«\u202f{activity.name}\u202f»"


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
