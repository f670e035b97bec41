"""Every mistake that a pack can hold is found, with its line and in plain words."""

from datetime import date

import pytest

from pilkades.law.findings import Finding, Severity, has_errors
from pilkades.law.packcheck import PackRejectedError, check_pack, find_base_id, parse_pack
from pilkades.packfiles import read_pack

NATIONAL = read_pack("nasional")
HEADER = """\
[pack]
format = 1
id = "uji"
title = "Paket uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01
"""
RULE = """
[[rule]]
id = "term.years"
value = 8
article = "Perda 1/2026 pasal 2"
status = "verified"
"""
STEP = """
[[step]]
id = "oath"
name = "Sumpah"
name_en = "Oath"
stage = "persiapan"
owner = "bpd"
anchor = "committee_formation.end"
count_anchor_day = false
count = "working"
days = 1
article = "Perda 1/2026 pasal 3"
status = "verified"
"""


def check(*blocks: str, header: str = HEADER) -> tuple[Finding, ...]:
    # Every overlay inherits the cases of ballots that the national rules leave open.
    findings = check_pack((header + "".join(blocks)).encode(), base=NATIONAL)
    return tuple(f for f in findings if f.code != "ballot.unanswered-inherited")


def line_of(needle: str, *blocks: str, header: str = HEADER) -> int:
    lines = (header + "".join(blocks)).splitlines()
    return next(number for number, line in enumerate(lines, start=1) if needle in line)


def only(findings: tuple[Finding, ...]) -> Finding:
    assert len(findings) == 1, [(finding.code, finding.line) for finding in findings]
    return findings[0]


def test_an_overlay_without_mistakes_has_no_findings() -> None:
    assert check(RULE, STEP) == ()


def test_an_empty_overlay_has_no_errors() -> None:
    assert not has_errors(check_pack(HEADER.encode(), base=NATIONAL))


@pytest.mark.parametrize(
    ("code", "block", "wrong", "right"),
    [
        ("pack.unknown-field", RULE, 'artikel = "x"', "status"),
        ("pack.type", RULE, 'value = "delapan"', "value = 8"),
        ("pack.type", RULE, "value = true", "value = 8"),
        ("pack.type", RULE, "value = 8.5", "value = 8"),
        ("pack.range", RULE, "value = 0", "value = 8"),
        ("pack.range", RULE, "value = 80", "value = 8"),
        ("pack.choice", RULE, 'status = "pasti"', 'status = "verified"'),
        ("pack.empty", RULE, 'article = "  "', 'article = "Perda 1/2026 pasal 2"'),
        ("pack.unknown-rule", RULE, 'id = "term.year"', 'id = "term.years"'),
        ("pack.unknown-field", STEP, 'atas = "x"', "status"),
        ("pack.choice", STEP, 'stage = "awal"', 'stage = "persiapan"'),
        ("pack.type", STEP, 'days = "1"', "days = 1"),
        ("pack.range", STEP, "days = 0", "days = 1"),
        ("pack.type", STEP, "anchor = 3", 'anchor = "committee_formation.end"'),
    ],
)
def test_a_wrong_field_is_found_on_its_line(code: str, block: str, wrong: str, right: str) -> None:
    if right == "status":
        text = block.replace('status = "verified"', f'status = "verified"\n{wrong}')
    else:
        text = block.replace(right, wrong)
    finding = only(check(text))
    assert (finding.code, finding.line) == (code, line_of(wrong, text))
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("block", [RULE, STEP])
def test_a_missing_article_is_found_on_the_line_of_its_block(block: str) -> None:
    text = "\n".join(line for line in block.splitlines() if not line.startswith("article"))
    finding = only(check(text))
    assert finding.code == "pack.missing-article"
    assert finding.line == line_of("[[", text)
    assert "article" in str(finding.text)


def test_two_rules_with_one_id_are_found_at_the_second() -> None:
    finding = only(check(RULE, RULE))
    assert finding.code == "pack.double-id"
    assert finding.line == len((HEADER + RULE).splitlines()) + 2
    assert "9" in str(finding.text) or "10" in str(finding.text)


@pytest.mark.parametrize("written", ["2026-02-30", '"2026-02-30"', "2026-13-01"])
def test_a_date_that_does_not_exist_is_found_where_it_stands(written: str) -> None:
    text = RULE + f"effective = {written}\n"
    finding = only(check(text))
    assert (finding.code, finding.line) == ("pack.date", line_of(written, text))


def test_a_date_in_quotation_marks_is_refused_with_a_hint() -> None:
    finding = only(check(RULE + 'effective = "2026-02-03"\n'))
    assert finding.code == "pack.type"
    assert "tanpa tanda kutip" in str(finding.text)


def test_a_circle_of_anchors_is_named_from_end_to_end() -> None:
    first = STEP.replace("committee_formation.end", "feast.end")
    second = STEP.replace('"oath"', '"feast"').replace("committee_formation.end", "oath.start")
    finding = only(check(first, second))
    assert (finding.code, finding.line) == ("timetable.anchor-cycle", line_of("[[step]]", first))
    assert "oath → feast → oath" in str(finding.text)


def test_a_step_anchored_to_itself_is_a_circle() -> None:
    finding = only(check(STEP.replace("committee_formation.end", "oath.end")))
    assert finding.code == "timetable.anchor-cycle"


def test_an_overlay_that_closes_a_circle_through_its_base_is_found() -> None:
    text = STEP.replace('"oath"', '"registration"').replace(
        "committee_formation.end", "determination.end"
    )
    assert "timetable.anchor-cycle" in {finding.code for finding in check(text)}


@pytest.mark.parametrize("written", ["nowhere.end", "nowhere.start"])
def test_an_unknown_anchor_is_found(written: str) -> None:
    text = STEP.replace("committee_formation.end", written)
    finding = only(check(text))
    assert (finding.code, finding.line) == ("timetable.unknown-anchor", line_of("[[step]]", text))


@pytest.mark.parametrize("written", ["registration", "registration.middle", "poll.end", ""])
def test_an_anchor_that_cannot_be_read_is_found(written: str) -> None:
    codes = {finding.code for finding in check(STEP.replace("committee_formation.end", written))}
    assert codes & {"timetable.anchor-form", "pack.empty"}


def test_a_step_with_two_ways_of_being_placed_is_found() -> None:
    text = STEP + "anchor_date = 2026-05-05\n"
    assert only(check(text)).code == "timetable.anchor-count"


def test_a_step_without_any_anchor_is_found() -> None:
    text = STEP.replace('anchor = "committee_formation.end"\n', "")
    assert only(check(text)).code == "timetable.anchor-count"


def test_a_step_without_length_or_bound_is_found() -> None:
    assert only(check(STEP.replace("days = 1\n", ""))).code == "timetable.no-length"


def test_a_step_of_an_unknown_branch_is_found() -> None:
    text = STEP + 'branch = "storm"\n'
    assert only(check(text)).code == "timetable.unknown-branch"


def test_a_branch_within_an_unknown_one_is_found() -> None:
    text = """
[[branch]]
id = "storm"
name = "Bencana"
name_en = "Disaster"
within = "weather"
article = "Perda 1/2026 pasal 9"
status = "verified"
"""
    assert only(check(text)).code == "timetable.unknown-branch"


def test_a_certain_step_that_hangs_on_a_conditional_one_is_a_warning() -> None:
    text = STEP.replace("committee_formation.end", "extension_2.end")
    finding = only(check(text))
    assert (finding.code, finding.severity) == (
        "timetable.anchor-conditional",
        Severity.WARNING,
    )
    reserved = RULE.replace("term.years", "timetable.reserve_branches").replace("= 8", "= true")
    assert check(text, reserved) == ()
    assert check(text + 'branch = "single"\n') == ()


def test_an_unknown_base_is_found_on_its_line() -> None:
    header = HEADER.replace('"nasional"', '"internasional"')
    finding = only(check(RULE, header=header))
    assert (finding.code, finding.line) == ("pack.base-unknown", line_of("base", header=header))


def test_an_unknown_base_is_found_where_there_is_none_at_all() -> None:
    assert only(check_pack(HEADER.encode(), base=None)).code == "pack.base-unknown"


def test_a_pack_without_a_base_must_bring_every_rule() -> None:
    header = HEADER.replace('base = "nasional"\n', "")
    findings = check_pack((header + RULE).encode(), base=None)
    missing = {finding.subject for finding in findings if finding.code == "pack.missing-rule"}
    assert "roll.voter_age_min" in missing
    assert "term.years" not in missing


def test_internet_voting_without_legal_basis_is_a_warning_that_names_simulasi() -> None:
    text = """
[[channel]]
id = "internet"
allowed = true
article = "-"
status = "unverified"
"""
    finding = only(check(text))
    assert (finding.code, finding.severity) == ("channel.no-legal-basis", Severity.WARNING)
    assert finding.line == line_of("[[channel]]", text)
    assert "SIMULASI" in str(finding.text)


def test_internet_voting_with_legal_basis_is_no_finding() -> None:
    text = """
[[channel]]
id = "internet"
allowed = true
legal_basis = "UU 99/2030 pasal 1"
article = "UU 99/2030 pasal 1"
status = "verified"
"""
    assert check(text) == ()


def test_requiring_that_candidates_live_in_the_village_is_a_warning_with_the_ruling() -> None:
    text = RULE.replace("term.years", "candidate.village_residence_required")
    finding = only(check(text.replace("value = 8", "value = true")))
    assert (finding.code, finding.severity) == ("candidate.residence", Severity.WARNING)
    assert "128/PUU-XIII/2015" in str(finding.text)


def test_an_unknown_channel_is_found() -> None:
    text = '\n[[channel]]\nid = "fax"\nallowed = true\narticle = "x"\nstatus = "verified"\n'
    assert only(check(text)).code == "channel.unknown"


def test_an_unknown_table_is_found_and_the_near_one_suggested() -> None:
    finding = only(check(STEP.replace("[[step]]", "[[steps]]")))
    assert finding.code == "pack.unknown-table"
    assert "step" in str(finding.text)


def test_a_value_outside_of_any_block_is_found() -> None:
    finding = only(check(header="rule = 3\n" + HEADER))
    assert (finding.code, finding.line) == ("pack.stray-value", 1)


def test_stations_that_close_before_they_open_are_found() -> None:
    text = RULE.replace("term.years", "station.closes_at").replace("value = 8", "value = 06:00:00")
    assert only(check(text)).code == "pack.order"


def test_a_week_without_working_days_is_found() -> None:
    days = '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'
    text = RULE.replace("term.years", "calendar.weekend_days").replace("= 8", f"= {days}")
    assert only(check(text)).code == "calendar.no-working-day"


def test_two_holidays_on_one_day_are_found() -> None:
    text = """
[[holiday]]
id = "again"
date = 2026-08-17
name = "Lagi"
name_en = "Again"
kind = "local"
article = "x"
status = "verified"
"""
    assert only(check(text)).code == "calendar.same-day"


def test_removing_what_is_not_there_is_found() -> None:
    text = '\n[[step]]\nid = "dance"\nremove = true\narticle = "x"\nstatus = "verified"\n'
    assert only(check(text)).code == "pack.nothing-to-remove"


def test_removing_a_step_that_others_stand_on_is_found() -> None:
    text = '\n[[step]]\nid = "registration"\nremove = true\narticle = "x"\nstatus = "verified"\n'
    assert "timetable.unknown-anchor" in {finding.code for finding in check(text)}


def test_an_unknown_neighbour_is_found() -> None:
    assert only(check(STEP + 'place_after = "dance"\n')).code == "pack.unknown-neighbour"


@pytest.mark.parametrize(
    ("broken", "needle"),
    [
        ('article = "Perda', 'article = "Perda'),
        ("value = [1, 2", "value = [1, 2"),
        ("value = ", "value = "),
        ("value 8", "value 8"),
        ("value = 8\nvalue = 9", "value = 9"),
        ("value = 08", "value = 08"),
        ("value = 25:00:00", "value = 25:00:00"),
    ],
)
def test_a_slip_of_the_pen_is_found_on_its_line(broken: str, needle: str) -> None:
    text = RULE.replace("value = 8", broken)
    findings = [finding for finding in check(text, STEP) if finding.code == "pack.syntax"]
    assert only(tuple(findings)).line == line_of(needle, text, STEP)


def test_two_slips_and_three_mistakes_are_all_reported() -> None:
    unclosed = RULE.replace("value = 8", "value = [8")
    unquoted = RULE.replace('"term.years"', "term.max_terms")
    no_article = STEP.replace('article = "Perda 1/2026 pasal 3"\n', "")
    wrong_choice = no_article.replace('"oath"', '"feast"').replace('"bpd"', '"raja"')
    findings = check(unclosed, unquoted, no_article, wrong_choice)
    assert sorted(finding.code for finding in findings) == [
        "pack.choice",
        "pack.missing-article",
        "pack.missing-article",
        "pack.syntax",
        "pack.syntax",
    ]
    assert [finding.line for finding in findings] == sorted(finding.line for finding in findings)


def test_a_mistake_elsewhere_does_not_hide_a_circle() -> None:
    circle = STEP.replace("committee_formation.end", "oath.end")
    codes = {finding.code for finding in check(RULE.replace("value = 8", "value = 99"), circle)}
    assert codes == {"pack.range", "timetable.anchor-cycle"}


def test_a_step_that_cannot_be_read_does_not_make_its_followers_wrong() -> None:
    broken = STEP.replace("days = 1", 'days = "satu"')
    follower = STEP.replace('"oath"', '"feast"').replace("committee_formation.end", "oath.end")
    assert only(check(broken, follower)).code == "pack.type"


def test_a_slip_does_not_make_the_followers_of_its_step_wrong() -> None:
    broken = STEP.replace("days = 1", "days =")
    follower = STEP.replace('"oath"', '"feast"').replace("committee_formation.end", "oath.end")
    assert only(check(broken, follower)).code == "pack.syntax"


def test_line_numbers_are_right_behind_strings_of_several_lines() -> None:
    note = RULE + 'note = """\nSatu\n[[step]]\nid = "palsu"\n"""\n'
    wrong = STEP.replace('"bpd"', '"raja"')
    finding = only(check(note, wrong))
    assert finding.line == line_of("raja", note, wrong)


def test_windows_line_ends_and_byte_order_mark_are_accepted() -> None:
    data = b"\xef\xbb\xbf" + (HEADER + RULE).replace("\n", "\r\n").encode()
    assert not has_errors(check_pack(data, base=NATIONAL))


def test_bytes_that_are_no_text_are_found_on_their_line() -> None:
    finding = only(check_pack(HEADER.encode() + b"# \xff\n", base=NATIONAL))
    assert (finding.code, finding.line) == ("pack.encoding", 9)


def test_a_file_that_is_far_too_large_is_refused() -> None:
    finding = check_pack(b"#" * 500_001, base=NATIONAL)[0]
    assert finding.code == "pack.size"


@pytest.mark.parametrize("text", ["", "\n", "# kosong\n", "x = 1\n"])
def test_a_file_without_header_is_refused(text: str) -> None:
    assert "pack.header" in {finding.code for finding in check(header=text)}


def test_a_slip_in_the_header_is_told_once() -> None:
    header = HEADER.replace('title = "Paket uji"', 'title = "Paket uji')
    finding = only(check(RULE, header=header))
    assert (finding.code, finding.line) == ("pack.syntax", line_of("title", header=header))


def test_brackets_without_end_do_not_break_the_checker() -> None:
    findings = check(RULE.replace("value = 8", "value = " + "[" * 20_000))
    assert has_errors(findings)


def test_a_number_of_five_thousand_digits_does_not_break_the_checker() -> None:
    assert has_errors(check(RULE.replace("value = 8", "value = " + "9" * 5000)))


@pytest.mark.parametrize("value", ["inf", "nan", "-inf"])
def test_numbers_that_are_none_are_refused(value: str) -> None:
    assert has_errors(check(RULE.replace("value = 8", f"value = {value}")))


def test_parsing_a_wrong_pack_raises_with_all_findings() -> None:
    with pytest.raises(PackRejectedError) as caught:
        parse_pack((HEADER + RULE + RULE + RULE).encode(), base=NATIONAL)
    found = [f.code for f in caught.value.findings if f.severity is Severity.ERROR]
    assert found == ["pack.double-id"] * 2
    assert caught.value.code == "pack.double-id"


def test_parsed_values_keep_their_article_status_date_and_line() -> None:
    rule = parse_pack((HEADER + RULE).encode(), base=NATIONAL).rule("term.years")
    assert (rule.value, rule.article, rule.status) == (8, "Perda 1/2026 pasal 2", "verified")
    assert (rule.effective_date, rule.line, rule.pack_id) == (date(2026, 1, 1), 10, "uji")


def test_a_rule_without_effective_date_anywhere_is_found() -> None:
    finding = only(check(RULE, header=HEADER.replace("effective = 2026-01-01\n", "")))
    assert finding.code == "pack.missing-effective"


def test_the_base_that_a_pack_asks_for_can_be_found_before_parsing() -> None:
    assert find_base_id(HEADER.encode()) == "nasional"
    assert find_base_id(b"[pack]\n") is None
    assert find_base_id(b"\xff") is None


@pytest.mark.parametrize("wrong", ["3505", "35.5", "٣٥.٠٥", "35.05."])
def test_a_region_that_is_no_code_is_found(wrong: str) -> None:
    header = HEADER.replace('"35.05"', f'"{wrong}"')
    assert only(check(header=header)).code == "pack.region"


def test_a_determination_that_waits_for_no_extension_is_a_warning() -> None:
    backwards = """
[[step]]
id = "determination"
name = "Penetapan calon"
name_en = "Candidates determined"
stage = "pencalonan"
owner = "panitia"
unless = ["void"]
anchor = "campaign.start"
direction = "backward"
count_anchor_day = false
count = "calendar"
days = 1
article = "Perbup Kami pasal 22"
status = "verified"
"""
    bound = backwards.replace(
        "days = 1\n",
        'days = 1\nstart_after = ["extra_selection.end", "single_deliberation.end"]\n',
    )
    found = [f for f in check(backwards) if f.code == "timetable.determination-unbound"]
    assert len(found) == 1
    assert "extension_1, extension_2, extra_selection" in str(found[0].text)
    assert "timetable.determination-unbound" not in {finding.code for finding in check(bound)}
