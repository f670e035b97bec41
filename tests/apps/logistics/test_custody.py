"""Packages from packing to return: two names, a chain, alarms, and nobody who scans in vain."""

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, close_old_connections, connection, transaction
from openpyxl import load_workbook

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import InboxItem
from pilkades.apps.logistics.models import Act, Handover, Package, ReturnLine, State
from pilkades.apps.logistics.selectors.custody import get_opening
from pilkades.apps.logistics.services.custody import record_returns
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.logistics_custody import Alarm, CustodyAct
from tests.apps.logistics.stage import MOMENT, POLL_MORNING, LogisticsStage, make_stage
from tests.apps.village_cast import at, make_village


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("event", flat=True))


def test_every_station_gets_three_packages_whose_ballots_are_enough(stage: LogisticsStage) -> None:
    made = stage.prepare()

    assert [(item.station.number, item.packing) for item in made] == [
        (number, packing) for number in (1, 2) for packing in ("ballots", "documents", "equipment")
    ]
    assert [item.contents["ballots"] for item in made if item.packing == "ballots"] == [43, 22]
    assert len({item.code for item in made}) == 6
    assert events()[-1] == "packages.prepared"


def test_packages_are_made_up_once_and_renewed_until_they_are_sealed(
    stage: LogisticsStage,
) -> None:
    from pilkades.apps.roll.models import RollEntry

    stage.prepare()
    with pytest.raises(ConflictError):
        stage.prepare()
    first, fourth = stage.package(1), stage.package(4)
    stage.seal(fourth)
    RollEntry.objects.filter(station__number=1)[:1].get().delete()
    RollEntry.objects.filter(station__number=2)[:1].get().delete()

    assert stage.prepare() == []

    assert stage.package(1).contents["ballots"] == first.contents["ballots"] - 1
    assert stage.package(4).contents == fourth.contents
    assert stage.package(1).code == first.code


def test_without_voters_at_stations_nothing_is_packed(stage: LogisticsStage) -> None:
    from pilkades.apps.roll.models import RollEntry

    RollEntry.objects.update(station=None)
    with pytest.raises(RuleViolationError):
        stage.prepare()


def test_a_package_travels_from_hand_to_hand_and_back(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    stage.scan(package, CustodyAct.HAND_OVER, giver="Pak Slamet", taker="Pak Budi")
    stage.scan(package, CustodyAct.OPEN, giver="Pak Budi", taker="Mbak Dewi", now=POLL_MORNING)
    stage.scan(
        package,
        CustodyAct.RETURN,
        giver="Mbak Dewi",
        taker="Bu Sari",
        seals=("K-9",),
        now=at(11, 23, 17),
    )

    package = stage.package()
    assert (package.state, package.holder, package.alarms) == (State.RETURNED, "Bu Sari", [])
    assert list(package.handovers.values_list("act", flat=True)) == [
        Act.SEAL,
        Act.HAND_OVER,
        Act.OPEN,
        Act.RETURN,
    ]
    assert events()[-4:] == [
        "package.sealed",
        "package.handed_over",
        "package.opened",
        "package.returned",
    ]


def test_no_name_seal_or_place_stands_in_the_ledger(stage: LogisticsStage) -> None:
    stage.prepare()
    stage.scan(
        stage.package(), CustodyAct.SEAL, giver="Bu Sumarni", taker="Pak Rejo", place="Rumah Rejo"
    )
    leaf = Event.objects.get(event="package.sealed").leaf
    for word in ("Sumarni", "Rejo", "A-001"):
        assert word not in leaf
    assert set(json.loads(leaf)["data"]) >= {"giver_commitment", "seals_commitment"}


def test_scanned_twice_says_what_is_known(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    stage.scan(package, CustodyAct.HAND_OVER, giver="Pak Slamet", taker="Pak Budi")

    client = stage.client("rini")
    given = {
        "version": stage.package().version,
        "giver": "Pak Slamet",
        "taker": "pak  budi",
        "place": "TPS 01",
        "seals": "A-001",
        "intact": "utuh",
    }
    answer = client.post(f"/paket/{package.code}/serahkan/", given)

    assert answer.status_code == 409
    assert "sudah tercatat di tangan Pak Budi" in answer.text
    assert "diserahkan oleh Pak Slamet kepada Pak Budi di Balai desa" in answer.text
    assert 'value="TPS 01"' in answer.text
    assert Handover.objects.count() == 2


def test_whoever_saw_an_older_state_is_told_who_was_first(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    seen = stage.package().version
    stage.scan(package, CustodyAct.HAND_OVER, giver="Pak Slamet", taker="Pak Budi")

    with pytest.raises(ConflictError) as caught:
        stage.scan(
            package, CustodyAct.HAND_OVER, giver="Pak Slamet", taker="Mbak Rini", version=seen
        )

    assert caught.value.code == "package.stale"
    assert "Pak Budi" in str(caught.value.text)


def test_one_name_twice_is_refused_with_everything_kept(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    given = {
        "version": package.version,
        "giver": "Bu Sari",
        "taker": "bu sari",
        "place": "Balai desa",
        "seals": "A-001, A-002",
    }
    answer = stage.client("sari").post(f"/paket/{package.code}/segel/", given)

    assert answer.status_code == 422
    assert "dua orang yang berbeda" in answer.text
    assert 'value="A-001, A-002"' in answer.text
    assert stage.package().state == State.PREPARED


def test_opened_early_raises_the_alarm_and_tells_the_offices(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    opens_at, _article = get_opening(stage.context)

    stage.scan(
        package,
        CustodyAct.OPEN,
        giver="Pak Slamet",
        taker="Pak Budi",
        now=opens_at - timedelta(seconds=1),
    )

    assert opens_at == POLL_MORNING
    assert stage.package().alarms == [Alarm.OPENED_EARLY]
    assert events()[-2:] == ["package.opened", "package.opened_early"]
    assert InboxItem.objects.filter(subject=f"package:{package.uuid}").exists()


def test_opened_at_the_hour_is_no_alarm(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    stage.scan(package, CustodyAct.OPEN, giver="Pak Slamet", taker="Pak Budi", now=POLL_MORNING)
    assert stage.package().alarms == []
    assert "package.opened_early" not in events()


def test_a_broken_seal_stays_on_the_package(stage: LogisticsStage) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    stage.scan(
        package,
        CustodyAct.HAND_OVER,
        giver="Pak Slamet",
        taker="Pak Budi",
        seals=("X-1",),
        is_intact=False,
    )
    stage.scan(package, CustodyAct.HAND_OVER, giver="Pak Budi", taker="Mbak Rini", seals=("X-1",))
    assert stage.package().alarms == [Alarm.SEAL_BROKEN, Alarm.SEAL_DIFFERS]
    assert events().count("package.alarmed") == 1


@pytest.mark.parametrize("person", ["bayu", "desk", "camat", "mallory", "dewi"])
def test_only_members_of_the_committee_write(stage: LogisticsStage, person: str) -> None:
    stage.prepare()
    with pytest.raises(PermissionDenied):
        stage.scan(stage.package(), CustodyAct.SEAL, by=person)
    assert stage.package().state == State.PREPARED


def test_what_came_back_is_counted_once_and_never_above_what_was_sent(
    stage: LogisticsStage,
) -> None:
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    actor = stage.cast.actor("sari", MOMENT)

    def count(returned: dict[str, int]) -> Any:
        return record_returns(actor=actor, now=MOMENT, package_uuid=package.uuid, returned=returned)

    with pytest.raises(ConflictError):
        count({"ballots": 1})
    stage.scan(package, CustodyAct.RETURN, giver="Pak Slamet", taker="Bu Sari")
    with pytest.raises(MalformedInputError):
        count({"ballots": 44})
    count({"ballots": 40})
    line = ReturnLine.objects.get()
    assert (line.sent, line.returned) == (43, 40)
    with pytest.raises(ConflictError):
        count({"ballots": 40})
    assert events()[-1] == "package.counted"
    page = stage.client("sari").get(stage.url("package", package.uuid)).text
    assert "kurang" in page
    book = load_workbook(
        io.BytesIO(stage.client("sari").get(stage.url("returns") + "?unduh=xlsx").content)
    )
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1] == ("001", "TPS 01", "Surat suara", 43, 40, 3)
    assert rows[2][4] is None
    assert "Paket 002" in stage.client("sari").get(stage.url("returns")).text


def test_a_code_is_found_by_address_whole_or_begun(stage: LogisticsStage) -> None:
    stage.prepare()
    code = stage.package(3).code
    client, url = stage.client("sari"), stage.url("find")
    for written in (
        str(code),
        f"http://10.0.0.2:8000/paket/{code}/",
        f"{code.hex[:4]} {code.hex[4:8]} {code.hex[8:12].upper()}",
    ):
        answer = client.post(url, {"code": written})
        assert answer.status_code == 302, written
        assert answer["Location"] == f"/paket/{code}/"
    for written in ("", "abc", "00000000", "' OR 1=1 --"):
        assert client.post(url, {"code": written}).status_code == 400, written


def test_the_database_itself_refuses_one_person_as_two(stage: LogisticsStage) -> None:
    stage.prepare()
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            package=stage.package(),
            serial=1,
            act=Act.SEAL,
            giver="Bu Sari",
            taker="Bu Sari",
            place="Balai desa",
            at=MOMENT,
            recorded_by=stage.cast.sari,
        )


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except ConflictError as error:
            return error
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time by its nature"
)
def test_of_two_people_who_scan_at_once_one_is_told(transactional_db: None) -> None:
    stage = make_stage(make_village())
    stage.prepare()
    package = stage.package()
    stage.seal(package)
    seen = stage.package().version
    outcomes = at_once(
        *(
            lambda by=by, taker=taker: stage.scan(
                package,
                CustodyAct.HAND_OVER,
                by=by,
                giver="Pak Slamet",
                taker=taker,
                version=seen,
            )
            for by, taker in (("sari", "Pak Budi"), ("rini", "Mbak Rini"))
        )
    )
    refused = [item for item in outcomes if isinstance(item, ConflictError)]
    assert len(refused) == 1
    assert Package.objects.get(pk=package.pk).handovers.count() == 2
