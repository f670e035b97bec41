"""Spoilt archives and messages: a verdict or a refusal by name, never a crash, never a yes."""

import contextlib
import io
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.crypto.supported import GROUPS
from pilkades.errors import MalformedInputError
from pilkades.evoting.ballots import parse_ballot
from pilkades.evoting.elections import parse_election
from pilkades.evoting.events import Kind
from pilkades.evoting.public_credentials import parse_credentials
from pilkades.evoting.trustees import parse_trustees
from pilkades.evoting.verification import verify_archive
from tests.forged_archives import change_at, forge, visit

junk = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"NaN",
            b"Infinity",
            b"1e999",
            b"1.0",
            b'"\\ud800"',
            b'{"a":1,"a":2}',
            b"[" * 5_000,
            b'{"version":1' + b"0" * 400 + b"}",
            b"9" * 5_000,
            b"null",
            b"true",
            b"\xff\xfe",
            b"",
        ]
    ),
)


@cache
def _honest() -> bytes:
    return forge(voters=1).write()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spoilt_archive_is_never_accepted_and_never_crashes(data: st.DataObject) -> None:
    honest = _honest()
    start = data.draw(st.integers(0, len(honest) - 1))
    length = data.draw(st.integers(0, 600))
    spoilt = honest[:start] + data.draw(st.binary(max_size=64)) + honest[start + length :]
    if spoilt == honest:
        return
    report = verify_archive(io.BytesIO(spoilt))
    # A cut between two steps leaves an honest archive of an election that still runs.
    assert not report.is_accepted or honest.startswith(spoilt)


@settings(max_examples=200, deadline=None)
@given(junk)
def test_junk_is_refused_by_every_reader(data: bytes) -> None:
    for group in GROUPS.values():
        for parse in (parse_ballot, parse_trustees, parse_credentials):
            with contextlib.suppress(MalformedInputError):
                parse(data, group=group)  # type: ignore[operator]
    with contextlib.suppress(MalformedInputError):
        parse_election(data)
    assert not verify_archive(io.BytesIO(data)).is_accepted


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_ballot_with_a_strange_value_anywhere_is_refused(data: st.DataObject) -> None:
    forgery = forge(voters=1).cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    way = data.draw(st.sampled_from(visit(ballot)))
    strange = data.draw(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-5, 5),
            st.text(max_size=80),
            st.just([]),
            st.just({}),
            st.just("-1"),
            st.just("00"),
            st.just("0" * 64),
            st.just("9" * 200),
        )
    )
    change_at(ballot, way, lambda _old: strange)
    assert not forgery.verify().is_accepted
