"""Printing and looking up: 7,800 invitations as one PDF, and a citizen among a million people.

The peer of the print is one plain page of Typst for each voter, without a code and without the
roll; the peer of the look-up is the start page of the same server.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from bench.row import Row, write_rows

INVITED, REGISTERED = 7_800, 1_000_000
PRINT_SECONDS_MAX, PRINT_MB_MAX = 60, 300
LOOK_UP_MILLISECONDS_MAX = 30
BATCH = 5_000
PEER_PAGES = 400


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="pilkades-bench-") as home:
        _set_up(home)
        roll = _make_roll(400 if quick else INVITED)
        rows = [
            *_measure_print(roll),
            *_measure_look_up(roll, 20_000 if quick else REGISTERED),
        ]
    write_rows("roll_papers", rows)
    return 0


def _set_up(home: str) -> None:
    os.environ["PILKADES_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "pilkades.config.settings.test"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _make_roll(voters: int) -> Any:
    """A village with its fixed roll in sixteen stations, from invented people."""
    from pilkades.apps.elections.models import PollingStation, Venue
    from pilkades.apps.roll.models import Roll
    from pilkades.apps.roll.naming import search_form
    from pilkades.synthetic.villages import make_village as invent
    from tests.apps.village_cast import POLL, VILLAGE, at, make_village

    cast = make_village()
    roll = Roll.objects.create(
        election=cast.election, state="final", created_at=at(8, 1), final_fixed_at=at(8, 18)
    )
    venue = Venue.objects.create(election=cast.election, name="Lapangan Desa")
    stations = [
        PollingStation.objects.create(election=cast.election, venue=venue, number=number)
        for number in range(1, 17)
    ]
    people = invent(seed=1, region_code=VILLAGE, voters=voters, on=POLL).voters
    _write(
        roll,
        (
            {
                "number": number,
                "nik": person.nik,
                "kk": person.kk,
                "full_name": person.full_name,
                "search_name": search_form(person.full_name),
                "sex": person.sex,
                "birth_date": person.birth_date,
                "address": person.address,
                "rt": person.rt,
                "rw": person.rw,
                "station": stations[number % len(stations)],
            }
            for number, person in enumerate(people, start=1)
        ),
    )
    return roll


def _write(roll: Any, rows: Iterator[dict[str, Any]]) -> None:
    from itertools import islice

    from pilkades.apps.roll.models import RollEntry

    while batch := [RollEntry(roll=roll, **row) for row in islice(rows, BATCH)]:
        RollEntry.objects.bulk_create(batch)


def _measure_print(roll: Any) -> list[Row]:
    from pilkades.apps.accounts.models import User
    from pilkades.apps.accounts.selectors import get_actor
    from pilkades.apps.documents.batches import render_joined
    from pilkades.apps.elections.selectors.village_elections import get_village_election_by_uuid
    from pilkades.apps.roll.papers.invitations import list_invitation_parts
    from pilkades.apps.roll.services.invitations import issue_invitations
    from tests.apps.village_cast import at

    context = get_village_election_by_uuid(roll.election.uuid)
    actor = get_actor(User.objects.get(username="bu.sari"), now=at(11, 12))
    started = time.perf_counter()
    count = issue_invitations(actor=actor, now=at(11, 12), election_uuid=context.election.uuid)
    pdf = render_joined(
        template="roll/invitation.typ",
        parts=list_invitation_parts(context, roll, place_date="Wonodadi, 12 November 2026"),
    )
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plain = _time_plain_pages() * count / PEER_PAGES
    return [
        Row(
            name=f"{count} undangan dalam satu PDF ({len(pdf) / 1e6:.0f} MB)",
            value=round(seconds, 1),
            unit="s",
            target=f"<= {PRINT_SECONDS_MAX} s",
            ok=seconds <= PRINT_SECONDS_MAX,
            peer="Typst, halaman polos",
            peer_value=round(plain, 1),
        ),
        Row(
            name="memori puncak pencetakan undangan",
            value=round(megabytes),
            unit="MB",
            target=f"<= {PRINT_MB_MAX} MB",
            ok=megabytes <= PRINT_MB_MAX,
        ),
    ]


def _time_plain_pages() -> float:
    import typst

    source = b"#for n in range(%d) [Warga #n #pagebreak()]" % PEER_PAGES
    started = time.perf_counter()
    typst.compile(source, ignore_system_fonts=True, format="pdf")
    return time.perf_counter() - started


def _measure_look_up(roll: Any, people: int) -> list[Row]:
    from django.core.cache import cache
    from django.test import Client

    from pilkades.apps.roll.models import RollEntry

    _write(
        roll,
        (
            {
                "nik": f"36{number:014d}",
                "full_name": f"Warga {number}",
                "search_name": f"warga {number}",
            }
            for number in range(people - roll.entries.count())
        ),
    )
    someone = RollEntry.objects.exclude(birth_date=None).first()
    assert someone is not None
    assert someone.birth_date is not None
    born = someone.birth_date
    asked = {
        "nik": someone.nik,
        "birth_date_day": born.day,
        "birth_date_month": born.month,
        "birth_date_year": born.year,
    }
    client = Client(headers={"host": "localhost"})

    def ask() -> bytes:
        cache.clear()
        return client.post("/cek-dpt/", asked).content

    assert b"Anda terdaftar" in ask()
    mine = _median_milliseconds(ask)
    peer = _median_milliseconds(lambda: client.get("/").content)
    return [
        Row(
            name=f"warga mengecek namanya di antara {roll.entries.count():,} orang".replace(
                ",", "."
            ),
            value=round(mine, 1),
            unit="ms",
            target=f"<= {LOOK_UP_MILLISECONDS_MAX} ms",
            ok=mine <= LOOK_UP_MILLISECONDS_MAX,
            peer="halaman depan",
            peer_value=round(peer, 1),
        )
    ]


def _median_milliseconds(act: Any, times: int = 25) -> float:
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        spent.append((time.perf_counter() - started) * 1_000)
    return statistics.median(spent)


if __name__ == "__main__":
    raise SystemExit(main())
