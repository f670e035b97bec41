"""Settings: production is closed and refuses weak secrets; the demo stays on its machine."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from pilkades.config.logs import RedactFilter, redact
from pilkades.config.secrets_files import (
    make_ledger_key,
    make_secret_key,
    make_vault_key,
    read_secret,
    require_strong_secret,
)
from pilkades.keyfiles import read_key_file, write_key_file

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation's home with its keys."""
    for name, text in (
        ("secret.key", make_secret_key()),
        ("vault.key", make_vault_key()),
        ("ledger.key", make_ledger_key()),
    ):
        write_key_file(path=tmp_path / "keys" / name, text=text)
    return tmp_path


def run_production(
    home: Path, *, code: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run code with production settings in a process of its own."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            **kept,
            "PILKADES_HOME": str(home),
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "pilkades.config.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


CHECK = (
    "from pilkades.config.boot import setup; setup();"
    "from django.core.management import call_command;"
    "call_command('check', deploy=True, fail_level='DEBUG')"
)
BOOT = "from pilkades.config.boot import setup; setup()"


def test_production_passes_every_deployment_check_without_silencing_any(home: Path) -> None:
    done = run_production(home, code=CHECK)

    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PILKADES_DEMO": "1"}, "Simulasi"),
        ({"PILKADES_NOW": "2026-11-23T07:00:00+07:00"}, "Simulasi"),
        ({"PILKADES_SECRET_KEY": "pendek"}, "terlalu lemah"),
        ({"PILKADES_SECRET_KEY": "a" * 80}, "terlalu lemah"),
        ({"PILKADES_SECRET_KEY": "django-insecure-" + make_secret_key()}, "terlalu lemah"),
    ],
)
def test_production_does_not_start_as_demo_or_with_a_weak_secret(
    home: Path, environment: dict[str, str], words: str
) -> None:
    done = run_production(home, code=BOOT, **environment)

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_production_makes_no_key_where_one_is_missing(home: Path) -> None:
    (home / "keys" / "secret.key").unlink()

    done = run_production(home, code=BOOT)

    assert done.returncode == 2
    assert "PILKADES_SECRET_KEY belum ada" in done.stderr
    assert not (home / "keys" / "secret.key").exists()


def test_key_file_that_others_may_read_is_refused(home: Path) -> None:
    (home / "keys" / "secret.key").chmod(0o640)

    done = run_production(home, code=BOOT)

    assert done.returncode == 2
    assert "chmod 600" in done.stderr


def test_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret.key"
    write_key_file(path=path, text="pertama")
    write_key_file(path=path, text="kedua")

    assert read_key_file(path=path) == "pertama"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_environment_wins_over_the_file_and_demo_makes_a_missing_one_once(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    made = read_secret(name="X", environment={}, path=path, create=make_secret_key)
    again = read_secret(name="X", environment={}, path=path, create=make_secret_key)
    given = read_secret(name="X", environment={"X": " lain "}, path=path, create=None)

    assert made == again
    assert given == "lain"


def test_fresh_secret_is_strong_enough_for_our_own_rule(tmp_path: Path) -> None:
    for _ in range(50):
        secret = make_secret_key()
        assert require_strong_secret(name="X", value=secret, path=tmp_path) == secret
    with pytest.raises(ImproperlyConfigured):
        require_strong_secret(name="X", value="", path=tmp_path)


def test_demo_that_serves_other_machines_is_an_error(settings: Any) -> None:
    settings.PILKADES_DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "pilkades.blitarkab.go.id"]
    assert "accounts.E001" in {error.id for error in run_checks(tags=["security"])}
    settings.ALLOWED_HOSTS = ["localhost"]
    assert "accounts.E001" not in {error.id for error in run_checks(tags=["security"])}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Not Found: /wilayah/?q=dewi+lestari", "Not Found: /wilayah/?…"),
        ("GET /akun/aktivasi/s3cr3t-token/ 200", "GET /akun/aktivasi/…/ 200"),
        ("duplicate 3505016511900001 here", "duplicate … here"),
        ("mail to dewi@desa.id failed", "mail to …@… failed"),
        ("disk full", "disk full"),
    ],
)
def test_log_holds_no_personal_data(text: str, kept: str) -> None:
    assert redact(text) == kept


def test_log_record_is_cleaned_with_its_traceback() -> None:
    try:
        raise ValueError("NIK 3505016511900001")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, "f", 1, "for %s", ("3505016511900001",), sys.exc_info()
        )
    RedactFilter().filter(record)

    text = logging.Formatter("{message}", style="{").format(record)
    assert "3505016511900001" not in text
    assert "ValueError" in text


def test_request_that_announces_too_much_is_refused_unread(client: Client) -> None:
    response = client.post("/wilayah/", b"x", content_type="text/plain", CONTENT_LENGTH="26214401")

    assert response.status_code == 413
    assert "25 MB" in response.content.decode()
