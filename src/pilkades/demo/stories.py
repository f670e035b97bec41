"""What happens in the villages of the demo, each up to its moment of the timetable of 2026."""

from collections.abc import Generator
from datetime import datetime
from uuid import UUID

from pilkades.apps.elections.models import AnnouncementKind, DeliberationOutcome, DrawingMethod
from pilkades.demo.applying import (
    TWO_TERMS,
    Application,
    apply,
    ask_for_more,
    complain,
    find_eligible,
    find_ineligible,
    open_draft,
    verify_papers,
)
from pilkades.demo.deciding import (
    decide_path,
    deliberate,
    enter_sheets,
    publish_selection,
    report_no_agreement,
)
from pilkades.demo.director import Story, at
from pilkades.demo.numbering import (
    add_degree,
    commit,
    create_proof,
    draw_lots,
    lock,
    open_drawing,
    seal_and_reveal,
    sign_and_close,
    sign_proof,
    unlock,
)
from pilkades.demo.village import (
    VillagePlay,
    announce,
    form_committee,
    invite_council,
)
from pilkades.law.eligibility import Education

RATNA = "ratna"
GRADES = (
    Education.S1,
    Education.SMA,
    Education.S1,
    Education.SMA,
    Education.D3,
    Education.S1,
)


Telling = Generator[datetime, None, list[UUID]]
"""A part of a story that hands the applicants on to what follows."""


def _beginning(village: VillagePlay) -> Story:
    """Every village begins alike: the desk invites the BPD, which forms the committee."""
    yield at(7, 6, 9)
    invite_council(village)
    yield at(7, 17, 10)
    form_committee(village)


def tell_preparation(village: VillagePlay) -> Story:
    """The committee is formed, and nothing is announced yet."""
    yield from _beginning(village)


def tell_roll(village: VillagePlay) -> Story:
    """The committee is formed and the provisional roll hangs out."""
    yield from _beginning(village)
    yield at(8, 4, 9)
    announce(
        village,
        AnnouncementKind.OTHER,
        title="Periksa nama Anda di daftar pemilih sementara",
        body=(
            "Daftar pemilih sementara (DPS) ditempel di balai desa dan di setiap dusun.\n"
            "Bila nama Anda belum ada atau salah, datanglah ke panitia dengan KTP-el."
        ),
    )


def tell_registration(village: VillagePlay) -> Story:
    """Registration is open; one of two applicants lacks papers."""
    yield from _beginning(village)
    yield at(8, 20, 8)
    announce(village, AnnouncementKind.NOTICE)
    yield at(8, 21, 10)
    apply(village, Application(education=Education.S1, with_photo=True))
    yield at(8, 24, 11)
    apply(village, Application(without=("health_letter", "terms_letter")))


def tell_city(village: VillagePlay) -> Story:
    """Under a wali kota the national pack has days of its own; registration has begun."""
    yield at(7, 17, 9)
    invite_council(village)
    yield at(7, 29, 10)
    form_committee(village)
    yield at(8, 28, 8)
    announce(village, AnnouncementKind.NOTICE)
    yield at(9, 1, 10)
    apply(village, Application(education=Education.S1, with_photo=True))


def tell_completion(village: VillagePlay) -> Story:
    """Files are examined; one has to be completed, the public complains about another."""
    yield from _beginning(village)
    yield at(8, 20, 8)
    announce(village, AnnouncementKind.NOTICE)
    yield at(8, 27, 10)
    first = apply(village, Application(education=Education.S1))
    second = apply(village, Application(without=("court_letter",)))
    yield at(9, 1, 9)
    third = apply(village, Application(education=Education.D3))
    yield at(9, 3, 9)
    announce(village, AnnouncementKind.APPLICANTS)
    for uuid in (first, second):
        verify_papers(village, uuid)
    yield at(9, 7, 10)
    ask_for_more(
        village, second, reason="Surat keterangan dari pengadilan negeri belum ada dalam berkas."
    )
    yield at(9, 8, 16)
    complain(
        village,
        third,
        content=(
            "Bakal calon ini setahu saya masih tercatat sebagai perangkat desa di desa tetangga. "
            "Mohon panitia memeriksa surat-suratnya."
        ),
    )


def tell_extension(village: VillagePlay) -> Story:
    """Only one of two applicants is eligible, so the registration is extended."""
    yield from _beginning(village)
    yield at(8, 20, 8)
    announce(village, AnnouncementKind.NOTICE)
    yield at(8, 26, 10)
    eligible = apply(village, Application())
    refused = apply(village, Application(head_terms=TWO_TERMS))
    yield at(9, 3, 10)
    announce(village, AnnouncementKind.APPLICANTS)
    for uuid in (eligible, refused):
        verify_papers(village, uuid)
    yield at(9, 22, 10)
    find_eligible(village, eligible)
    find_ineligible(
        village,
        refused,
        requirement="terms",
        reason="Sudah dua kali menjabat kepala desa, yang kedua sesudah undang-undang baru.",
    )
    yield at(9, 24, 14)
    decide_path(village)
    yield at(9, 30, 10)
    open_draft(village, Application(without=("health_letter",)))


def tell_selection(village: VillagePlay) -> Story:
    """Six are eligible; their sheets are complete and wait to be published."""
    six = yield from _six_eligible(village)
    yield at(10, 30, 9)
    enter_sheets(village, six)


def tell_drawing(village: VillagePlay) -> Story:
    """Candidates are determined; their commitments are in, nothing is drawn yet."""
    yield from _three_eligible(village)
    yield at(11, 2, 8)
    decide_path(village)
    yield at(11, 2, 8, 30)
    drawing = open_drawing(village, DrawingMethod.COMMITMENTS)
    commit(village, drawing)


def tell_proof(village: VillagePlay) -> Story:
    """Numbers are drawn; the set-up proof waits for the signature of one candidate."""
    applicants = yield from _three_eligible(village, with_account=RATNA)
    yield at(11, 2, 8)
    decide_path(village)
    yield at(11, 2, 9)
    drawing = open_drawing(village, DrawingMethod.LOTS)
    draw_lots(village, drawing, (2, 3, 1))
    yield at(11, 2, 10)
    sign_and_close(village, drawing)
    yield at(11, 3, 8, 30)
    sign_proof(village, create_proof(village), without=(applicants[0],))


def tell_campaign(village: VillagePlay) -> Story:
    """From six to five by published scores, a drawing that anybody can recompute, and a lock."""
    six = yield from _six_eligible(village, with_photo=True)
    yield at(10, 30, 9)
    enter_sheets(village, six)
    yield at(10, 30, 14)
    publish_selection(village)
    yield at(11, 2, 8)
    decide_path(village)
    yield at(11, 2, 9)
    drawing = open_drawing(village, DrawingMethod.COMMITMENTS)
    commit(village, drawing)
    yield at(11, 2, 9, 30)
    seal_and_reveal(village, drawing)
    sign_and_close(village, drawing)
    yield at(11, 3, 9)
    yield from _lock_twice(village, six[0])


def tell_single(village: VillagePlay) -> Story:
    """One applicant after both extensions; agreement, so the empty column stands beside."""
    yield from _single_until_deliberation(village)
    deliberate(
        village,
        DeliberationOutcome.AGREED,
        minutes=(
            "Panitia dan BPD sepakat melanjutkan pemilihan dengan satu calon melawan kolom kosong, "
            "karena warga dari empat dusun menghendaki pemilihan tetap tahun ini."
        ),
    )
    yield at(11, 2, 8)
    decide_path(village)
    yield at(11, 2, 9)
    drawing = open_drawing(village, DrawingMethod.LOTS)
    draw_lots(village, drawing, (1,))
    sign_and_close(village, drawing)
    yield at(11, 3, 9)
    proof = create_proof(village)
    sign_proof(village, proof)
    yield at(11, 4, 9)
    lock(village, proof)


def tell_void(village: VillagePlay) -> Story:
    """One applicant and no agreement: the report waits for the BPD."""
    yield from _single_until_deliberation(village)
    deliberate(
        village,
        DeliberationOutcome.NOT_AGREED,
        minutes=(
            "Panitia menghendaki pemilihan dengan kolom kosong, BPD menghendaki penundaan ke "
            "gelombang berikutnya. Tidak tercapai mufakat."
        ),
    )
    yield at(11, 2, 8)
    decide_path(village)
    yield at(11, 2, 10)
    report_no_agreement(village)


def _three_eligible(village: VillagePlay, *, with_account: str = "") -> Telling:
    """Registration, examination and finding of three applicants."""
    yield from _beginning(village)
    yield at(8, 20, 8)
    announce(village, AnnouncementKind.NOTICE)
    yield at(8, 25, 9)
    applicants = [
        apply(
            village,
            Application(
                education=Education.S1,
                with_photo=True,
                part=with_account,
                name=village.names.get(with_account, ""),
                is_female=True if with_account else None,
            ),
        ),
        apply(village, Application(with_photo=True)),
        apply(village, Application(education=Education.D3, with_photo=True)),
    ]
    yield from _examine(village, applicants)
    return applicants


def _six_eligible(village: VillagePlay, *, with_photo: bool = False) -> Telling:
    """Six applicants, of whom five may go on: the extra selection is decided."""
    yield from _beginning(village)
    yield at(8, 20, 8)
    announce(village, AnnouncementKind.NOTICE)
    applicants = []
    for day, grade in zip((24, 25, 26, 27, 28, 31), GRADES, strict=True):
        yield at(8, day, 10)
        applicants.append(apply(village, Application(education=grade, with_photo=with_photo)))
    yield from _examine(village, applicants)
    yield at(9, 24, 14)
    decide_path(village)
    return applicants


def _examine(village: VillagePlay, applicants: list[UUID]) -> Story:
    yield at(9, 3, 9)
    announce(village, AnnouncementKind.APPLICANTS)
    for uuid in applicants:
        verify_papers(village, uuid)
    yield at(9, 22, 10)
    for uuid in applicants:
        find_eligible(village, uuid)


def _single_until_deliberation(village: VillagePlay) -> Story:
    """One applicant, and nobody else comes in either extension."""
    yield from _beginning(village)
    yield at(8, 20, 8)
    announce(village, AnnouncementKind.NOTICE)
    yield at(8, 28, 9)
    only = apply(village, Application(education=Education.S1, with_photo=True))
    yield from _examine(village, [only])
    for month, day in ((9, 24), (10, 15), (10, 29)):
        yield at(month, day, 16, 30)
        decide_path(village)
    yield at(10, 30, 10)


def _lock_twice(village: VillagePlay, uuid: UUID) -> Story:
    """A degree was forgotten: opened with a reason, signed by all, locked again."""
    proof = create_proof(village)
    sign_proof(village, proof)
    yield at(11, 3, 13)
    lock(village, proof)
    yield at(11, 4, 9)
    unlock(village, proof, reason="Gelar seorang calon belum tercantum seperti pada ijazahnya.")
    add_degree(village, uuid, "S.Pd.")
    yield at(11, 4, 13)
    proof = create_proof(village)
    sign_proof(village, proof)
    yield at(11, 5, 9)
    lock(village, proof)
