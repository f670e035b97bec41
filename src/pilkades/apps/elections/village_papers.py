"""The village's papers as plain values for their Typst templates; papers are Indonesian."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pilkades.apps.design.formats import format_moment, format_plain_date
from pilkades.apps.design.stored_texts import thaw_text, thaw_texts
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import photo_svg
from pilkades.apps.documents.words import place_and_date
from pilkades.apps.elections.models import (
    Drawing,
    ElectionCommittee,
    PathDecision,
    ScorePublication,
    SetupProofSignature,
    SignatureKind,
)
from pilkades.apps.elections.models.signature import Signature
from pilkades.apps.elections.selectors.candidates import ApplicantFile, list_standing
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.paths import has_empty_column
from pilkades.apps.elections.selectors.proof_readings import ALARM_TITLE, ProofReading
from pilkades.apps.elections.selectors.registration import get_registration_window
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.vault.files import read_file
from pilkades.apps.vault.masking import mask_nik
from pilkades.law.registration import find_closing

Values = dict[str, Any]


def describe_committee(context: VillageElection, committee: ElectionCommittee) -> Values:
    """The BPD's decree: number, date, members by position and element."""
    members = [item for item in committee.members.all() if item.left_date is None]
    return {
        **describe_head(context, f"Badan Permusyawaratan {name_village(context.village)}"),
        "number": committee.decree_number,
        "article": context.article_of("committee_formation"),
        "members": [
            {
                "name": item.full_name,
                "position": str(item.get_position_display()),
                "element": str(item.get_element_display()),
            }
            for item in members
        ],
        "place_date": place_and_date(context.village.name, committee.decree_date),
    }


def describe_receipt(context: VillageElection, file: ApplicantFile, *, now: datetime) -> Values:
    """What the applicant takes home: number, moment, and every paper that was handed in."""
    candidacy = file.candidacy
    received = candidacy.received_at or now
    window = get_registration_window(context, now=received)
    return {
        **describe_head(context),
        "code": candidacy.receipt_code,
        "registration_number": candidacy.registration_number,
        "name": candidacy.full_name,
        "nik": mask_nik(candidacy.nik),
        "received_at": format_moment(received, zone=context.zone.key),
        "closes_at": format_moment(
            find_closing(rules=context.registration_rules, window=window), zone=context.zone.key
        ),
        "article": context.registration_rules.article,
        "papers": [
            {"name": paper.name, "is_there": paper.document is not None} for paper in file.papers
        ],
        "place_date": place_and_date(context.village.name, context.local_date(received)),
        "officer": str(candidacy.received_by or ""),
    }


def describe_determination(context: VillageElection, decision: PathDecision) -> Values:
    """The minutes of the determination: who became a candidate, why, who signs."""
    day = context.local_date(decision.confirmed_at or decision.proposed_at)
    return {
        **describe_head(context),
        "text": translate(thaw_text(decision.text)),
        "article": decision.article,
        "candidates": [item.full_name for item in list_standing(context.election)],
        "has_empty_column": has_empty_column(context.election),
        "signatures": list_committee_signatures(context),
        "place_date": place_and_date(context.village.name, day),
    }


def describe_scores(context: VillageElection, publication: ScorePublication) -> Values:
    """The published sheets, with every line's reason in words."""
    content = publication.content
    return {
        **describe_head(context),
        "article": content["article"],
        "rows": [
            {
                "place": row["place"],
                "applicant": row["applicant"],
                "total": row["total"],
                "why": translate(thaw_text(row["why"])),
                "lines": [
                    {**line, "why": translate(thaw_text(line["why"]))} for line in row["lines"]
                ],
            }
            for row in content["rows"]
        ],
        "tie_steps": [translate(thaw_text(step["text"])) for step in content["tie_steps"]],
        "terminal_reference": publication.terminal_reference,
        "signatures": list_committee_signatures(context),
        "place_date": place_and_date(
            context.village.name, context.local_date(publication.published_at)
        ),
    }


def describe_drawing_minutes(context: VillageElection, drawing: Drawing) -> Values:
    """The minutes of the drawing: attendance in order, turns, numbers, signatures."""
    lots = list(drawing.lots.all())
    day = context.local_date(drawing.closed_at or drawing.opened_at)
    return {
        **describe_head(context),
        "place_held": drawing.place,
        "opened_at": format_moment(drawing.opened_at, zone=context.zone.key),
        "closed_at": format_moment(drawing.closed_at, zone=context.zone.key)
        if drawing.closed_at
        else "",
        "method": str(drawing.get_method_display()),
        "article": drawing.article,
        "lots": [
            {
                "party": lot.party,
                "arrived_at": format_moment(lot.arrived_at, zone=context.zone.key)
                if lot.arrived_at
                else "",
                "proxy": lot.proxy_name,
                "turn": lot.turn,
                "number": lot.number,
                "commitment": lot.commitment,
                "signature": _write_signature(lot, context),
            }
            for lot in sorted(lots, key=lambda lot: (lot.turn or 99, lot.position))
        ],
        "attendees": [
            {
                "name": item.full_name,
                "capacity": str(item.get_capacity_display()),
                "signature": _write_signature(item, context),
            }
            for item in drawing.attendees.all()
        ],
        "why": [translate(text) for text in thaw_texts(drawing.why)],
        "seed": drawing.seed,
        "signatures": list_committee_signatures(context),
        "place_date": place_and_date(context.village.name, day),
    }


def describe_proof(context: VillageElection, reading: ProofReading) -> Values:
    """The proof as a sheet: number, photo, name, and the line to sign on."""
    proof = reading.proof
    return {
        **describe_head(context),
        "serial": proof.serial,
        "sha256": proof.sha256,
        "poll_date": format_plain_date(context.timetable.poll_date),
        "entries": [
            {
                "number": line.candidacy.ballot_number,
                "name": line.candidacy.ballot_name,
                "photo": _photo(line),
                "signature": _write_signature(line, context),
            }
            for line in reading.list_lines()
        ],
        "has_empty_column": has_empty_column(context.election),
        "is_locked": proof.locked_at is not None and not reading.has_alarm,
        "alarm": [translate(text) for text in (ALARM_TITLE, *reading.alarm) if reading.alarm],
        "place_date": place_and_date(context.village.name, context.local_date(proof.created_at)),
    }


def describe_head(context: VillageElection, office: str = "") -> Values:
    """The head of a village's paper: the regency's and the office's lines, and the place."""
    village = context.village
    committee = f"Panitia Pemilihan Kepala {name_village(village)}"
    return {
        "head": [f"Pemerintah {village.district.regency.name}", office or committee],
        "place": describe_village(village),
        "village": name_village(village),
    }


def list_committee_signatures(context: VillageElection) -> list[Mapping[str, str]]:
    """A line for everybody who sits in the committee."""
    committee = find_committee(context.election)
    if committee is None:
        return []
    return [
        {"role": str(item.get_position_display()), "name": item.full_name}
        for item in committee.members.all()
        if item.left_date is None
    ]


def _write_signature(signature: Signature, context: VillageElection) -> str:
    """How and when somebody signed, empty where the line is still to be signed by hand."""
    if signature.signed_at is None:
        return ""
    moment = format_moment(signature.signed_at, zone=context.zone.key)
    return f"{SignatureKind(signature.kind).label}, {moment}"


def _photo(line: SetupProofSignature) -> str:
    """The approved photo; another one in its place is not shown."""
    if line.candidacy.photo is None:
        return ""
    stored = read_file(line.candidacy.photo)
    if hashlib.sha256(stored.data).hexdigest() != line.candidacy.photo_sha256:
        return ""
    return photo_svg(stored.data, media_type=stored.media_type)
