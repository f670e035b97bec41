"""A large village's messy list: every line is somebody, or is skipped for a reason that is told."""

import random
import time
from collections import Counter
from datetime import date

from pilkades.apps.roll.spreadsheets.book import read_book
from pilkades.apps.roll.spreadsheets.extraction import classify, extract, read_section
from pilkades.apps.roll.spreadsheets.judging import Setting, judge_row
from pilkades.apps.roll.spreadsheets.judging_places import HamletNames
from pilkades.apps.roll.spreadsheets.layout import find_layout
from pilkades.synthetic.sheet_files import write_messy_xlsx
from pilkades.synthetic.villages import make_village

PEOPLE = 7_800
POLL = date(2026, 11, 23)


def test_a_list_of_7800_is_read_whole_and_quickly() -> None:
    village = make_village(seed=3, region_code="35.05.01.2001", voters=PEOPLE, on=POLL)
    data, sheet = write_messy_xlsx(rng=random.Random(4), people=village.voters)
    setting = Setting(POLL, "350501", HamletNames.of(village.hamlets), frozenset({"nik"}))
    started = time.process_time()

    rows = read_book(data).sheets[0].rows
    layout = find_layout(rows)
    reasons: Counter[str] = Counter()
    severities: Counter[int] = Counter()
    for row in rows[layout.first_row :]:
        raw = extract(row, layout.mapped)
        reason = classify(row, raw, layout)
        reasons[reason] += 1
        if reason == "section":
            assert read_section(row, layout.mapped) is not None
        if not reason:
            severities[judge_row(raw, mended={}, setting=setting).severity] += 1

    assert time.process_time() - started < 10
    assert reasons[""] == len(sheet.rows) >= PEOPLE
    assert set(reasons) <= {"", "section", "header", "numbering", "total", "other", "blank"}
    assert sum(severities.values()) == len(sheet.rows)
    assert severities[2] < 0.1 * PEOPLE
    assert severities[0] > 0.7 * PEOPLE
