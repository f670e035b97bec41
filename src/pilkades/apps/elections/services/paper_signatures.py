"""When a candidate's signature may be recorded from paper: only where no account can sign."""

from collections.abc import Iterable
from datetime import datetime

from pilkades.apps.accounts.roles import is_region_covered
from pilkades.apps.accounts.selectors import list_assignments_in_force
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.signatures import CANDIDATE_ROLES
from pilkades.errors import RuleViolationError
from pilkades.text import Text


def list_signing_by_account(
    candidacies: Iterable[Candidacy], context: VillageElection, *, now: datetime
) -> frozenset[int]:
    """Keys of the files bound to an account with the candidate's role in force here; one query."""
    users = {item.pk: item.user_id for item in candidacies if item.user_id is not None}
    rows = list_assignments_in_force(now=now).filter(
        user_id__in=users.values(), user__is_active=True, role__in=CANDIDATE_ROLES
    )
    able = {
        user_id
        for user_id, code in rows.values_list("user_id", "region_code")
        if is_region_covered(by=code, region_code=context.village_code)
    }
    return frozenset(pk for pk, user_id in users.items() if user_id in able)


def refuse_paper_of_account(
    candidacy: Candidacy, context: VillageElection, *, now: datetime, article: str
) -> None:
    """Two officers do not approve in the stead of a candidate who can sign alone.

    Raises: RuleViolationError `signature.has-account`.
    """
    if list_signing_by_account([candidacy], context, now=now):
        raise RuleViolationError(
            "signature.has-account",
            Text(
                "{name} mempunyai akun calon yang berlaku dan menandatangani dengan akunnya "
                "sendiri, sehingga tanda tangan di kertas tidak dicatat. Bila akunnya tidak dapat "
                "dipakai, mintalah petugas kabupaten mengakhiri peran akun itu, lalu ulangi; "
                "pengakhirannya tercatat dalam buku catatan.",
                name=candidacy.ballot_name,
            ),
            article=article,
        )
