"""A file for an applicant: opened as a draft, and its identity put right before it is received."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import ANONYMOUS, Actor, Role
from pilkades.apps.accounts.selectors import get_actor, has_role
from pilkades.apps.audit.services import commit_to
from pilkades.apps.elections.models import Candidacy, Sex
from pilkades.apps.elections.selectors.applicant_facts import format_facts, parse_facts
from pilkades.apps.elections.selectors.village_access import (
    COMMITTEE_ROLES,
    COUNCIL_ROLES,
    is_own_file,
)
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    lock_file,
    save_file,
)
from pilkades.apps.elections.services.seats import is_seated
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from pilkades.law.eligibility import ApplicantFacts, Education
from pilkades.text import Text

NIK_DIGITS = 16
FEMALE_DAY_OFFSET = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the applicant is, as the KTP-el says."""

    full_name: str
    ballot_name: str
    nik: str
    sex: Sex
    birth_place: str
    birth_date: date
    address: str
    education: Education
    phone: str = ""
    occupation: str = ""


@transaction.atomic
def open_file(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    identity: Identity,
    username: str = "",
) -> Candidacy:
    """Open a draft for an applicant; it counts only when it is received.

    Allowed: who sits in the committee, for anybody; an account with the role, for itself.
    Requires: an election that runs; a NIK that agrees with sex and birth date and stands in no
    other file of this election.
    Effects: the draft, sealed. `candidacy.opened` with a commitment to the NIK.
    Raises: PermissionDenied, MalformedInputError, ConflictError.
    """
    context = lock_village_election(election_pk)

    at_desk = is_seated(actor, context)
    if not at_desk and not has_role(actor, (Role.CANDIDATE,), context.village_code):
        raise PermissionDenied

    require_running(context)
    check_identity(identity, today=context.local_date(now))
    user_id = _find_account(username, context, now) if at_desk else actor.user_id

    candidacy = _create(context, actor, now, identity, user_id)

    append_file_event(
        event="candidacy.opened",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        data={"nik_commitment": candidacy.nik_commitment},
        sealed={"account": candidacy.user.username if candidacy.user else ""},
    )
    return candidacy


@transaction.atomic
def correct_identity(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    expected_version: int,
    identity: Identity,
) -> Candidacy:
    """Put the identity of a file right while nothing was decided about it.

    Allowed: who sits in the committee; the applicant until the file is received.
    Requires: a file that is not yet found eligible or ineligible.
    Effects: the new identity, sealed, with a new commitment. `candidacy.identity_corrected`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    authorise_correction(actor, candidacy, context)

    check_identity(identity, today=context.local_date(now))
    _require_undecided(candidacy, context)

    _fill(candidacy, identity)
    facts = parse_facts(candidacy.facts)
    candidacy.facts = format_facts(_with_identity(facts, identity))
    try:
        with transaction.atomic():
            save_file(candidacy, fields=[*IDENTITY_COLUMNS, "facts"])
    except IntegrityError as error:
        raise _known_person() from error

    append_file_event(
        event="candidacy.identity_corrected",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        data={"nik_commitment": candidacy.nik_commitment},
    )
    return candidacy


IDENTITY_COLUMNS = [
    "full_name",
    "ballot_name",
    "sex",
    "nik",
    "nik_index",
    "nik_salt",
    "nik_commitment",
    "birth_place",
    "address",
    "phone",
    "occupation",
]
_UNDECIDED = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.RECEIVED,
        ApplicationState.CHECKING,
        ApplicationState.NEEDS_COMPLETION,
        ApplicationState.COMPLETED,
    }
)


def require_running(context: VillageElection) -> None:
    """Refuse an act in an election that rests, was declared void or is over."""
    if context.is_active:
        return
    raise RuleViolationError(
        "election.not-active",
        Text(
            "Pemilihan Desa {village} sedang tidak berjalan ({state}), sehingga langkah ini tidak "
            "dapat dilakukan.",
            village=context.village.name,
            state=str(context.election.get_state_display()),
        ),
        article=context.candidacy_rules.article,
    )


def check_identity(identity: Identity, *, today: date) -> None:
    """A NIK has sixteen digits, and its middle ones are the birth date (women: day + 40).

    Raises: MalformedInputError `identity.nik`, `identity.nik-birth`, `identity.birth-date`.
    """
    if identity.birth_date >= today:
        raise MalformedInputError(
            "identity.birth-date",
            Text("Tanggal lahir {day} belum lewat. Periksa KTP-el.", day=identity.birth_date),
        )
    nik = identity.nik
    if len(nik) != NIK_DIGITS or not (nik.isascii() and nik.isdigit()):
        raise MalformedInputError(
            "identity.nik",
            Text("NIK terdiri atas 16 angka. Salin lagi dari KTP-el tanpa spasi."),
        )
    day = identity.birth_date.day + (FEMALE_DAY_OFFSET if identity.sex == Sex.FEMALE else 0)
    expected = f"{day:02}{identity.birth_date:%m%y}"
    if nik[6:12] != expected:
        raise MalformedInputError(
            "identity.nik-birth",
            Text(
                "Angka ke-7 sampai ke-12 NIK ({found}) tidak cocok dengan tanggal lahir dan jenis "
                "kelamin ({expected}). Periksa NIK, tanggal lahir, dan jenis kelamin pada KTP-el.",
                found=nik[6:12],
                expected=expected,
            ),
        )


def _create(
    context: VillageElection,
    actor: Actor,
    now: datetime,
    identity: Identity,
    user_id: int | None,
) -> Candidacy:
    candidacy = Candidacy(
        election=context.election, user_id=user_id, opened_by_id=actor.user_id, opened_at=now
    )
    _fill(candidacy, identity)
    candidacy.facts = format_facts(
        ApplicantFacts(birth_date=identity.birth_date, education=identity.education)
    )
    try:
        with transaction.atomic():
            candidacy.save()
    except IntegrityError as error:
        raise _known_person() from error
    return candidacy


def _fill(candidacy: Candidacy, identity: Identity) -> None:
    candidacy.full_name = identity.full_name
    candidacy.ballot_name = identity.ballot_name or identity.full_name
    candidacy.sex = identity.sex
    candidacy.nik = identity.nik
    candidacy.nik_salt, candidacy.nik_commitment = commit_to(identity.nik)
    candidacy.birth_place = identity.birth_place
    candidacy.address = identity.address
    candidacy.phone = identity.phone
    candidacy.occupation = identity.occupation


def _with_identity(facts: ApplicantFacts, identity: Identity) -> ApplicantFacts:
    return replace(facts, birth_date=identity.birth_date, education=identity.education)


def _find_account(username: str, context: VillageElection, now: datetime) -> int | None:
    """An account that the desk opened for a candidate here, and nobody's who examines files."""
    if not username.strip():
        return None
    user = User.objects.filter(username=username.strip().lower()).first()
    actor = get_actor(user, now=now) if user is not None else ANONYMOUS
    is_candidate = has_role(actor, (Role.CANDIDATE,), context.village_code)
    is_official = has_role(actor, (*COMMITTEE_ROLES, *COUNCIL_ROLES), context.village_code)
    if is_candidate and not is_official:
        return actor.user_id
    raise MalformedInputError(
        "candidacy.account",
        Text(
            "Akun “{username}” tidak ada, belum diberi peran calon di desa ini oleh panitia "
            "kabupaten, atau milik anggota panitia atau BPD. Kosongkan bila bakal calon belum "
            "mempunyai akun; ia menandatangani di atas kertas di hadapan dua petugas.",
            username=username,
        ),
    )


def authorise_correction(actor: Actor, candidacy: Candidacy, context: VillageElection) -> None:
    if is_seated(actor, context):
        return
    if not is_own_file(actor, candidacy) or candidacy.state != ApplicationState.DRAFT:
        raise PermissionDenied


def _require_undecided(candidacy: Candidacy, context: VillageElection) -> None:
    if candidacy.state in _UNDECIDED:
        return
    raise RuleViolationError(
        "candidacy.decided",
        Text(
            "Berkas ini sudah diputuskan, sehingga identitasnya tidak diubah lagi di sini. Nama "
            "pada surat suara diperbaiki lewat cetak coba."
        ),
        article=context.candidacy_rules.article,
    )


def _known_person() -> ConflictError:
    return ConflictError(
        "candidacy.person",
        Text(
            "Orang dengan NIK ini sudah mempunyai berkas dalam pemilihan ini, atau akunnya sudah "
            "dipakai untuk berkas lain. Isian Anda belum disimpan. Cari berkasnya dalam daftar "
            "bakal calon."
        ),
    )
