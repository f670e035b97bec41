"""`appoint NAME --role REGENCY_DESK --region 35.05`: the first person of an installation.

Whoever runs commands on the server stands above all roles, so no second person confirms; the event
in the ledger shows that nobody's account did it.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from pilkades.apps.accounts.models import AccessLink, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.services import appoint_from_console
from pilkades.apps.accounts.services.access import issue_link
from pilkades.errors import PilkadesError


class Command(BaseCommand):
    """Angkat orang pertama."""

    help = "Membuat akun (bila belum ada), memberi peran, dan mencetak tautan aktivasi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="nama pengguna")
        parser.add_argument("--name", default="", help="nama lengkap (akun baru)")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--region", default="", help="kode wilayah, misalnya 35.05")
        parser.add_argument("--url", default="http://localhost:8000", help="alamat sistem ini")

    @transaction.atomic
    def handle(
        self,
        *args: Any,
        username: str,
        name: str,
        role: str,
        region: str,
        url: str,
        **options: Any,
    ) -> None:
        now = timezone.now()
        user = User.objects.filter(username=username.lower()).first()
        if user is None:
            if not name:
                raise CommandError("Akun ini belum ada: sebutkan nama lengkapnya dengan --name.")
            user = User.objects.create_user(username, full_name=name)
        try:
            appoint_from_console(user=user, role=Role(role), region_code=region, now=now)
        except PilkadesError as error:
            raise CommandError(str(error.text)) from error
        self.stdout.write(f"{user} sekarang {Role(role).label} di {region or 'Indonesia'}.")
        if not user.has_usable_password():
            token = issue_link(
                actor=None,
                user=user,
                purpose=AccessLink.Purpose.ACTIVATE,
                region_code=region,
                now=now,
            )
            self.stdout.write(f"Tautan aktivasi (7 hari): {url}/akun/aktivasi/{token}/")
