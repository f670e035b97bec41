"""The local authority can vouch for one laptop and for nothing else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from pilkades.cli.certificate import (
    fingerprint,
    issue_certificate,
    make_authority,
    make_request,
)
from pilkades.errors import ConflictError, MalformedInputError

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HOST = "tps.pilkades.internal"


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    folder = tmp_path / "otoritas"
    folder.mkdir()
    make_authority(host=HOST, folder=folder, now=NOW)
    return folder


def issue(authority: Path, folder: Path, host: str, **changes: object) -> x509.Certificate:
    folder.mkdir()
    options = {"addresses": ["192.168.12.1"], "days": 90, "now": NOW, **changes}
    issue_certificate(host=host, authority=authority, folder=folder, **options)  # type: ignore[arg-type]
    return x509.load_pem_x509_certificate((folder / "laptop.crt").read_bytes())


def verify(authority: Path, leaf: x509.Certificate, host: str) -> None:
    root = x509.load_pem_x509_certificate((authority / "otoritas.crt").read_bytes())
    builder = PolicyBuilder().store(Store([root])).time(NOW)
    builder.build_server_verifier(x509.DNSName(host)).verify(leaf, [])


def test_a_laptop_is_trusted_under_its_own_name(authority: Path, tmp_path: Path) -> None:
    verify(authority, issue(authority, tmp_path / "a", HOST), HOST)


def test_the_authority_cannot_vouch_for_another_site(authority: Path, tmp_path: Path) -> None:
    leaf = issue(authority, tmp_path / "b", "bank.co.id", addresses=[])
    with pytest.raises(VerificationError):
        verify(authority, leaf, "bank.co.id")


def test_a_key_is_never_overwritten(authority: Path) -> None:
    with pytest.raises(ConflictError):
        make_authority(host=HOST, folder=authority, now=NOW)


def test_keys_are_readable_by_their_owner_only(authority: Path) -> None:
    assert (authority / "otoritas.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("days", [0, 398, 4000])
def test_a_lifetime_that_phones_refuse_is_refused(
    authority: Path, tmp_path: Path, days: int
) -> None:
    with pytest.raises(MalformedInputError):
        issue(authority, tmp_path / "c", HOST, days=days)


def test_what_is_not_an_address_is_named(authority: Path, tmp_path: Path) -> None:
    with pytest.raises(MalformedInputError, match=r"192\.168\.1\.999"):
        issue(authority, tmp_path / "d", HOST, addresses=["192.168.1.999"])


def test_the_fingerprint_is_read_in_groups_of_four(authority: Path) -> None:
    certificate = x509.load_pem_x509_certificate((authority / "otoritas.crt").read_bytes())
    groups = fingerprint(certificate).split(" ")
    assert len(groups) == 16
    assert {len(group) for group in groups} == {4}


def test_a_request_names_the_laptop(tmp_path: Path) -> None:
    make_request(host="tps.blitarkab.example", folder=tmp_path)
    request = x509.load_pem_x509_csr((tmp_path / "laptop.csr").read_bytes())
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["tps.blitarkab.example"]
    assert request.is_signature_valid
