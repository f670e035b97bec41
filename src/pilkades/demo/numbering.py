"""Drawing of numbers, set-up proof, lock: the last acts before the campaign."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from pilkades.apps.elections.models import (
    AttendeeCapacity,
    Candidacy,
    Drawing,
    DrawingLot,
    DrawingMethod,
    SetupProof,
)
from pilkades.apps.elections.services import (
    ballot_entry,
    drawing_attendance,
    proof_unlock,
    sealed_drawing,
    setup_proof,
)
from pilkades.apps.elections.services import drawing as lots_service
from pilkades.demo.village import CHAIR, SECRETARY, VillagePlay
from pilkades.law.sealed_drawing import Reveal, commit_contribution


def open_drawing(village: VillagePlay, method: DrawingMethod) -> Drawing:
    """The chair opens the drawing; everybody is there, one after the other."""
    drawing = lots_service.open_drawing(
        actor=village.actor(CHAIR),
        now=village.now,
        election_pk=village.election_pk,
        method=method,
        place=f"Balai Desa {village.name}",
    )
    for place, lot in enumerate(list_lots(drawing)):
        drawing_attendance.record_arrival(
            actor=village.actor(SECRETARY),
            now=village.now,
            lot_uuid=lot.uuid,
            arrived_at=village.now - timedelta(minutes=40 - 5 * place),
        )
    _write_attendance(village, drawing)
    return drawing


def draw_lots(village: VillagePlay, drawing: Drawing, numbers: Sequence[int]) -> None:
    """Whoever came first draws first; the secretary writes down what came out of the box."""
    for turn, (lot, number) in enumerate(zip(list_lots(drawing), numbers, strict=True), start=1):
        lots_service.record_lot(
            actor=village.actor(SECRETARY),
            now=village.now,
            lot_uuid=lot.uuid,
            turn=turn,
            number=number,
        )


def commit(village: VillagePlay, drawing: Drawing) -> None:
    """Every candidate hands in a sealed contribution on paper."""
    for lot in list_lots(drawing):
        commitment = commit_contribution(
            drawing_id=str(drawing.uuid),
            party=lot.party,
            reveal=make_reveal(village.code, lot.position),
        )
        sealed_drawing.submit_commitment(
            actor=village.actor(SECRETARY),
            now=village.now,
            lot_uuid=lot.uuid,
            commitment=commitment.hex(),
        )


def seal_and_reveal(village: VillagePlay, drawing: Drawing) -> None:
    """The chair closes the commitments, then each is opened and read out."""
    sealed_drawing.seal_commitments(
        actor=village.actor(CHAIR),
        now=village.now,
        drawing_uuid=drawing.uuid,
        expected_version=_version(drawing),
    )
    for lot in list_lots(drawing):
        opening = make_reveal(village.code, lot.position)
        sealed_drawing.reveal_contribution(
            actor=village.actor(SECRETARY),
            now=village.now,
            lot_uuid=lot.uuid,
            salt=opening.salt.hex(),
            contribution=opening.contribution.hex(),
        )


def make_reveal(village_code: str, position: int) -> Reveal:
    """What stands on a candidate's card, the same in every play; the guide of the demo shows it."""
    place = f"{village_code} {position}".encode()
    digest = hashlib.sha256(b"pilkades demo " + place).digest()
    return Reveal(salt=digest[:16], contribution=digest[16:24])


def sign_and_close(village: VillagePlay, drawing: Drawing) -> None:
    """Everybody signs the number: with the own account, or on paper where there is none."""
    for lot in list_lots(drawing):
        if lot.candidacy.user is not None:
            drawing_attendance.sign_lot(
                actor=village.act_as(lot.candidacy.user.username),
                now=village.now,
                lot_uuid=lot.uuid,
                number=lot.number or 0,
            )
            continue
        for part, is_confirmation in ((SECRETARY, False), (CHAIR, True)):
            drawing_attendance.sign_lot_on_paper(
                actor=village.actor(part),
                now=village.now,
                lot_uuid=lot.uuid,
                number=lot.number or 0,
                is_confirmation=is_confirmation,
            )
    lots_service.close_drawing(
        actor=village.actor(CHAIR),
        now=village.now,
        drawing_uuid=drawing.uuid,
        expected_version=_version(drawing),
    )


def create_proof(village: VillagePlay) -> SetupProof:
    """The secretary fixes what will stand on the ballot."""
    return setup_proof.create_proof(
        actor=village.actor(SECRETARY), now=village.now, election_pk=village.election_pk
    )


def sign_proof(village: VillagePlay, proof: SetupProof, *, without: Collection[UUID] = ()) -> None:
    """Candidates sign with the own account, or the printed proof before two officers."""
    rows = proof.signatures.exclude(candidacy__uuid__in=without).select_related("candidacy__user")
    for line in rows.order_by("pk"):
        if line.candidacy.user is not None:
            setup_proof.sign_proof(
                actor=village.act_as(line.candidacy.user.username),
                now=village.now,
                signature_uuid=line.uuid,
                sha256=proof.sha256,
            )
            continue
        for part, is_confirmation in ((SECRETARY, False), (CHAIR, True)):
            setup_proof.sign_proof_on_paper(
                actor=village.actor(part),
                now=village.now,
                signature_uuid=line.uuid,
                sha256=proof.sha256,
                is_confirmation=is_confirmation,
            )


def lock(village: VillagePlay, proof: SetupProof) -> None:
    """The chair says it is ready, the secretary locks it."""
    for part, act in ((CHAIR, setup_proof.propose_lock), (SECRETARY, setup_proof.lock_proof)):
        act(
            actor=village.actor(part),
            now=village.now,
            proof_uuid=proof.uuid,
            expected_version=SetupProof.objects.get(pk=proof.pk).version,
        )


def unlock(village: VillagePlay, proof: SetupProof, *, reason: str) -> None:
    """Chair and secretary open the lock again, which the inspectorate sees."""
    version = SetupProof.objects.get(pk=proof.pk).version
    proof_unlock.propose_unlock(
        actor=village.actor(CHAIR),
        now=village.now,
        proof_uuid=proof.uuid,
        expected_version=version,
        reason=reason,
    )
    proof_unlock.confirm_unlock(
        actor=village.actor(SECRETARY),
        now=village.now,
        proof_uuid=proof.uuid,
        expected_version=version + 1,
    )


def add_degree(village: VillagePlay, uuid: UUID, degree: str) -> None:
    """The name on the ballot gets the degree that stands on the diploma."""
    candidacy = Candidacy.objects.get(uuid=uuid)
    ballot_entry.change_ballot_entry(
        actor=village.actor(SECRETARY),
        now=village.now,
        candidacy_uuid=uuid,
        expected_version=candidacy.version,
        ballot_name=f"{candidacy.full_name}, {degree}",
    )


def list_lots(drawing: Drawing) -> list[DrawingLot]:
    """The lots of a drawing in the order of its list."""
    return list(drawing.lots.select_related("candidacy__user").order_by("position"))


def _write_attendance(village: VillagePlay, drawing: Drawing) -> None:
    people = (
        (village.name_of("bpd"), AttendeeCapacity.COUNCIL),
        (village.make_person().name, AttendeeCapacity.COMMUNITY),
    )
    for full_name, capacity in people:
        drawing_attendance.add_attendee(
            actor=village.actor(SECRETARY),
            now=village.now,
            drawing_uuid=drawing.uuid,
            full_name=full_name,
            capacity=capacity,
            arrived_at=village.now - timedelta(minutes=30),
        )


def _version(drawing: Drawing) -> int:
    return Drawing.objects.values_list("version", flat=True).get(pk=drawing.pk)
