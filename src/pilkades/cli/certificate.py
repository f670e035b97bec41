"""`pilkades certificate`: HTTPS that phones trust, for a laptop that has no internet.

Two of the three ways of ADR 0003. `request` makes a key and a signing request, so that the regency
obtains a public certificate for a name of its own domain. `authority` and `issue` make a local
authority whose certificate is bound by name constraints to the laptop's name and to private
addresses: whoever installs it trusts it for nothing else.
"""

import argparse
import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pilkades.errors import ConflictError, MalformedInputError
from pilkades.text import Text

PRIVATE_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
# Android refuses a server certificate that is valid for more than 398 days.
LEAF_DAYS_MAX = 397
AUTHORITY_DAYS = 3650


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    request = actions.add_parser("request", help="kunci dan permintaan untuk domain kabupaten")
    authority = actions.add_parser("authority", help="buat otoritas setempat")
    issue = actions.add_parser("issue", help="terbitkan sertifikat laptop dari otoritas setempat")
    for subparser in (request, authority, issue):
        subparser.add_argument("--host", required=True, help="nama laptop di jaringannya")
        subparser.add_argument("--out", type=Path, required=True, help="map hasil")
    issue.add_argument("--authority", type=Path, required=True, help="map otoritas setempat")
    issue.add_argument("--ip", action="append", default=[], help="alamat laptop di jaringannya")
    issue.add_argument("--days", type=int, default=90, help="masa berlaku, hari")


def run(args: argparse.Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.now(UTC)
    if args.action == "request":
        make_request(host=args.host, folder=args.out)
    elif args.action == "authority":
        certificate = make_authority(host=args.host, folder=args.out, now=now)
        print(f"Sidik jari: {fingerprint(certificate)}")
    else:
        issue_certificate(
            host=args.host,
            addresses=args.ip,
            authority=args.authority,
            folder=args.out,
            days=args.days,
            now=now,
        )
    print(f"Selesai: {args.out}")
    return 0


def make_request(*, host: str, folder: Path) -> None:
    """Key and signing request; the regency has it signed by a public authority (DNS challenge)."""
    key = _new_key(folder / "laptop.key")
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(_name(host))
        .add_extension(_alternative_names(host, []), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "laptop.csr").write_bytes(request.public_bytes(serialization.Encoding.PEM))


def make_authority(*, host: str, folder: Path, now: datetime) -> x509.Certificate:
    """A self-signed authority that can vouch for `host` and private addresses only."""
    key = _new_key(folder / "otoritas.key")
    permitted: list[x509.GeneralName] = [x509.DNSName(host)]
    permitted += [x509.IPAddress(ipaddress.ip_network(net)) for net in PRIVATE_NETWORKS]
    certificate = (
        _builder(f"Otoritas setempat pilkades {host}", now, AUTHORITY_DAYS)
        .issuer_name(_name(f"Otoritas setempat pilkades {host}"))
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "otoritas.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return certificate


def issue_certificate(
    *, host: str, addresses: list[str], authority: Path, folder: Path, days: int, now: datetime
) -> None:
    """A server certificate for the laptop's name and addresses, signed by the local authority."""
    if not 1 <= days <= LEAF_DAYS_MAX:
        raise MalformedInputError(
            "certificate.days",
            Text(
                "Masa berlaku 1 sampai {days} hari; HP menolak yang lebih lama.", days=LEAF_DAYS_MAX
            ),
        )
    issuer = x509.load_pem_x509_certificate((authority / "otoritas.crt").read_bytes())
    issuer_key = serialization.load_pem_private_key(
        (authority / "otoritas.key").read_bytes(), password=None
    )
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise MalformedInputError(
            "certificate.authority", Text("Berkas otoritas.key bukan kunci otoritas setempat.")
        )
    key = _new_key(folder / "laptop.key")
    certificate = (
        _builder(host, now, days)
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .add_extension(_alternative_names(host, addresses), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .sign(issuer_key, hashes.SHA256())
    )
    (folder / "laptop.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 in groups of four, to be read aloud and compared with the phone's screen."""
    digits = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def _new_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ConflictError(
            "certificate.key_exists",
            Text(
                "Kunci {path} sudah ada dan tidak ditimpa. Pilih map lain dengan --out.",
                path=str(path),
            ),
        ) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    return key


def _builder(common_name: str, now: datetime, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(common_name))
        .serial_number(x509.random_serial_number())
        # A laptop's or a phone's clock may be a little behind.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])


def _alternative_names(host: str, addresses: list[str]) -> x509.SubjectAlternativeName:
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    for address in addresses:
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(address)))
        except ValueError as error:
            raise MalformedInputError(
                "certificate.address",
                Text("{address} bukan alamat IP. Contoh: 192.168.12.1", address=address),
            ) from error
    return x509.SubjectAlternativeName(names)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
