"""`pilkades manage`: the maintenance commands of an installation.

`appoint`, `import_regions`, `rotate_vault_key` and Django's own. Production settings unless
`DJANGO_SETTINGS_MODULE` says otherwise.
"""

import argparse

from django.core.management import ManagementUtility

from pilkades.config.boot import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="PERINTAH …", help="perintah dan pilihannya"
    )


def run(args: argparse.Namespace) -> int:
    """Run one command; what it refuses ends with exit code 1."""
    setup()
    ManagementUtility(["pilkades manage", *(args.arguments or ["help"])]).execute()
    return 0
