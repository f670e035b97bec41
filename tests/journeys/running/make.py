"""Makes the running election that later versions are checked against.

    python -m tests.journeys.running.make tests/journeys/running/0.1.0

Run once for a version, when its tables are final, and never again for it: an upgrade is only
proven on data that the older program wrote. It plays one village of the demo, up to a set-up proof
that waits for one candidate, and leaves what `pilkades backup` would put in its envelope, packed.
People are invented; the keys guard nothing else.
"""

import csv
import json
import lzma
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

VILLAGE, DISTRICT, REGENCY = "35.05.10.2012", "35.05.10", "35.05"
LEVELS = ("provinces", "regencies", "districts", "villages")
POLL_DATE = date(2026, 11, 23)
MADE_AT = "2026-11-23T00:00:00+00:00"


def main() -> int:
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="pilkades-berjalan-") as folder:
        home, regions = Path(folder) / "home", Path(folder) / "wilayah"
        regions.mkdir()
        _cut_regions(regions)
        os.environ |= {"PILKADES_HOME": str(home), "PILKADES_REGIONS": str(regions)}
        os.environ.pop("DATABASE_URL", None)
        _play()
        facts = _describe()
        target.mkdir(parents=True)
        _pack(home, Path(folder) / "isi.tar", target / "isi.tar.xz")
    (target / "keadaan.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    return 0


def _cut_regions(folder: Path) -> None:
    """The official list, cut down to the district of the village."""
    from pilkades.cli.init import find_regions_dir

    kept = {VILLAGE[:2], REGENCY, DISTRICT}
    for level in LEVELS:
        with (
            (find_regions_dir() / f"{level}.csv").open(encoding="utf-8", newline="") as rows,
            (folder / f"{level}.csv").open("w", newline="") as cut,
        ):
            reader, writer = csv.reader(rows), csv.writer(cut, lineterminator="\n")
            writer.writerow(next(reader))
            writer.writerows(r for r in reader if r[0] in kept or r[0].startswith(f"{DISTRICT}."))


def _play() -> None:
    from pilkades.cli.init import prepare_installation
    from pilkades.config.boot import DEMO

    prepare_installation(settings_module=DEMO)
    from django.db import transaction

    with transaction.atomic():
        _tell_story()


def _tell_story() -> None:
    """Officials, pack, wave and the village, by the services and stories of the demo."""
    from pilkades.apps.accounts.roles import Role
    from pilkades.apps.audit.services import publish_checkpoint
    from pilkades.apps.elections.services.create_wave import create_wave
    from pilkades.apps.elections.services.simulate import set_election_moment, set_wave_moment
    from pilkades.apps.regulations.services import (
        adopt_pack,
        install_shipped_pack,
        propose_pack,
    )
    from pilkades.demo.cast import DEPARTMENT, DESK, act_as, appoint, mark_personas
    from pilkades.demo.director import at, play
    from pilkades.demo.scripts import PERSONAS, SCRIPTS
    from pilkades.demo.village import VillagePlay, keep_steps
    from pilkades.packfiles import find_pack_source

    for username, name in ((DESK, "Hadi Prasetyo"), (DEPARTMENT, "Endang Rahayu")):
        appoint(
            username=username,
            full_name=name,
            role=Role.REGENCY_DESK,
            region_code=REGENCY,
            now=at(6, 1),
        )
    install_shipped_pack(data=find_pack_source("nasional"), now=at(6, 8))
    proposed = propose_pack(
        actor=act_as(DESK, now=at(6, 8)),
        now=at(6, 8),
        region_code=REGENCY,
        data=find_pack_source("blitar-2026"),
    )
    pack = adopt_pack(
        actor=act_as(DEPARTMENT, now=at(6, 9)),
        now=at(6, 9),
        pack_uuid=proposed.uuid,
        expected_version=proposed.version,
        effective_date=at(6, 9).date(),
    )
    wave = create_wave(
        actor=act_as(DESK, now=at(6, 15)),
        now=at(6, 15),
        regency_code=REGENCY,
        name="Pilkades serentak 2026",
        poll_date=POLL_DATE,
        pack_uuid=pack.uuid,
        village_codes=[VILLAGE],
        is_simulation=True,
    )
    election = wave.elections.select_related("village").get()
    script = next(script for script in SCRIPTS if script.code == VILLAGE)
    village = VillagePlay(
        code=VILLAGE,
        name=election.village.name,
        slug=script.slug,
        desk=DESK,
        election_uuid=election.uuid,
        election_pk=election.pk,
        names=dict(script.names),
    )
    stories = (script.story(village), keep_steps(village, until=script.moment))
    play((village, story) for story in stories)
    set_wave_moment(now=script.moment, wave_uuid=wave.uuid, moment=script.moment)
    set_election_moment(now=script.moment, election_uuid=election.uuid, moment=script.moment)
    mark_personas(PERSONAS)
    publish_checkpoint(now=script.moment)


def _describe() -> dict[str, object]:
    """What a later version must still show."""
    from pilkades import __version__
    from pilkades.apps.audit.keys import get_signing_key
    from pilkades.apps.audit.models import Checkpoint
    from pilkades.apps.elections.models import Candidacy, Wave

    candidates = Candidacy.objects.order_by("ballot_number").values_list(
        "ballot_number", "ballot_name"
    )
    return {
        "version": __version__,
        "village": VILLAGE,
        "wave": str(Wave.objects.get().uuid),
        "candidates": [list(row) for row in candidates],
        "key": str(get_signing_key().verifier),
        "checkpoint": Checkpoint.objects.latest("size").note,
    }


def _pack(home: Path, snapshot: Path, target: Path) -> None:
    from django.conf import settings
    from django.db import connection

    from pilkades import __version__
    from pilkades.cli.snapshot import write_snapshot

    connection.close()
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database:
        database.execute("VACUUM")
    facts = {"version": __version__, "origin": settings.PILKADES_ORIGIN, "at": MADE_AT}
    database_settings = settings.DATABASES["default"]
    write_snapshot(target=snapshot, home=home, database=database_settings, facts=facts)
    target.write_bytes(lzma.compress(snapshot.read_bytes(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    sys.exit(main())
