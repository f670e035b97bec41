"""The set-up proof: signed by every candidate, void by any change, locked by two, unlocked on
record."""

import hashlib
import io
import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from PIL import Image

from pilkades.apps.audit.catalogue import get_kind
from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Candidacy, SetupProof
from pilkades.apps.elections.selectors.proofs import find_proof_in_force
from pilkades.apps.elections.services import proof_unlock as unlocking
from pilkades.apps.elections.services import setup_proof as proofs
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.uploads import read_photo
from pilkades.apps.vault.files import read_file
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import VILLAGE, VillageCast, at, fresh, make_applicants

NOW = at(11, 3)


@pytest.fixture
def two(cast: VillageCast) -> list[Candidacy]:
    """Two numbered candidates, each with a photo."""
    made = make_applicants(cast, 2, state=ApplicationState.DETERMINED)
    for number, candidacy in enumerate(made, start=1):
        Candidacy.objects.filter(pk=candidacy.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
        _change(cast, candidacy, candidacy.ballot_name, picture())
    return [fresh(candidacy) for candidacy in made]


def _change(
    cast: VillageCast, candidacy: Candidacy, name: str, photo: bytes = b"", by: str = "rini"
) -> Candidacy:
    return change_ballot_entry(
        actor=cast.actor(by, NOW),
        now=NOW,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        ballot_name=name,
        photo=photo,
    )


def _create(cast: VillageCast) -> SetupProof:
    return proofs.create_proof(
        actor=cast.actor("slamet", NOW), now=NOW, election_pk=cast.election.pk
    )


def _sign_all(cast: VillageCast, proof: SetupProof) -> None:
    lines = proof.signatures.select_related("candidacy").order_by("candidacy__ballot_number")
    for name, line in zip(("kartika", "darto"), lines, strict=True):
        proofs.sign_proof(
            actor=cast.actor(name, NOW), now=NOW, signature_uuid=line.uuid, sha256=proof.sha256
        )


def _current(proof: SetupProof) -> SetupProof:
    return SetupProof.objects.get(pk=proof.pk)


def _propose(cast: VillageCast, proof: SetupProof, by: str = "sari") -> SetupProof:
    return proofs.propose_lock(
        actor=cast.actor(by, NOW),
        now=NOW,
        proof_uuid=proof.uuid,
        expected_version=_current(proof).version,
    )


def _lock(cast: VillageCast, proof: SetupProof, by: str = "slamet") -> SetupProof:
    return proofs.lock_proof(
        actor=cast.actor(by, NOW),
        now=NOW,
        proof_uuid=proof.uuid,
        expected_version=_current(proof).version,
    )


def test_the_proof_is_locked_by_chair_and_secretary_after_every_candidate_signed(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    proof = _create(cast)
    _sign_all(cast, proof)
    _propose(cast, proof)
    locked = _lock(cast, proof)
    assert locked.locked_by == cast.slamet
    content = json.loads(locked.content)
    assert [entry["number"] for entry in content["entries"]] == [1, 2]
    assert hashlib.sha256(locked.content.encode()).hexdigest() == locked.sha256


def test_nothing_is_locked_while_one_candidate_has_not_signed(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    proof = _create(cast)
    line = proof.signatures.get(candidacy=two[0])
    proofs.sign_proof(
        actor=cast.actor("kartika", NOW), now=NOW, signature_uuid=line.uuid, sha256=proof.sha256
    )
    with pytest.raises(RuleViolationError) as caught:
        _propose(cast, proof)
    assert caught.value.code == "proof.unsigned"
    assert "Darto" in caught.value.text.params["names"]


def test_the_chair_alone_cannot_lock(cast: VillageCast, two: list[Candidacy]) -> None:
    proof = _create(cast)
    _sign_all(cast, proof)
    with pytest.raises(RuleViolationError, match="two-people"):
        _lock(cast, proof)
    _propose(cast, proof)
    for name in ("sari", "rini", "mallory", "bayu", "kartika"):
        with pytest.raises(PermissionDenied):
            _lock(cast, proof, by=name)
    with pytest.raises(IntegrityError), transaction.atomic():
        SetupProof.objects.filter(pk=proof.pk).update(locked_by=cast.sari, locked_at=NOW)


@pytest.mark.parametrize("photo", [b"", picture("maroon")])
def test_any_change_voids_every_signature(
    cast: VillageCast, two: list[Candidacy], photo: bytes
) -> None:
    proof = _create(cast)
    _sign_all(cast, proof)
    _change(cast, two[0], "Kartika W.", photo)
    assert find_proof_in_force(cast.election) is None
    assert _current(proof).void_reason
    with pytest.raises(ConflictError, match=r"proof\.stale"):
        _propose(cast, proof)
    renewed = _create(cast)
    assert renewed.serial == 2
    assert renewed.signatures.filter(signed_at__isnull=False).count() == 0


def test_a_locked_ballot_does_not_change(cast: VillageCast, two: list[Candidacy]) -> None:
    proof = _create(cast)
    _sign_all(cast, proof)
    _propose(cast, proof)
    _lock(cast, proof)
    with pytest.raises(RuleViolationError, match=r"proof\.locked"):
        _change(cast, two[0], "Nama lain")


def _locked(cast: VillageCast) -> SetupProof:
    proof = _create(cast)
    _sign_all(cast, proof)
    _propose(cast, proof)
    return _lock(cast, proof)


def _call(cast: VillageCast, proof: SetupProof, by: str) -> dict[str, Any]:
    return {
        "actor": cast.actor(by, NOW),
        "now": NOW,
        "proof_uuid": proof.uuid,
        "expected_version": _current(proof).version,
    }


def test_unlocking_needs_a_reason_a_second_person_and_raises_an_alert(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    proof = _locked(cast)
    with pytest.raises(MalformedInputError, match=r"proof\.reason"):
        unlocking.propose_unlock(**_call(cast, proof, "sari"), reason=" ")
    unlocking.propose_unlock(**_call(cast, proof, "sari"), reason="Gelar calon 2 salah tulis")
    assert find_proof_in_force(cast.election) == proof
    with pytest.raises(RuleViolationError, match="two-people"):
        unlocking.confirm_unlock(**_call(cast, proof, "sari"))
    with pytest.raises(RuleViolationError, match=r"proof\.locked"):
        _change(cast, two[0], "Nama lain")
    unlocking.confirm_unlock(**_call(cast, proof, "rini"))
    assert find_proof_in_force(cast.election) is None
    assert _current(proof).void_reason == "Gelar calon 2 salah tulis"
    event = Event.objects.get(event="proof.unlocked")
    assert get_kind(event.event).alert == "unlock"
    assert Event.objects.filter(event="proof.unlock_proposed", subject=event.subject).exists()
    assert not Event.objects.filter(leaf__contains="Gelar").exists()


def test_nobody_unlocks_without_a_seat_or_without_a_proposal(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    proof = _locked(cast)
    with pytest.raises(ConflictError, match=r"proof\.unlock-not-proposed"):
        unlocking.confirm_unlock(**_call(cast, proof, "rini"))
    for name in ("mallory", "bayu", "kartika", "dewi", "desk"):
        with pytest.raises(PermissionDenied):
            unlocking.propose_unlock(**_call(cast, proof, name), reason="Alasan")
    unlocking.propose_unlock(**_call(cast, proof, "rini"), reason="Foto tertukar")
    for name in ("mallory", "bayu", "kartika", "dewi", "desk"):
        with pytest.raises(PermissionDenied):
            unlocking.confirm_unlock(**_call(cast, proof, name))
    with pytest.raises(ConflictError, match=r"proof\.unlock-proposed"):
        unlocking.propose_unlock(**_call(cast, proof, "sari"), reason="Lain")


def test_the_database_opens_no_lock_for_one_person(cast: VillageCast, two: list[Candidacy]) -> None:
    rows = SetupProof.objects.filter(pk=_locked(cast).pk)
    void = {"voided_by": cast.sari, "voided_at": NOW, "void_reason": "Sendiri"}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**void)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(
            **void, unlock_proposed_by=cast.sari, unlock_proposed_at=NOW, unlock_reason="Sendiri"
        )


def test_a_proposal_to_unlock_can_be_taken_back(cast: VillageCast, two: list[Candidacy]) -> None:
    proof = _locked(cast)
    unlocking.propose_unlock(**_call(cast, proof, "sari"), reason="Keliru")
    unlocking.withdraw_unlock(**_call(cast, proof, "slamet"))
    with pytest.raises(ConflictError, match=r"proof\.unlock-not-proposed"):
        unlocking.confirm_unlock(**_call(cast, proof, "rini"))
    assert _current(proof).locked_at is not None


def test_the_pages_of_unlocking_tell_the_reason_and_the_consequence(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    proof = _locked(cast)
    page = f"/ruang/{VILLAGE}/cetak-coba/"
    chair, member = cast.client("sari"), cast.client("rini")
    sent = {"version": _current(proof).version, "reason": "Foto calon 1 tertukar"}
    assert chair.post(f"{page}buka-kunci/", sent).status_code == 302
    shown = member.get(page).content.decode()
    assert "Pembukaan kunci diajukan" in shown
    assert "Periksa dan buka kunci" in shown
    assert "Periksa dan buka kunci" not in chair.get(page).content.decode()
    question = member.get(f"{page}buka-kunci/").content.decode()
    assert "Foto calon 1 tertukar" in question
    assert "Semua persetujuan calon gugur" in question
    version = {"version": _current(proof).version}
    assert cast.client("mallory").post(f"{page}buka-kunci/", version).status_code in (403, 404)
    assert cast.client().post(f"{page}buka-kunci/", version).status_code == 302
    assert chair.post(f"{page}buka-kunci/", version).status_code == 422
    assert find_proof_in_force(cast.election) == proof
    assert member.post(f"{page}buka-kunci/", version).status_code == 302
    assert find_proof_in_force(cast.election) is None


def test_a_candidate_signs_what_was_shown_and_for_nobody_else(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    proof = _create(cast)
    line = proof.signatures.get(candidacy=two[0])
    with pytest.raises(ConflictError, match=r"proof\.changed"):
        proofs.sign_proof(
            actor=cast.actor("kartika", NOW), now=NOW, signature_uuid=line.uuid, sha256="0" * 64
        )
    for name in ("darto", "sari", "mallory", "dewi"):
        with pytest.raises(PermissionDenied):
            proofs.sign_proof(
                actor=cast.actor(name, NOW),
                now=NOW,
                signature_uuid=line.uuid,
                sha256=proof.sha256,
            )


def test_a_signature_on_paper_counts_after_two_officers(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    Candidacy.objects.filter(pk=two[0].pk).update(user=None)
    proof = _create(cast)
    line = proof.signatures.get(candidacy=two[0])
    for person, is_confirmation in (("rini", False), ("rini", True), ("slamet", True)):
        call = {
            "actor": cast.actor(person, NOW),
            "now": NOW,
            "signature_uuid": line.uuid,
            "sha256": proof.sha256,
            "is_confirmation": is_confirmation,
        }
        if (person, is_confirmation) == ("rini", True):
            with pytest.raises(RuleViolationError, match="two-people"):
                proofs.sign_proof_on_paper(**call)
        else:
            signed = proofs.sign_proof_on_paper(**call)
    assert signed.is_signed


def test_no_proof_without_photos_or_numbers(cast: VillageCast) -> None:
    made = make_applicants(cast, 2, state=ApplicationState.DETERMINED)
    with pytest.raises(RuleViolationError, match=r"proof\.no-numbers"):
        _create(cast)
    for number, candidacy in enumerate(made, start=1):
        Candidacy.objects.filter(pk=candidacy.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
    with pytest.raises(RuleViolationError, match=r"proof\.no-photo"):
        _create(cast)


@pytest.mark.parametrize("name", ["mallory", "bayu", "kartika", "dewi"])
def test_strangers_and_determined_candidates_change_no_entry(
    cast: VillageCast, two: list[Candidacy], name: str
) -> None:
    with pytest.raises(PermissionDenied):
        _change(cast, two[0], "Nama lain", by=name)


# --- The photo ---------------------------------------------------------------------------------


def test_a_photo_is_written_anew_without_what_the_camera_hid(
    cast: VillageCast, two: list[Candidacy]
) -> None:
    assert two[0].photo is not None
    stored = read_file(two[0].photo)
    assert b"Kamera rahasia" not in stored.data
    assert hashlib.sha256(stored.data).hexdigest() == two[0].photo_sha256


def test_the_small_photo_is_light_enough_for_a_village_network() -> None:
    noisy = Image.effect_noise((1200, 1600), 60).convert("RGB")
    buffer = io.BytesIO()
    noisy.save(buffer, "JPEG")
    assert len(read_photo(buffer.getvalue()).small) < 15_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "upload.empty"),
        (b"\xff\xd8\xff" + b"x" * 200, "upload.photo"),
        (b"GIF89a" + b"x" * 200, "upload.photo"),
        (picture(size=(200, 260)), "upload.photo-small"),
        (b"\xff\xd8\xff" + b"0" * (10 * 1024 * 1024), "upload.too-large"),
    ],
)
def test_what_is_no_usable_photo_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(MalformedInputError) as caught:
        read_photo(data)
    assert caught.value.code == code


def test_a_picture_that_would_unpack_into_gigabytes_is_refused() -> None:
    buffer = io.BytesIO()
    Image.new("1", (9000, 9000)).save(buffer, "PNG")
    with pytest.raises(MalformedInputError, match=r"upload\.photo"):
        read_photo(buffer.getvalue())
