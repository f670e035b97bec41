"""One event, one spelling."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785

from pilkades.errors import MalformedInputError
from pilkades.ledger.leaf import MAX_LEAF_BYTES, check_leaf, encode_leaf, parse_leaf
from tests.ledger_log import make_leaf

LEAF = encode_leaf(make_leaf(3))


def refused(encoded: bytes) -> str:
    with pytest.raises(MalformedInputError) as refusal:
        check_leaf(encoded)
    return refusal.value.code


def test_a_leaf_is_the_rfc_8785_json_of_its_event() -> None:
    assert rfc8785.dumps(json.loads(LEAF)) == LEAF


def test_a_leaf_is_read_back_as_the_event_it_was_made_from() -> None:
    assert parse_leaf(LEAF) == make_leaf(3)


def test_an_event_without_actor_or_article_is_a_leaf() -> None:
    leaf = make_leaf(0, actor=None, article="", region_code="", data={})
    assert parse_leaf(encode_leaf(leaf)) == leaf


def test_time_is_written_in_utc_to_the_second() -> None:
    in_jakarta = datetime(2026, 11, 23, 7, 0, 5, 999_999, tzinfo=timezone(timedelta(hours=7)))
    assert b'"at":"2026-11-23T00:00:05Z"' in encode_leaf(make_leaf(0, at=in_jakarta))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'"number":3', b'"number":03'),
        (b'"number":3', b'"number":+3'),
        (b'"number":3', b'"number":3.0'),
        (b'"number":3', b'"number":-0'),
        (b'"number":3', b'"number":1000000000000000'),
        (b'"number":3', b'"number": 3'),
        (b'"number":3', b'"number":{"a":1}'),
        (b'"version":1', b'"version":2'),
        (b'"version":1', b'"version":1,"extra":1'),
        (b"\\n", b"\\u000a"),
        ("é".encode(), b"\\u00e9"),
        (b'"event":"candidate.registered"', b'"event":"Candidate.Registered"'),
        (b'"event":"candidate.registered"', b'"event":"candidate"'),
        (b'"region_code":"35.05.01.2001"', b'"region_code":"35..05"'),
        (b'"roles":["COMMITTEE_CHAIR"]', b'"roles":"COMMITTEE_CHAIR"'),
        (b"}", b"} "),
        (b'{"actor"', b' {"actor"'),
    ],
)
def test_a_second_spelling_is_refused(right: bytes, wrong: bytes) -> None:
    assert right in LEAF
    assert refused(LEAF.replace(right, wrong, 1)) == "leaf-grammar"


def test_uppercase_uuid_is_refused() -> None:
    leaf = make_leaf(0xABCDEF)
    uuid = str(leaf.uuid).encode()
    assert refused(encode_leaf(leaf).replace(uuid, uuid.upper())) == "leaf-grammar"


def test_members_of_data_stand_in_order_and_once() -> None:
    ordered = b'"note":"x","number":3'
    leaf = encode_leaf(make_leaf(0, data={"note": "x", "number": 3}))
    assert refused(leaf.replace(ordered, b'"number":3,"note":"x"')) == "leaf-data"
    assert refused(leaf.replace(ordered, b'"note":"x","note":"x"')) == "leaf-data"


def test_a_member_inside_a_text_is_not_mistaken_for_a_member() -> None:
    leaf = make_leaf(0, data={"a": '","z":1,"a":"', "b": '{"z":2'})
    assert parse_leaf(encode_leaf(leaf)) == leaf


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert refused(LEAF.replace(b"2026-11-23", b"2026-02-30")) == "leaf-time"
    assert refused(LEAF.replace(b"T00:00:08Z", b"T23:59:60Z")) == "leaf-time"


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refused(LEAF.replace(b"garis", b"\xff\xfe")) == "leaf-utf8"


def test_an_overlong_leaf_is_refused_when_written_and_when_read() -> None:
    with pytest.raises(MalformedInputError) as refusal:
        encode_leaf(make_leaf(0, data={"note": "x" * MAX_LEAF_BYTES}))
    assert refusal.value.code == "leaf-too-long"


def test_a_number_that_readers_might_round_is_not_written() -> None:
    with pytest.raises(MalformedInputError):
        encode_leaf(make_leaf(0, data={"number": 10**15}))
    encode_leaf(make_leaf(0, data={"number": 10**15 - 1, "other": -(10**15 - 1)}))


def test_an_instant_needs_a_zone_and_becomes_utc() -> None:
    assert parse_leaf(LEAF).at.tzinfo is UTC
    with pytest.raises(ValueError, match="zone"):
        encode_leaf(make_leaf(0, at=datetime(2026, 11, 23)))  # noqa: DTZ001


def test_half_a_character_is_refused() -> None:
    with pytest.raises(MalformedInputError) as refusal:
        encode_leaf(make_leaf(0, subject="\ud800"))
    assert refusal.value.code == "leaf-utf8"


@pytest.mark.parametrize("value", [1.5, {"a": 1}, [[1]], float("nan")])
def test_a_value_that_no_leaf_may_hold_is_refused(value: object) -> None:
    with pytest.raises(MalformedInputError) as refusal:
        encode_leaf(make_leaf(0, data={"number": value}))
    assert refusal.value.code == "leaf-grammar"
