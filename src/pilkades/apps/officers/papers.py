"""The papers of officers and agents as plain values for their Typst templates.

Papers are Indonesian. Officials' papers that hang on a wall or travel show no NIK in full.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import translation

from pilkades.apps.design.formats import (
    format_date,
    format_moment,
    format_plain_date,
    format_time,
)
from pilkades.apps.documents.papers import PAPERS, Paper
from pilkades.apps.documents.services import (
    PaperRecord,
    date_in_words,
    place_and_date,
    render_pdf,
)
from pilkades.apps.elections.models import PollingStation
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.officers.models import (
    AppointmentDecree,
    CandidateAgent,
    StationOath,
    StationOfficer,
)
from pilkades.apps.officers.selectors.service import OfficerDay, PayLine, PayList
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.selectors.teams import TeamView, list_team_views
from pilkades.apps.officers.words import name_seat, name_station
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.vault.masking import mask_nik
from pilkades.law.officers_pay import write_amount
from pilkades.law.officers_rules import Authority, OfficerRules, SeatKind

Values = dict[str, Any]


def read_paper(request: HttpRequest) -> Paper:
    """The size that the address asks for; F4, the paper of offices here, where it asks for none."""
    asked = request.GET.get("kertas", "f4")
    return next((size for size in PAPERS if size == asked), "f4")


def print_decree(context: VillageElection, decree: AppointmentDecree, *, paper: Paper) -> bytes:
    """SK pengangkatan: the teams by station, a draft until it has its number."""
    with translation.override("id"):
        return _render(
            "officers/decree.typ",
            _describe_decree(context, decree),
            context,
            paper,
            identity=f"sk petugas {decree.uuid}",
        )


def print_oath_minutes(
    context: VillageElection, view: TeamView, oath: StationOath | None, *, paper: Paper
) -> bytes:
    """The text of the oath and its minutes, one signature for everybody who took it."""
    with translation.override("id"):
        return _render(
            "officers/oath.typ",
            _describe_oath(context, view, oath),
            context,
            paper,
            identity=f"sumpah petugas {view.station.uuid}",
        )


def print_attendance(
    context: VillageElection,
    view: TeamView,
    days: Sequence[OfficerDay],
    *,
    day: date,
    paper: Paper,
) -> bytes:
    """Daftar hadir petugas of one day."""
    with translation.override("id"):
        data = {
            **_head(context),
            "station": view.name,
            "venue": view.station.venue.name,
            "team": view.rules.team_name,
            "day": format_date(day),
            "hours_max": view.rules.hours_max,
            "rows": [_describe_day(context, item) for item in days],
            "place_date": place_and_date(context.village.name, day),
        }
        return _render(
            "officers/attendance.typ",
            data,
            context,
            paper,
            identity=f"hadir petugas {view.station.uuid} {day.isoformat()}",
        )


def print_honorarium(
    context: VillageElection, pay_list: PayList, *, now: datetime, paper: Paper
) -> bytes:
    """Daftar honorarium with sums, and a place to sign for everybody."""
    with translation.override("id"):
        total = pay_list.total
        data = {
            **_head(context),
            "team": OfficerRules.from_pack(context.pack).team_name,
            "tax": f"{pay_list.tax_percent.normalize():f}".replace(".", ","),
            "rows": [
                {
                    "name": line.officer.full_name,
                    "station": line.station,
                    "seat": line.seat,
                    "gross": line.pay.gross,
                    "tax": line.pay.tax,
                    "net": line.pay.net,
                }
                for line in pay_list.lines
            ],
            "total": {"gross": total.gross, "tax": total.tax, "net": total.net},
            "words": write_amount(total.net),
            "place_date": place_and_date(context.village.name, context.local_date(now)),
            "signatures": _chair_and_secretary(context),
        }
        return _render(
            "officers/honorarium.typ",
            data,
            context,
            paper,
            identity=f"honorarium {context.election.uuid}",
        )


def print_receipts(context: VillageElection, lines: Sequence[PayLine], *, paper: Paper) -> bytes:
    """Kuitansi: one for each payment, two on a sheet, the amount in words."""
    with translation.override("id"):
        data = {
            **_head(context),
            "payer": f"Panitia Pemilihan Kepala {name_village(context.village)}",
            "receipts": [_describe_receipt(context, line) for line in lines],
        }
        return _render(
            "officers/receipts.typ",
            data,
            context,
            paper,
            identity=f"kuitansi {context.election.uuid}",
        )


def print_mandate(context: VillageElection, agent: CandidateAgent, *, paper: Paper) -> bytes:
    """Surat mandat: the candidate sends a person to a station."""
    with translation.override("id"):
        rules = OfficerRules.from_pack(context.pack)
        data = {
            **_head(context),
            "number": agent.mandate_number,
            "candidate": agent.candidacy.full_name,
            "ballot_number": agent.candidacy.ballot_number,
            "name": agent.full_name,
            "nik": mask_nik(agent.nik),
            "station": name_station(agent.station),
            "venue": agent.station.venue.name,
            "poll_date": format_plain_date(context.timetable.poll_date),
            "article": rules.agent_article,
            "oath": rules.agent_oath_text if rules.agent_oath_required else "",
            "place_date": place_and_date(context.village.name, agent.mandate_date)
            if agent.mandate_date
            else f"{context.village.name}, ........................",
        }
        return _render(
            "officers/mandate.typ", data, context, paper, identity=f"mandat {agent.uuid}"
        )


def print_agent_list(
    context: VillageElection,
    station: PollingStation,
    agents: Sequence[CandidateAgent],
    *,
    now: datetime,
    paper: Paper,
) -> bytes:
    """Daftar saksi of one station, with a place for signatures on polling day."""
    with translation.override("id"):
        data = {
            **_head(context),
            "station": name_station(station),
            "venue": station.venue.name,
            "poll_date": format_plain_date(context.timetable.poll_date),
            "rows": [
                {
                    "number": agent.candidacy.ballot_number,
                    "candidate": agent.candidacy.full_name,
                    "name": agent.full_name,
                    "nik": mask_nik(agent.nik),
                    "mandate": agent.mandate_number,
                    "sworn": format_moment(agent.sworn_at, zone=context.zone.key)
                    if agent.sworn_at
                    else "",
                }
                for agent in agents
            ],
            "place_date": place_and_date(context.village.name, context.local_date(now)),
            "signatures": _chair_and_secretary(context),
        }
        return _render(
            "officers/agents.typ", data, context, paper, identity=f"saksi {station.uuid}"
        )


def _render(
    template: str, data: Values, context: VillageElection, paper: Paper, *, identity: str
) -> bytes:
    return render_pdf(
        template=template,
        data=data,
        paper=paper,
        record=PaperRecord(identity=identity),
        simulation=context.is_simulation,
    )


def _head(context: VillageElection, office: str = "") -> Values:
    village = context.village
    committee = f"Panitia Pemilihan Kepala {name_village(village)}"
    return {
        "head": [f"Pemerintah {village.district.regency.name}", office or committee],
        "place": describe_village(village),
        "village": name_village(village),
    }


def _describe_decree(context: VillageElection, decree: AppointmentDecree) -> Values:
    by_head = decree.authority == Authority.VILLAGE_HEAD
    title = f"Kepala {name_village(context.village)}" if by_head else "Ketua Panitia Pemilihan"
    examiner = Examiner(context)
    views = [
        view
        for view in list_team_views(context, examiner)
        if view.team and view.team.decree_id == decree.pk
    ]
    return {
        **_head(context, f"Kepala {name_village(context.village)}" if by_head else ""),
        "is_draft": not decree.number,
        "number": decree.number,
        "by_village_head": by_head,
        "team": examiner.rules.team_name,
        "article": decree.article,
        "poll_date": format_plain_date(context.timetable.poll_date),
        "teams": [_describe_team(view) for view in views],
        "people": sum(len(view.standings) for view in views),
        "place_date": place_and_date(context.village.name, decree.decree_date)
        if decree.decree_date
        else f"{context.village.name}, ........................",
        "signer_title": title,
        "signer_name": decree.signer_name,
    }


def _describe_team(view: TeamView) -> Values:
    return {
        "station": view.name,
        "venue": view.station.venue.name,
        "rows": [
            {
                "name": seat.standing.officer.full_name,
                "seat": seat.name,
                "voting": seat.voting_duty,
                "counting": seat.counting_duty,
            }
            for seat in view.seats
            if seat.standing is not None
        ],
    }


def _describe_oath(context: VillageElection, view: TeamView, oath: StationOath | None) -> Values:
    taken = oath.taken_at.astimezone(context.zone) if oath else None
    return {
        **_head(context),
        "station": view.name,
        "venue": view.station.venue.name,
        "team": view.rules.team_name,
        "oath": view.rules.oath_text,
        "article": view.rules.oath_article,
        "day_words": date_in_words(taken.date()) if taken else "",
        "hour": format_time(oath.taken_at, zone=context.zone.key) if oath else "",
        "place_held": oath.place if oath else "",
        "administered_by": oath.administered_by if oath else "",
        "administered_as": oath.administered_as if oath else "",
        "people": [
            {
                "name": item.full_name,
                "seat": name_seat(view.rules, SeatKind(item.kind), item.number),
            }
            for item in _list_sworn(view, oath)
        ],
        "place_date": place_and_date(context.village.name, taken.date())
        if taken
        else f"{context.village.name}, ........................",
    }


def _list_sworn(view: TeamView, oath: StationOath | None) -> list[StationOfficer]:
    """Who took this oath, those who left since included; before any, who is going to."""
    if oath is not None:
        return list(oath.officers.order_by("-kind", "number", "pk"))
    return [item.officer for item in view.standings if not item.officer.is_reserve]


def _describe_day(context: VillageElection, item: OfficerDay) -> Values:
    zone = context.zone.key
    return {
        "name": item.officer.full_name,
        "seat": item.seat,
        "arrived": ", ".join(format_time(stay.arrived_at, zone=zone) for stay in item.stays),
        "left": ", ".join(
            format_time(stay.left_at, zone=zone) for stay in item.stays if stay.left_at
        ),
        "hours": item.hours_text if item.stays else "",
        "is_long": item.warning is not None,
    }


def _describe_receipt(context: VillageElection, line: PayLine) -> Values:
    payment = line.payment
    if payment is None:
        raise LookupError("a receipt without its payment")
    return {
        "number": f"{payment.receipt_number:03d}",
        "name": line.officer.full_name,
        "seat": line.seat,
        "station": line.station,
        "gross": payment.gross,
        "tax": payment.tax,
        "net": payment.net,
        "words": write_amount(payment.net),
        "poll_date": format_plain_date(context.timetable.poll_date),
        "place_date": place_and_date(context.village.name, payment.paid_date),
    }


def _chair_and_secretary(context: VillageElection) -> list[dict[str, str]]:
    committee = find_committee(context.election)
    members = committee.members.all() if committee else ()
    return [
        {"role": f"{item.get_position_display()} panitia", "name": item.full_name}
        for item in members
        if item.left_date is None and item.position in ("chair", "secretary")
    ]
