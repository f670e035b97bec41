"""The timetable as a decree publishes it: one canonical text with one digest."""

import hashlib
from typing import Any

import rfc8785

from pilkades.apps.elections.models import DecreedTimetable, Wave
from pilkades.apps.elections.selectors.timetables import compute_cached, get_pack_key
from pilkades.law.timetable import Standing, Timetable, TimetableStep


def get_wave_timetable(wave: Wave) -> Timetable:
    """The timetable of the wave as a whole: no branch taken, nothing recorded yet."""
    return compute_cached(get_pack_key(wave), wave.poll_date, frozenset(), frozenset())


def build_snapshot(*, wave: Wave, timetable: Timetable) -> dict[str, Any]:
    """What the attachment of the decree says, as JSON values."""
    return {
        "format": 1,
        "regency": wave.regency_id,
        "wave": wave.name,
        "poll_date": wave.poll_date.isoformat(),
        "pack": {
            "id": wave.pack.pack_id,
            "version": wave.pack.version_label,
            "sha256": wave.pack.sha256,
        },
        "villages": list(
            wave.elections.order_by("village_id").values_list("village_id", flat=True)
        ),
        "steps": [_step(step) for step in timetable.steps if step.standing is not Standing.DROPPED],
    }


def encode_snapshot(snapshot: dict[str, Any]) -> tuple[str, str]:
    """Canonical text (RFC 8785) and its SHA-256 in hex."""
    data = rfc8785.dumps(snapshot)
    return data.decode(), hashlib.sha256(data).hexdigest()


def find_latest_decree(wave: Wave) -> DecreedTimetable | None:
    """The decree that was published last, None before the first."""
    return wave.decreed_timetables.select_related("pack", "published_by").first()


def is_decree_current(wave: Wave, decree: DecreedTimetable | None, timetable: Timetable) -> bool:
    """Whether there is a decree and it still says what the system computes."""
    if decree is None:
        return False
    return encode_snapshot(build_snapshot(wave=wave, timetable=timetable))[1] == decree.sha256


def _step(step: TimetableStep) -> dict[str, Any]:
    return {
        "id": step.id,
        "name": step.name,
        "stage": step.stage,
        "owner": step.owner,
        "branch": step.branch,
        "from": step.start_date.isoformat(),
        "to": step.end_date.isoformat(),
        "count": step.count_mode.value,
        "days": step.days,
        "article": step.article,
    }
