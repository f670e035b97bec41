"""Pairs that may be one voter: found inside a village and across, answered once, by whom it is."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Election
from pilkades.apps.jobs.models import Job, JobState
from pilkades.apps.jobs.registry import JobCancelled
from pilkades.apps.roll.models import (
    ChangeKind,
    DuplicateDecision,
    DuplicatePair,
    Roll,
    RollEntry,
    RollState,
    VillageAnswer,
)
from pilkades.apps.roll.services.duplicate_search import search_duplicates
from pilkades.apps.roll.services.duplicates import (
    answer_for_own,
    ask_village,
    decide_across,
    decide_pair,
)
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.synthetic.people import make_nik
from tests.apps.roll_cast import LISTING
from tests.apps.village_cast import OTHER_VILLAGE, VILLAGE, VillageCast, make_village

pytestmark = pytest.mark.django_db
BIRTH = date(1984, 3, 9)
NAMES = ("Sulastri", "Ngatiman", "Rukmini", "Boiran", "Tri Handayani", "Wagito", "Yulianti")


@pytest.fixture
def cast() -> VillageCast:
    return make_village()


@pytest.fixture(autouse=True)
def _stand_in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: LISTING)


class FakeJob:
    """A job that notes what it is told, and may be asked to stop."""

    def __init__(self, *, stops_at: str = "") -> None:
        self.uuid = uuid4()
        self.told: list[str] = []
        self.stops_at = stops_at

    def now(self) -> Any:
        return LISTING

    def report(self, done: int, total: int, note: Any = None) -> None:
        self.told.append(str(note))
        if self.stops_at and self.stops_at in str(note):
            raise JobCancelled

    def store_result(self, **_values: Any) -> None:
        raise AssertionError("a search makes no file")


def nik(birth: date = BIRTH, *, serial: int = 9001) -> str:
    return make_nik(district_digits="350501", birth_date=birth, is_female=True, serial=serial)


def enter(cast: VillageCast, name: str, *, village: str = VILLAGE, **values: Any) -> RollEntry:
    election = Election.objects.get(village_id=village, wave=cast.election.wave)
    roll, _ = Roll.objects.get_or_create(election=election, defaults={"created_at": LISTING})
    given = {
        "sex": "P",
        "birth_date": BIRTH,
        "birth_place": "Blitar",
        "nik": nik(),
        "kk": "3505010101200001",
        "rt": "001",
        "rw": "002",
    }
    return RollEntry.objects.create(
        roll=roll, full_name=name, search_name=name.upper(), **{**given, **values}
    )


def fill(cast: VillageCast, *, village: str = VILLAGE) -> None:
    """Strangers, so that a pair stands out of something."""
    for place, name in enumerate(NAMES):
        birth = date(1950 + place * 6, place + 1, place + 11)
        enter(cast, name, village=village, birth_date=birth, nik=nik(birth, serial=9100 + place),
              kk=f"35050102022000{place:02d}", sex="L" if place % 2 else "P")  # fmt: skip


def search(cast: VillageCast, *, by: str = "sari", **where: str) -> Any:
    where = where or {"election": str(cast.election_uuid)}
    return search_duplicates(FakeJob(), actor=cast.actor(by, LISTING), **where)


def search_wave(cast: VillageCast, *, by: str = "desk") -> Any:
    return search(cast, by=by, wave=str(cast.election.wave.uuid))


def decide(cast: VillageCast, pair: DuplicatePair, *, by: str = "sari", **changes: Any) -> Any:
    pair.refresh_from_db()
    given = {"decision": DuplicateDecision.DIFFERENT, "note": "", "removed_uuid": None}
    return decide_pair(
        actor=cast.actor(by, LISTING),
        now=LISTING,
        pair_uuid=pair.uuid,
        expected_version=pair.version,
        **{**given, **changes},
    )


def answer(cast: VillageCast, pair: DuplicatePair, **changes: Any) -> Any:
    pair.refresh_from_db()
    given = {
        "actor": cast.actor("sari", LISTING),
        "village_code": VILLAGE,
        "answer": VillageAnswer.STAYS,
        "note": "KTP-el diperiksa",
    }
    return answer_for_own(
        now=LISTING,
        pair_uuid=pair.uuid,
        expected_version=pair.version,
        **{**given, **changes},
    )


@pytest.fixture
def pair(cast: VillageCast) -> DuplicatePair:
    """Siti Aminah twice in the village: spelled otherwise, NIK left out."""
    fill(cast)
    enter(cast, "Siti Aminah")
    enter(cast, "Hj. St. Aminah, S.Pd", nik="")
    search(cast)
    return DuplicatePair.objects.get()


@pytest.fixture
def across(cast: VillageCast) -> DuplicatePair:
    """Siti Aminah in two villages, the second without NIK and in another house."""
    fill(cast)
    fill_other = {"village": OTHER_VILLAGE}
    enter(cast, "Siti Nur Aminah")
    enter(cast, "Siti Nur Aminah", kk="", **fill_other)
    search_wave(cast)
    return DuplicatePair.objects.get()


VARIANTS: dict[str, dict[str, Any]] = {
    "spelling": {"full_name": "Siti Noer Aminah"},
    "title": {"full_name": "Hj. Siti Nur Aminah, S.Pd.I"},
    "order": {"full_name": "Aminah Siti Nur"},
    "no NIK": {"nik": ""},
    "one digit": {"nik": "3505024903849001"},
    "swapped": {"birth_date": date(1984, 9, 3)},
    "wrong day": {"birth_date": date(1984, 3, 19)},
    "moved": {"kk": "", "rt": "009", "rw": "004"},
    "moved without NIK": {"kk": "", "rt": "009", "rw": "004", "nik": ""},
    "same NIK, another name": {"full_name": "Wahyuni", "birth_date": date(1960, 1, 1)},
}


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS.keys())
def test_a_person_entered_twice_is_found_however_the_second_row_was_written(
    cast: VillageCast, change: dict[str, Any]
) -> None:
    fill(cast)
    first = enter(cast, "Siti Nur Aminah")
    second = enter(cast, change.pop("full_name", "Siti Nur Aminah"), **change)

    search(cast)

    found = DuplicatePair.objects.get()
    assert (found.left, found.right) == (first, second)


@pytest.mark.parametrize(
    "change",
    [
        {"full_name": "Siti Nur Azizah", "nik": nik(serial=9002)},
        {"full_name": "Sri Wahyuningsih", "nik": ""},
        {"nik": "3505014703619005", "birth_date": date(1961, 3, 7), "kk": ""},
    ],
    ids=["twin sister", "relative", "namesake"],
)
def test_twins_relatives_and_namesakes_are_let_be(
    cast: VillageCast, change: dict[str, Any]
) -> None:
    fill(cast)
    enter(cast, "Siti Nur Aminah")
    enter(cast, change.pop("full_name", "Siti Nur Aminah"), **change)

    search(cast)

    assert not DuplicatePair.objects.exists()


def test_an_empty_roll_and_a_roll_of_one_are_no_error(cast: VillageCast) -> None:
    assert search(cast)["people"] == 0
    enter(cast, "Siti Aminah")
    assert search(cast)["pairs"] == 0


def test_the_search_is_on_record_without_a_name_or_number(pair: DuplicatePair) -> None:
    event = Event.objects.get(event="roll.duplicates_searched")
    assert "Aminah" not in event.leaf
    assert nik() not in event.leaf
    assert pair.reason_codes[:2] == ["nik-missing", "name-spelling"]
    assert nik() not in str(DuplicatePair.objects.values())


def test_a_search_that_is_stopped_leaves_nothing(cast: VillageCast) -> None:
    enter(cast, "Siti Aminah")
    enter(cast, "Siti Aminah")
    job = FakeJob(stops_at="Membandingkan")

    with pytest.raises(JobCancelled):
        search_duplicates(job, actor=cast.actor("sari"), election=str(cast.election_uuid))

    assert not DuplicatePair.objects.exists()


def test_an_answer_is_remembered_until_a_row_changes(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    decide(cast, pair, note="Kakak beradik")

    assert search(cast)["remembered"] == 1
    pair.refresh_from_db()
    assert pair.decision == DuplicateDecision.DIFFERENT

    pair.right.full_name = "Siti Aminah"
    pair.right.save()
    assert search(cast)["reopened"] == 1
    pair.refresh_from_db()
    assert pair.is_open
    assert pair.note == ""


def test_an_open_pair_that_no_longer_looks_alike_is_dropped(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    entry = pair.right
    entry.full_name, entry.birth_date, entry.kk = "Poniyem", date(1950, 1, 1), ""
    entry.save()

    search(cast)

    assert not DuplicatePair.objects.exists()


def test_the_same_person_one_row_is_struck_with_a_reason(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    decide(cast, pair, decision=DuplicateDecision.SAME, removed_uuid=pair.right.uuid,
           note="KTP-el sama")  # fmt: skip

    pair.right.refresh_from_db()
    assert pair.right.is_removed
    assert "KTP-el sama" in pair.right.removed_reason
    assert pair.right.changes.get().kind == ChangeKind.MERGED
    pair.left.refresh_from_db()
    assert not pair.left.is_removed
    assert search(cast)["pairs"] == 0
    pair.refresh_from_db()
    assert pair.decision == DuplicateDecision.SAME


def test_a_pair_is_answered_once_and_as_it_was_seen(cast: VillageCast, pair: DuplicatePair) -> None:
    seen = pair.version
    decide(cast, pair)
    with pytest.raises(ConflictError):
        decide(cast, pair)
    with pytest.raises(ConflictError):
        decide_pair(
            actor=cast.actor("slamet", LISTING),
            now=LISTING,
            pair_uuid=pair.uuid,
            expected_version=seen,
            decision=DuplicateDecision.DIFFERENT,
            note="",
        )


def test_a_row_that_changed_since_the_search_is_looked_at_again(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    RollEntry.objects.filter(pk=pair.left_id).update(full_name="Siti Amanah")
    with pytest.raises(ConflictError, match="stale"):
        decide(cast, pair)


def test_the_same_person_needs_to_know_which_row_goes(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    for removed in (None, uuid4()):
        with pytest.raises(MalformedInputError):
            decide(cast, pair, decision=DuplicateDecision.SAME, removed_uuid=removed)


def test_after_the_lock_nobody_is_struck(cast: VillageCast, pair: DuplicatePair) -> None:
    Roll.objects.update(state=RollState.LOCKED, locked_at=LISTING, lock_digest="0" * 64)
    with pytest.raises(RuleViolationError):
        decide(cast, pair, decision=DuplicateDecision.SAME, removed_uuid=pair.right.uuid)
    assert not RollEntry.objects.filter(is_removed=True).exists()


@pytest.mark.parametrize("person", ["mallory", "dewi", "bayu", "desk", "kartika"])
def test_only_the_village_committee_answers_for_its_roll(
    cast: VillageCast, pair: DuplicatePair, person: str
) -> None:
    with pytest.raises(PermissionDenied):
        decide(cast, pair, by=person)


@pytest.mark.parametrize("person", ["mallory", "dewi", "bayu", "camat", "kartika"])
def test_outsiders_start_no_search(cast: VillageCast, person: str) -> None:
    with pytest.raises(PermissionDenied):
        search(cast, by=person)
    with pytest.raises(PermissionDenied):
        search_wave(cast, by=person)


def test_a_committee_does_not_search_other_villages(cast: VillageCast) -> None:
    with pytest.raises(PermissionDenied):
        search_wave(cast, by="sari")


def test_somebody_in_two_villages_is_found_by_the_desk_alone(
    cast: VillageCast, across: DuplicatePair
) -> None:
    assert across.is_across
    assert "village-different" in across.reason_codes
    search(cast)
    assert DuplicatePair.objects.get() == across


def test_a_village_strikes_its_own_and_never_the_other(
    cast: VillageCast, across: DuplicatePair
) -> None:
    answer(cast, across, answer=VillageAnswer.LEFT, note="Surat pindah 3 Maret")

    across.refresh_from_db()
    own = RollEntry.objects.get(pk=across.left_id)
    other = RollEntry.objects.get(pk=across.right_id)
    assert (own.is_removed, other.is_removed) == (True, False)
    assert across.decision == DuplicateDecision.SAME
    assert across.removed == own


def test_a_committee_cannot_speak_for_the_other_village(
    cast: VillageCast, across: DuplicatePair
) -> None:
    with pytest.raises(PermissionDenied):
        answer(cast, across, village_code=OTHER_VILLAGE, answer=VillageAnswer.LEFT)
    with pytest.raises(PermissionDenied):
        answer(cast, across, village_code="35.05.02.2001")
    with pytest.raises(PermissionDenied):
        decide(cast, across, decision=DuplicateDecision.SAME, removed_uuid=across.right.uuid)
    assert not RollEntry.objects.filter(is_removed=True).exists()


def test_the_desk_asks_a_village_hears_it_and_decides(
    cast: VillageCast, across: DuplicatePair
) -> None:
    ask_village(
        actor=cast.actor("desk", LISTING),
        now=LISTING,
        pair_uuid=across.uuid,
        expected_version=across.version,
        entry_uuid=across.left.uuid,
        question="Masih di sini?",
    )
    answer(cast, across)
    statement = across.statements.get()
    assert (statement.question, statement.answer) == ("Masih di sini?", VillageAnswer.STAYS)
    across.refresh_from_db()
    assert across.is_open

    desk = {"actor": cast.actor("desk", LISTING), "now": LISTING, "pair_uuid": across.uuid}
    with pytest.raises(MalformedInputError):
        decide_across(**desk, expected_version=across.version, note=" ")
    decide_across(**desk, expected_version=across.version, note="Dua NIK sah")

    across.refresh_from_db()
    assert across.decision == DuplicateDecision.DIFFERENT
    assert "Dua NIK" not in Event.objects.latest("pk").leaf


def test_only_the_desk_asks_and_decides_between_villages(
    cast: VillageCast, across: DuplicatePair
) -> None:
    for person in ("sari", "mallory", "camat", "dewi"):
        who = {"actor": cast.actor(person, LISTING), "now": LISTING, "pair_uuid": across.uuid}
        with pytest.raises(PermissionDenied):
            decide_across(**who, expected_version=across.version, note="x")
        with pytest.raises(PermissionDenied):
            ask_village(**who, expected_version=across.version, entry_uuid=across.left.uuid,
                        question="x")  # fmt: skip


# --- Pages ---------------------------------------------------------------------------------------

LIST = reverse("roll:duplicates", args=[VILLAGE])


def test_the_list_leads_to_a_pair_and_the_answer_to_the_next(
    cast: VillageCast, pair: DuplicatePair, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = cast.client("sari")
    client.get(LIST)
    with django_assert_max_num_queries(20):
        page = client.get(LIST)
    url = reverse("roll:duplicate", args=[VILLAGE, pair.uuid])
    assert url in page.text

    sheet = client.get(url)
    assert "salah satu kosong" in sheet.text
    assert '<mark class="differs">' in sheet.text
    assert nik() not in sheet.text

    done = client.post(url, {"version": pair.version, "answer": "different", "note": ""})
    assert done.status_code == 302
    assert done["Location"] == LIST
    again = client.get(url)
    assert "Orang yang berbeda" in again.text
    assert 'name="answer"' not in again.text


def test_the_list_is_filtered_by_reason_and_state(cast: VillageCast, pair: DuplicatePair) -> None:
    client = cast.client("sari")
    assert "St. Aminah" in client.get(f"{LIST}?alasan=nik-missing&keadaan=open").text
    assert "St. Aminah" not in client.get(f"{LIST}?alasan=nik-same").text
    assert "St. Aminah" not in client.get(f"{LIST}?keadaan=same").text
    assert client.get(f"{LIST}?unduh=xlsx").status_code == 200


def test_a_wrong_answer_shows_the_page_again_with_the_note(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    url = reverse("roll:duplicate", args=[VILLAGE, pair.uuid])
    given = {"version": pair.version, "answer": "mungkin", "note": "Belum jelas"}
    page = cast.client("sari").post(url, given)
    assert page.status_code == 400
    assert "Belum jelas" in page.text


def test_the_button_starts_a_job_that_finds_the_pair(
    cast: VillageCast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    fill(cast)
    enter(cast, "Siti Nur Aminah")
    enter(cast, "Siti Nur Aminah", nik="")

    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.client("sari").post(reverse("roll:duplicate-search", args=[VILLAGE]))

    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:show", args=[job.uuid])
    assert (job.state, job.outcome["new"]) == (JobState.DONE, 1)
    assert nik() not in str(job.params) + str(job.outcome)


def test_outsiders_see_neither_list_nor_pair_nor_search(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    search_url = reverse("roll:duplicate-search", args=[VILLAGE])
    url = reverse("roll:duplicate", args=[VILLAGE, pair.uuid])
    for person in ("mallory", "dewi", "bayu", "kartika", "camat"):
        for address in (LIST, url):
            assert cast.client(person).get(address).status_code == 403, person
        assert cast.client(person).post(search_url).status_code == 403
        assert cast.client(person).post(url, {"answer": "different"}).status_code == 403
    for address in (LIST, url):
        assert cast.client().get(address).status_code == 302
    assert not Job.objects.exists()


def test_the_desk_reads_a_village_list_and_answers_nothing(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    url = reverse("roll:duplicate", args=[VILLAGE, pair.uuid])
    desk = cast.client("desk")
    assert 'name="answer"' not in desk.get(url).text
    given = {"version": pair.version, "answer": "different", "note": ""}
    assert desk.post(url, given).status_code == 403


def test_a_pair_of_another_village_does_not_exist_here(
    cast: VillageCast, pair: DuplicatePair
) -> None:
    url = reverse("roll:duplicate", args=[OTHER_VILLAGE, pair.uuid])
    assert cast.client("mallory").get(url).status_code in (403, 404)
    assert cast.client("desk").get(url).status_code == 404


def test_of_the_other_village_a_committee_sees_only_what_it_must(
    cast: VillageCast, across: DuplicatePair
) -> None:
    RollEntry.objects.filter(pk=across.right_id).update(
        address="Jalan Rahasia 7", occupation="Bidan Praktik"
    )
    url = reverse("roll:duplicate", args=[VILLAGE, across.uuid])
    page = cast.client("sari").get(url)
    assert "Siti Nur Aminah" in page.text
    assert "Jalan Rahasia" not in page.text
    assert "Bidan Praktik" not in page.text
    assert nik() not in page.text

    desk = cast.client("desk")
    wave_url = reverse("roll:wave-duplicate", args=[cast.election.wave.uuid, across.uuid])
    assert "Jalan Rahasia" in desk.get(wave_url).text
    assert nik() not in desk.get(wave_url).text


def test_the_desk_walks_through_the_pairs_of_a_wave(
    cast: VillageCast, across: DuplicatePair
) -> None:
    wave = cast.election.wave.uuid
    desk, url = cast.client("desk"), reverse("roll:wave-duplicate", args=[wave, across.uuid])
    assert url in desk.get(reverse("roll:wave-duplicates", args=[wave])).text
    asked = desk.post(
        reverse("roll:wave-duplicate-ask", args=[wave, across.uuid]),
        {"version": across.version, "entry": str(across.left.uuid), "question": "Masih di sini?"},
    )
    assert asked.status_code == 302
    page = cast.client("sari").get(reverse("roll:duplicate", args=[VILLAGE, across.uuid]))
    assert "Masih di sini?" in page.text
    across.refresh_from_db()
    done = desk.post(url, {"version": across.version, "note": "Dua NIK sah"})
    assert done.status_code == 302


@pytest.mark.parametrize("person", ["sari", "mallory", "dewi", "kartika"])
def test_pairs_of_a_wave_are_not_for_villages(
    cast: VillageCast, across: DuplicatePair, person: str
) -> None:
    wave = cast.election.wave.uuid
    client = cast.client(person)
    for name, args in (
        ("roll:wave-duplicates", [wave]),
        ("roll:wave-duplicate", [wave, across.uuid]),
    ):
        assert client.get(reverse(name, args=args)).status_code in (403, 404)
    assert client.post(reverse("roll:wave-duplicate-search", args=[wave])).status_code in (403, 404)


def test_the_camat_reads_no_voters_of_a_wave(cast: VillageCast, across: DuplicatePair) -> None:
    wave = cast.election.wave.uuid
    url = reverse("roll:wave-duplicates", args=[wave])
    assert cast.client("camat").get(url).status_code == 403
