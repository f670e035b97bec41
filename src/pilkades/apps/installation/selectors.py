"""Reads of the installation: the addresses phones use and the local authority, if there is one."""

import ipaddress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from django.conf import settings

AUTHORITY_FILE = "otoritas.crt"
SERVER_CERTIFICATE_FILE = "laptop.crt"
SERVER_KEY_FILE = "laptop.key"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAuthority:
    """Otoritas setempat: what a phone installs, and the fingerprint that people compare aloud."""

    certificate_der: bytes
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCertificate:
    """The laptop's own certificate: the name phones must use and the day it ends."""

    host: str
    ends_on: date


def get_https_dir() -> Path:
    """Where certificates and their keys lie: beside the other keys, outside the database."""
    return Path(settings.PILKADES_HOME) / "keys" / "https"


def find_local_authority() -> LocalAuthority | None:
    path = get_https_dir() / AUTHORITY_FILE
    if not path.exists():
        return None
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    digits = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return LocalAuthority(
        certificate_der=certificate.public_bytes(serialization.Encoding.DER),
        fingerprint=" ".join(digits[i : i + 4] for i in range(0, len(digits), 4)),
    )


def find_server_certificate() -> ServerCertificate | None:
    path = get_https_dir() / SERVER_CERTIFICATE_FILE
    if not path.exists():
        return None
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    hosts = names.get_values_for_type(x509.DNSName)
    return ServerCertificate(
        host=hosts[0] if hosts else str(names.get_values_for_type(x509.IPAddress)[0]),
        ends_on=certificate.not_valid_after_utc.date(),
    )


def find_phone_url(*, https_port: int) -> str:
    """The HTTPS address that phones use, empty where no certificate has been installed."""
    certificate = find_server_certificate()
    return f"https://{certificate.host}:{https_port}/" if certificate else ""


def is_loopback_host(host: str) -> bool:
    """Whether the request came to this machine's own name, which browsers treat as secure."""
    name = (host if host.endswith("]") else host.rsplit(":", 1)[0]).strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
