"""`pilkades credentials`: the credential authority, on a machine apart from the server.

Names and access codes stay in `rahasia/`; only `public_credentials.json`, sorted so that it tells
nothing of the roll's order, goes to the server.
"""

import argparse
import csv
import io
import secrets
import sys
from pathlib import Path

from pilkades.cli.vote_files import CREDENTIALS, group_of, refuse_overwriting, write_new
from pilkades.cli.vote_papers import print_letters
from pilkades.errors import MalformedInputError
from pilkades.evoting.credentials import derive_public, make_access_code
from pilkades.evoting.elections import check_uuid
from pilkades.evoting.public_credentials import write_credentials
from pilkades.text import Text

SECRET_FOLDER = "rahasia"  # noqa: S105 - the name of a folder
LETTERS_PER_FILE = 500
ROLL_SIZE_MAX = 50_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="credentials_command", required=True, metavar="PERINTAH")
    make = commands.add_parser("make", help="buat kode akses, daftar umum, dan surat tertutup")
    make.add_argument("--roll", type=Path, required=True, help="CSV: kolom nomor dan nama")
    make.add_argument("--uuid", required=True, help="nomor pemilihan")
    make.add_argument("--name", default="Pemilihan Kepala Desa", help="judul pada surat")
    make.add_argument("--group", default="Ed25519")
    make.add_argument("--out", type=Path, required=True, help="map hasil, kosong atau belum ada")


def run(args: argparse.Namespace) -> int:
    """Draw a code for everybody on the roll, and write what each party gets."""
    group = group_of(args.group)
    uuid = check_uuid(args.uuid)
    voters = read_roll(args.roll)
    for name in (CREDENTIALS, SECRET_FOLDER):
        # A new public list beside older codes would be a list that nobody has the codes of.
        if (args.out / name).exists():
            raise refuse_overwriting(args.out / name)
    codes = [make_access_code(secrets.randbelow) for _ in voters]
    credentials = [derive_public(group, uuid=uuid, code=code) for code in codes]
    folder = args.out / SECRET_FOLDER
    letters = [
        {"number": number, "name": name, "code": code}
        for (number, name), code in zip(voters, codes, strict=True)
    ]
    write_new(folder / "kode.csv", _write_codes(letters), is_secret=True)
    for start in range(0, len(letters), LETTERS_PER_FILE):
        part = letters[start : start + LETTERS_PER_FILE]
        pdf = print_letters(election=args.name, uuid=uuid, letters=part)
        write_new(folder / f"surat-{start + 1:05}.pdf", pdf, is_secret=True)
        print(f"{start + len(part)} dari {len(letters)} surat", file=sys.stderr)
    # Last of all: who is interrupted has no list to hand over whose letters are not all made.
    write_new(args.out / CREDENTIALS, write_credentials(credentials, group=group))
    print(f"Serahkan kepada panitia: {args.out / CREDENTIALS}")
    print(f"Jaga sendiri: {folder} (kode dan surat; jangan disalin ke server)")
    return 0


def read_roll(path: Path) -> list[tuple[str, str]]:
    """Number and name of everybody on the roll.

    Raises:
        MalformedInputError: roll-columns, roll-number, roll-size, roll-text.
    """
    data = path.read_bytes()
    if len(data) > ROLL_SIZE_MAX:
        raise MalformedInputError(
            "roll-size", Text("{path} terlalu besar untuk daftar pemilih.", path=str(path))
        )
    try:
        text = data.decode("utf-8-sig")
        # A spreadsheet in Indonesian separates columns by semicolons.
        delimiter = ";" if ";" in text.partition("\n")[0] else ","
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise MalformedInputError(
            "roll-text", Text("{path} bukan CSV dalam UTF-8.", path=str(path))
        ) from error
    if not rows or not {"nomor", "nama"} <= set(rows[0]):
        raise MalformedInputError(
            "roll-columns", Text("Daftar pemilih harus memuat kolom nomor dan nama.")
        )
    voters = [((row["nomor"] or "").strip(), (row["nama"] or "").strip()) for row in rows]
    numbers = [number for number, _name in voters]
    if not all(numbers) or len(set(numbers)) != len(numbers):
        raise MalformedInputError(
            "roll-number", Text("Setiap pemilih harus mempunyai nomor sendiri, tidak kembar.")
        )
    return voters


def _write_codes(letters: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("nomor", "kode"))
    writer.writerows((letter["number"], letter["code"]) for letter in letters)
    return out.getvalue().encode()
