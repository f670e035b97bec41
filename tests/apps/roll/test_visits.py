"""Coklit: what is recorded at the door, once, and how far each RT is."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import StageFact
from pilkades.apps.roll.models import HouseholdVisit, RollEntry, VisitOutcome
from pilkades.apps.roll.selectors.visits import list_areas, list_households
from pilkades.apps.roll.services.visits import (
    record_corrected_visit,
    record_newcomer,
    record_visit,
)
from pilkades.apps.roll.services.voters import read_voter
from pilkades.errors import ConflictError, MalformedInputError
from tests.apps.roll_cast import LISTING, add, fresh_entry, fresh_roll, make_hamlet, strike, voter
from tests.apps.village_cast import VILLAGE, VillageCast, make_village

pytestmark = pytest.mark.django_db
FIELDS = {"full_name": "Pak Joko", "sex": "L", "rt": "1", "rw": "2"}


@pytest.fixture
def cast() -> VillageCast:
    return make_village()


@pytest.fixture
def entry(cast) -> RollEntry:
    return add(cast, voter(hamlet=make_hamlet()))


def visit(cast, entry, outcome=VisitOutcome.CONFIRMED, *, by="sari", nonce=None, note=""):
    return record_visit(
        actor=cast.actor(by, LISTING),
        now=LISTING,
        entry_uuid=entry.uuid,
        expected_version=fresh_entry(entry).version,
        outcome=outcome,
        nonce=nonce or uuid4(),
        note=note,
    )


def test_a_visit_says_who_looked_when_and_begins_the_step(cast, entry):
    made = visit(cast, entry)
    assert (made.visited_by, made.visited_at, made.outcome) == (cast.sari, LISTING, "confirmed")
    assert fresh_entry(entry).version == 1
    fact = StageFact.objects.get(election__uuid=cast.election_uuid, step_id="door_to_door")
    assert (fact.started_on, fact.finished_on) == (LISTING.date(), None)
    leaf = str(Event.objects.get(event="roll.visit_recorded").leaf)
    assert "confirmed" not in leaf


def test_a_form_sent_twice_is_recorded_once(cast, entry):
    nonce = uuid4()
    first = visit(cast, entry, VisitOutcome.DIED, nonce=nonce)
    assert visit(cast, entry, VisitOutcome.DIED, nonce=nonce) == first
    assert HouseholdVisit.objects.count() == 1
    assert Event.objects.filter(event="roll.visit_recorded").count() == 1
    assert fresh_entry(entry).is_removed


def test_a_newcomer_sent_twice_stands_once_even_without_a_nik(cast):
    values = {
        "actor": cast.actor("sari", LISTING),
        "now": LISTING,
        "election_pk": cast.election.pk,
        "voter": voter("Pak Joko", sex="L", nik=""),
        "nonce": uuid4(),
    }
    assert record_newcomer(**values) == record_newcomer(**values)
    assert RollEntry.objects.count() == 1


def test_a_correction_at_the_door_is_sent_twice_and_made_once(cast, entry):
    values = {
        "actor": cast.actor("rini", LISTING),
        "now": LISTING,
        "entry_uuid": entry.uuid,
        "expected_version": 1,
        "voter": replace(read_voter(entry), rt="009"),
        "nonce": uuid4(),
    }
    assert record_corrected_visit(**values) == record_corrected_visit(**values)
    assert (fresh_entry(entry).rt, fresh_entry(entry).version) == ("009", 2)


def test_somebody_elses_nonce_opens_nothing(cast, entry):
    nonce = uuid4()
    visit(cast, entry, nonce=nonce)
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        visit(cast, entry, by="rini", nonce=nonce)


def test_died_and_moved_strike_but_unknown_is_left_to_the_committee(cast):
    people = [add(cast, voter(f"Warga {place}", serial=40 + place)) for place in range(3)]
    visit(cast, people[0], VisitOutcome.DIED)
    visit(cast, people[1], VisitOutcome.MOVED, note="ikut anak ke Malang")
    visit(cast, people[2], VisitOutcome.UNKNOWN)
    assert [fresh_entry(person).is_removed for person in people] == [True, True, False]
    assert fresh_entry(people[1]).removed_reason == "Coklit: pindah. ikut anak ke Malang"


def test_a_later_visit_stands_beside_the_earlier_and_counts(cast, entry):
    visit(cast, entry, VisitOutcome.UNKNOWN)
    visit(cast, entry, VisitOutcome.CONFIRMED, by="rini")
    assert entry.visits.count() == 2
    (area,) = list_areas(fresh_roll(cast))
    assert (area.total, area.visited, area.unknown) == (1, 1, 0)


def test_progress_counts_whom_a_visit_struck_and_not_whom_the_desk_struck(cast, entry):
    mate = add(cast, voter("Pak Marto", serial=33, sex="L", hamlet=make_hamlet()))
    gone = add(cast, voter("Bu Marto", serial=34, hamlet=make_hamlet()))
    strike(cast, gone)
    visit(cast, mate, VisitOutcome.DIED)
    (area,) = list_areas(fresh_roll(cast))
    assert (area.hamlet, area.rw, area.rt) == ("Krajan", "002", "001")
    assert (area.total, area.visited, area.is_done) == (2, 1, False)
    visit(cast, entry)
    assert list_areas(fresh_roll(cast))[0].is_done


def test_people_of_one_card_stand_together_and_without_a_card_alone(cast):
    for place in range(3):
        add(cast, voter(f"Keluarga {place}", serial=40 + place, kk="3505010101990001"))
    for place in range(2):
        add(cast, voter(f"Sendiri {place}", serial=50 + place, kk=""))
    households = list_households(fresh_roll(cast), hamlet=None, rw="002", rt="001").households
    assert sorted(len(household.people) for household in households) == [1, 1, 3]
    assert not any("3505010101990001" in household.kk for household in households)


def test_bad_input_is_refused(cast, entry):
    with pytest.raises(MalformedInputError, match=r"visit\.outcome"):
        visit(cast, entry, VisitOutcome.NEWCOMER)
    with pytest.raises(MalformedInputError, match=r"visit\.note"):
        visit(cast, entry, note="x" * 161)
    strike(cast, entry)
    with pytest.raises(ConflictError, match=r"entry\.removed"):
        visit(cast, entry)


def test_only_roll_officers_record_visits(cast, entry):
    for outsider in ("mallory", "dewi", "bayu", "desk", "camat"):
        with pytest.raises(PermissionDenied):
            visit(cast, entry, by=outsider)
        with pytest.raises(PermissionDenied):
            record_newcomer(
                actor=cast.actor(outsider, LISTING),
                now=LISTING,
                election_pk=cast.election.pk,
                voter=voter("Mallory", serial=9),
                nonce=uuid4(),
            )
    assert not HouseholdVisit.objects.exists()


# --- Pages --------------------------------------------------------------------------------------


def page(name: str, *args: object) -> str:
    return reverse(f"roll:{name}", args=[VILLAGE, *args])


def test_the_page_of_an_rt_has_three_buttons_for_each_person_and_no_full_number(cast, entry):
    client = cast.client("rini")
    body = client.get(page("visits")).content.decode()
    assert "RT 001 / RW 002, Krajan" in body
    query = f"?dusun={make_hamlet().uuid}&rw=002&rt=001"
    door = client.get(page("visit-area") + query).content.decode()
    for word in ("Sesuai", "Perbaiki", "Tidak ditemukan", entry.full_name):
        assert word in door
    assert entry.nik not in door
    assert entry.kk not in door
    assert page("visit-newcomer") in door


def test_one_press_records_and_returns_to_the_same_door(cast, entry):
    client = cast.client("rini")
    data = {"nonce": uuid4(), "version": 1, "outcome": "confirmed"}
    for _again in range(2):
        back = client.post(page("visit-record", entry.uuid), data)
        assert back.status_code == 302
        assert back["Location"].endswith(f"#p{entry.pk}")
    assert HouseholdVisit.objects.get().visited_by == cast.rini
    bad = client.post(page("visit-record", entry.uuid), {"outcome": "terbang"}, follow=True)
    assert "belum dicatat" in bad.content.decode()


def test_not_found_asks_why_and_says_the_consequence(cast, entry):
    client = cast.client("sari")
    body = client.get(page("visit-not-found", entry.uuid)).content.decode()
    assert "mencoret namanya" in body
    client.post(
        page("visit-record", entry.uuid),
        {"nonce": uuid4(), "version": 1, "outcome": "moved", "note": "ke Malang"},
    )
    assert fresh_entry(entry).removed_reason == "Coklit: pindah. ke Malang"


def test_correcting_and_adding_at_the_door(cast, entry):
    client = cast.client("sari")
    assert client.get(page("visit-correct", entry.uuid)).status_code == 200
    mend = {**FIELDS, "full_name": "Dewi Lestari", "version": 1, "nonce": uuid4()}
    assert client.post(page("visit-correct", entry.uuid), mend).status_code == 302
    assert fresh_entry(entry).sex == "L"
    assert fresh_entry(entry).nik == voter().nik
    query = f"?dusun={make_hamlet().uuid}&rw=002&rt=001"
    form = client.get(page("visit-newcomer") + query).content.decode()
    assert 'value="001"' in form
    data = {**FIELDS, "nonce": uuid4(), "hamlet": str(make_hamlet().uuid)}
    for _again in range(2):
        assert client.post(page("visit-newcomer") + query, data).status_code == 302
    assert RollEntry.objects.filter(full_name="Pak Joko").count() == 1


def test_a_page_of_doors_stays_small_enough_for_a_poor_line(cast):
    hamlet = make_hamlet()
    add(cast, voter(hamlet=hamlet))
    roll = fresh_roll(cast)
    RollEntry.objects.bulk_create(
        RollEntry(
            roll=roll,
            full_name=f"Warga Dusun Nomor {place}",
            search_name="WARGA",
            sex="L",
            nik=f"35050101019{place:05d}",
            kk=f"35050101018{place // 4:05d}",
            address="Jalan Raya Krajan 12",
            rt="001",
            rw="002",
            hamlet=hamlet,
        )
        for place in range(299)
    )
    query = f"?dusun={hamlet.uuid}&rw=002&rt=001"
    client, seen = cast.client("sari"), 0
    for number in (1, 2, 3):
        body = client.get(page("visit-area") + f"{query}&hal={number}").content
        assert len(body) < 150_000
        seen += body.count(b'name="outcome" value="confirmed"')
    assert seen == 300


def test_outsiders_stand_before_a_closed_door(cast, entry):
    for outsider in ("mallory", "dewi", "bayu", "camat"):
        client = cast.client(outsider)
        for name in ("visit-not-found", "visit-correct"):
            assert client.get(page(name, entry.uuid)).status_code == 403
        answer = client.post(page("visit-record", entry.uuid), {"outcome": "died"})
        assert answer.status_code == 403
    assert not HouseholdVisit.objects.exists()
