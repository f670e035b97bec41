"""Second-factor secrets lie in allauth's table; a new vault key has to reach them too."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from pilkades.apps.accounts.adapters import SecondFactorAdapter
from pilkades.apps.vault.rotation import Resealer, register_resealer
from pilkades.apps.vault.sealing import KeyRing, get_key_id

# Where allauth keeps what `SecondFactorAdapter.encrypt` sealed.
_SECRET_KEYS = ("secret", "seed")
_LIST_KEYS = ("migrated_codes",)


def register() -> None:
    """Let key rotations reach the second factors."""
    register_resealer("mfa", Resealer(count_stale=count_stale, reseal=reseal))


def count_stale(ring: KeyRing) -> int:
    """Authenticators with a secret under a key other than the active one."""
    return sum(any(_is_stale(text, ring) for text in _secrets(row)) for row in _rows())


@transaction.atomic
def reseal(ring: KeyRing) -> int:
    """Seal every secret again under the active key; returns how many authenticators changed."""
    changed = 0
    for row in _rows().select_for_update():
        if any(_is_stale(text, ring) for text in _secrets(row)):
            row.data = _reseal_data(row.data)
            row.save(update_fields=["data"])
            changed += 1
    return changed


def _rows() -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    return rows


def _secrets(row: Authenticator) -> Iterator[str]:
    yield from (row.data[key] for key in _SECRET_KEYS if key in row.data)
    for key in _LIST_KEYS:
        yield from row.data.get(key, [])


def _reseal_data(data: dict[str, object]) -> dict[str, object]:
    adapter = SecondFactorAdapter()

    def again(text: str) -> str:
        return adapter.encrypt(adapter.decrypt(text))

    changed = dict(data)
    for key in _SECRET_KEYS:
        if key in changed:
            changed[key] = again(str(changed[key]))
    for key in _LIST_KEYS:
        codes = changed.get(key)
        if isinstance(codes, list):
            changed[key] = [again(str(code)) for code in codes]
    return changed


def _is_stale(text: str, ring: KeyRing) -> bool:
    return get_key_id(text) != ring.active_id
