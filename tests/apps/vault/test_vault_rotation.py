"""A new key while the system runs: everything stays readable, the old key goes when unneeded."""

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from pilkades.apps.accounts.adapters import SecondFactorAdapter
from pilkades.apps.accounts.models import User
from pilkades.apps.vault.files import read_file, store_file
from pilkades.apps.vault.keys import get_key_ring
from pilkades.apps.vault.models import StoredFile
from pilkades.apps.vault.sealing import get_key_id
from pilkades.config.secrets_files import make_vault_key
from pilkades.keyfiles import write_key_file

PNG = b"\x89PNG\r\n\x1a\n" + b"foto"


@pytest.fixture
def key_file(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "vault.key"
    write_key_file(path=path, text=make_vault_key())
    settings.PILKADES_VAULT_KEY = ""
    settings.PILKADES_VAULT_KEY_FILE = path
    settings.MEDIA_ROOT = tmp_path / "files"
    return path


@pytest.mark.django_db
def test_after_rotation_everything_opens_and_nothing_needs_the_old_key(key_file: Path) -> None:
    uuid = store_file(data=PNG, name="KTP", media_type="image/png")
    dewi = User.objects.create_user("dewi", full_name="Dewi")
    sealed = SecondFactorAdapter().encrypt("JBSWY3DP")
    Authenticator.objects.create(
        user_id=dewi.pk, type=Authenticator.Type.TOTP, data={"secret": sealed}
    )
    old_id = get_key_ring().active_id

    call_command("rotate_vault_key")

    assert get_key_ring().active_id != old_id
    row = StoredFile.objects.get()
    assert get_key_id(row.__dict__["name"]) == get_key_ring().active_id
    call_command("rotate_vault_key", drop_old=True)
    assert list(get_key_ring().keys) == [get_key_ring().active_id]
    assert read_file(uuid).data == PNG
    stored = Authenticator.objects.get().data["secret"]
    assert SecondFactorAdapter().decrypt(stored) == "JBSWY3DP"
    assert key_file.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_key_that_is_still_needed_is_not_dropped(key_file: Path) -> None:
    call_command("rotate_vault_key")
    newer = key_file.read_text()
    ids = [line.partition(":")[0] for line in newer.split()]
    # A server that had not seen the new key yet sealed under the old one.
    swapped = "\n".join([newer.split()[1], newer.split()[0], newer.split()[2]])
    key_file.write_text(swapped)
    store_file(data=PNG, name="KTP", media_type="image/png")
    key_file.write_text(newer)

    with pytest.raises(CommandError, match="1 baris masih memerlukan kunci lama"):
        call_command("rotate_vault_key", drop_old=True)
    assert [line.partition(":")[0] for line in key_file.read_text().split()] == ids
    call_command("rotate_vault_key")
    call_command("rotate_vault_key", drop_old=True)
    assert StoredFile.objects.get().name == "KTP.png"


@pytest.mark.django_db
def test_lookups_by_index_survive_a_rotation(key_file: Path) -> None:
    before = get_key_ring().index_secret
    call_command("rotate_vault_key")
    assert get_key_ring().index_secret == before


@pytest.mark.django_db
def test_key_from_the_environment_is_not_rotated_behind_its_back() -> None:
    with pytest.raises(CommandError, match="PILKADES_VAULT_KEY"):
        call_command("rotate_vault_key")


def test_missing_weak_or_open_key_file_is_said_before_anything_starts(
    key_file: Path, settings: Any
) -> None:
    def find() -> list[str]:
        return [error.id or "" for error in run_checks(tags=["security"])]

    assert "vault.E003" not in find()
    key_file.chmod(0o644)
    settings.PILKADES_VAULT_KEY_FILE = key_file.rename(key_file.with_name("b.key"))
    assert "vault.E003" in find()
    settings.PILKADES_VAULT_KEY_FILE = key_file.with_name("none.key")
    assert "vault.E003" in find()
    settings.PILKADES_VAULT_KEY = "k1:AAAA"
    assert "vault.E004" in find()
