"""The reports of the invented year: the first half was fixed, and a late list changed a figure since."""

from __future__ import annotations

from datetime import date, datetime

from trekker.events.actions.attendance import Mark, record_attendance, reopen, settle
from trekker.events.models import Attendance
from trekker.people.models import Account
from trekker.plan.models import Plan, PlanVersion
from trekker.reports.actions import fix, move, start_report, write_narrative
from trekker.reports.models import Report
from trekker.reports.queries.contents import INTRODUCTION
from trekker.reports.queries.reports import contents_of_today, edition_of, mark_of

HALF_YEAR = {
    INTRODUCTION: (
        "Het eerste halfjaar stond in het teken van samenkomen. Drie keer zagen we elkaar, één keer bij een "
        "bestuur thuis.\n\nWat nog moet komen, zijn de opleidingen. Die staan in het najaar."
    ),
    "OD1.1": (
        "Op 22 januari maakten we samen plannen voor het jaar. In Mechelen zagen we hoe een bib een digipunt "
        "wordt. In Gent praatten we met welzijn.\n\nDe intervisies trokken minder volk dan gehoopt. Vanaf "
        "september plannen we ze op een vaste dag."
    ),
    "OD1.2": "Twee infosessies gingen over vragen aan elk loket: wat mag je doen voor iemand anders?",
    "OD3.3": "We begeleidden nog geen traject. De oproep vertrekt in het najaar.",
}
ANNUAL = {
    "OD1.1": (
        "Het netwerk groeide tot meer dan 1.100 leden. In Brussel stelden we samen op wat we aan de overheid "
        "vragen."
    ),
}
OF_THE_PARTNER = {"OD3.1": "De focusgroep in Hasselt toonde welke handleidingen mensen echt gebruiken."}
LATE = "Netwerk in Gent en online: samen met welzijn"


def load(*, year: int, by: Account, partner: Account, now: datetime) -> None:
    """Fix the report of the first half of the year, mend a list afterwards, and begin that of the year."""
    plan = Plan.objects.get(pk=PlanVersion.objects.filter(year=year).values("plan").order_by("pk")[:1])
    moment = min(now, now.replace(year=year, month=7, day=9, hour=9))
    came = _unknown_yet(by=by, now=moment)
    report = start_report(
        plan=plan, year=year, kind=Report.Kind.MID_YEAR, last_day=date(year, 6, 30), by=by, now=moment
    )
    _write(report, HALF_YEAR, by=by, now=moment)
    if moment.date() > report.last_day:
        for to in (Report.State.OFFERED, Report.State.CHECKED):
            report = move(report=report, to=to, edition=report.edition, by=by, now=moment)
        seen = mark_of(contents_of_today(report, now=moment))
        fix(report=report, seen=seen, edition=report.edition, by=by, now=moment)
    _known(came, by=by, now=min(now, now.replace(year=year, month=8, day=20, hour=9)))
    yearly = start_report(
        plan=plan, year=year, kind=Report.Kind.ANNUAL, last_day=date(year, 12, 31), by=by, now=now
    )
    _write(yearly, ANNUAL, by=by, now=now)
    _write(yearly, OF_THE_PARTNER, by=partner, now=now)


def _write(report: Report, texts: dict[str, str], *, by: Account, now: datetime) -> None:
    for code, text in texts.items():
        edition = edition_of(report, code)
        write_narrative(report=report, goal_code=code, text=text, edition=edition, by=by, now=now)


def _unknown_yet(*, by: Account, now: datetime) -> tuple[Attendance, Mark] | None:
    """Take from a list someone who turns out to have been there after all."""
    attended = Attendance.objects.filter(
        session__event__title=LATE, present=True, registration__organisation__kind="MUNICIPALITY"
    )
    row = attended.select_related("session", "registration").order_by("pk").first()
    if row is None or row.recorded_at > now:
        return None
    known = Mark.of(row)
    _mend(row, Mark(present=False), by=by, now=now)
    return row, known


def _known(came: tuple[Attendance, Mark] | None, *, by: Account, now: datetime) -> None:
    if came is not None:
        _mend(came[0], came[1], by=by, now=now)


def _mend(row: Attendance, mark: Mark, *, by: Account, now: datetime) -> None:
    reopen(session=row.session, by=by, now=now)
    record_attendance(session=row.session, marks={row.registration_id: mark}, by=by, now=now)
    settle(session=row.session, by=by, now=now)
