"""The folder of one trustee: what is in it, and the papers that bring it back.

`key.secret` or `seed.secret` never leaves it; what is handed to others is named when it is made.
"""

from pathlib import Path

from pilkades.cli.vote_files import read_file, read_secret, refuse_overwriting, write_new
from pilkades.cli.vote_papers import print_backup
from pilkades.cli.vote_words import say
from pilkades.crypto.groups import Group
from pilkades.crypto.supported import get_group
from pilkades.evoting.canonical import parse_json
from pilkades.evoting.ceremony import recover_secret
from pilkades.evoting.elections import Election
from pilkades.evoting.threshold_messages import parse_share_output
from pilkades.evoting.trustee_messages import MESSAGE_SIZE_MAX
from pilkades.text import Text

KEY = "key.secret"
SEED = "seed.secret"
GROUP = "group.txt"
PUBLIC_KEY = "public_key.json"
CERTIFICATE = "certificate.json"
POLYNOMIAL = "polynomial.json"
COMBINED = "key.json"
BACKUP = "cadangan-kunci.pdf"
SEED_BACKUP = "cadangan-benih.pdf"


def require_unused(folder: Path) -> None:
    """One trustee a folder: a second key beside the first would hide it."""
    for name in (KEY, SEED, GROUP):
        if (folder / name).exists():
            raise refuse_overwriting(folder / name)


def find_secret(folder: Path, election: Election) -> int:
    """The decryption key, from the folder of a mandatory trustee or of one of a group."""
    if (folder / KEY).exists():
        value = parse_json(read_file(folder / KEY), size_max=MESSAGE_SIZE_MAX)
        return election.wire.read_scalar(value)
    output = parse_share_output(read_file(folder / COMBINED), wire=election.wire)
    return recover_secret(election.wire, seed=read_seed(folder), private_key=output.private_key)


def read_seed(folder: Path) -> str:
    return read_secret(folder / SEED, question="").strip()


def read_group(folder: Path) -> Group:
    return get_group(read_file(folder / GROUP).decode(errors="replace").strip())


def write_key_backup(folder: Path, *, group: Group, secret: int, public: str) -> None:
    """The paper that is enough by itself: the key that opens, of whatever kind of trustee."""
    paper = print_backup(group=group.name, secret=str(secret), public=public, is_seed=False)
    write_new(folder / BACKUP, paper, is_secret=True)
    _tell_to_print(folder / BACKUP)


def write_seed_backup(folder: Path, *, group: Group, seed: str, place: str) -> None:
    """The paper of the ceremony's first step; it says itself that key.json belongs to it."""
    paper = print_backup(group=group.name, secret=seed, public=place, is_seed=True)
    write_new(folder / SEED_BACKUP, paper, is_secret=True)
    _tell_to_print(folder / SEED_BACKUP)


def tell_to_hand_over(path: Path) -> None:
    say(Text("Serahkan kepada panitia: {path}", path=str(path)))


def _tell_to_print(path: Path) -> None:
    say(Text("Cetak {path}, simpan di amplop tersegel, lalu hapus berkasnya.", path=str(path)))
