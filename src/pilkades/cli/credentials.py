"""`pilkades credentials`: the credential authority, on a machine apart from the server.

Names and access codes stay in `rahasia/`; only `public_credentials.json`, sorted so that it tells
nothing of the roll's order, goes to the server.
"""

import argparse
import csv
import io
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pilkades.cli.vote_files import CREDENTIALS, refuse_overwriting, write_new
from pilkades.cli.vote_papers import print_letters
from pilkades.cli.vote_words import add_language, say, speaking, warn
from pilkades.crypto.supported import get_group
from pilkades.errors import MalformedInputError
from pilkades.evoting.credentials import derive_public, make_access_code
from pilkades.evoting.elections import check_uuid
from pilkades.evoting.public_credentials import write_credentials
from pilkades.text import Text

SECRET_FOLDER = "rahasia"  # noqa: S105 - the name of a folder
CODES = "kode.csv"
ELECTION = "pemilihan.csv"
LETTERS_PER_FILE = 500
ROLL_SIZE_MAX = 50_000_000
WEIGHT_MAX = 999_999_999


@dataclass(frozen=True, slots=True)
class Voter:
    """A row of the roll; `weight` 1 unless the roll has a column for it."""

    number: str
    name: str
    weight: int = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_language(parser)
    commands = parser.add_subparsers(dest="credentials_command", required=True, metavar="PERINTAH")
    make = commands.add_parser("make", help="buat kode akses, daftar umum, dan surat tertutup")
    make.add_argument(
        "--roll", type=Path, required=True, help="CSV: kolom nomor dan nama, bila perlu bobot"
    )
    make.add_argument("--uuid", required=True, help="nomor pemilihan")
    make.add_argument("--name", default="Pemilihan Kepala Desa", help="judul pada surat")
    make.add_argument("--group", default="Ed25519")
    make.add_argument("--out", type=Path, required=True, help="map hasil, kosong atau belum ada")
    make.set_defaults(act=_make)
    letters = commands.add_parser("letters", help="cetak lagi surat dari kode yang sudah dibuat")
    letters.add_argument("--dir", type=Path, required=True, help="map hasil `credentials make`")
    letters.add_argument(
        "--out", type=Path, help="map baru; tanpa ini, hanya yang belum ada di map lama"
    )
    letters.add_argument("--number", nargs="+", help="nomor pemilih; tanpa ini, semua")
    letters.set_defaults(act=_print_again)


def run(args: argparse.Namespace) -> int:
    with speaking(args.lang):
        args.act(args)
    return 0


def _make(args: argparse.Namespace) -> None:
    """Draw a code for everybody on the roll, and write what each party gets."""
    group = get_group(args.group)
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
        {"nomor": voter.number, "kode": code, "nama": voter.name}
        for voter, code in zip(voters, codes, strict=True)
    ]
    write_new(folder / ELECTION, _write_table([{"judul": args.name, "uuid": uuid}]), is_secret=True)
    write_new(folder / CODES, _write_table(letters), is_secret=True)
    _print_letters(folder, letters, election=args.name, uuid=uuid)
    weights = {
        credential: voter.weight
        for credential, voter in zip(credentials, voters, strict=True)
        if any(other.weight != 1 for other in voters)
    }
    # Last of all: who is interrupted has no list to hand over whose letters are not all made.
    public = write_credentials(credentials, group=group, weights=weights)
    write_new(args.out / CREDENTIALS, public)
    say(Text("Serahkan kepada panitia: {path}", path=str(args.out / CREDENTIALS)))
    say(Text("Jaga sendiri: {path} (kode dan surat; jangan disalin ke server)", path=str(folder)))


def _print_again(args: argparse.Namespace) -> None:
    """The same codes on new paper: a spoiled print, or the letters of some voters only."""
    folder = args.dir / SECRET_FOLDER
    letters = _read_table(folder / CODES, "nomor", "kode", "nama")
    if args.number:
        letters = [letter for letter in letters if letter["nomor"] in args.number]
        missing = tuple(sorted(set(args.number) - {letter["nomor"] for letter in letters}))
        if missing:
            raise MalformedInputError(
                "letters-number", Text("Tidak ada kode untuk nomor {numbers}.", numbers=missing)
            )
    election = _read_table(folder / ELECTION, "judul", "uuid")[0]
    if args.number and args.out is None:
        raise MalformedInputError(
            "letters-out", Text("Surat pilihan dicetak ke map baru: tambahkan --out MAP.")
        )
    target = args.out or folder
    _print_letters(target, letters, election=election["judul"], uuid=election["uuid"])
    say(Text("Surat tercetak lagi di {path}; kodenya tetap.", path=str(target)))


def _print_letters(
    folder: Path, letters: Sequence[Mapping[str, str]], *, election: str, uuid: str
) -> None:
    for start in range(0, len(letters), LETTERS_PER_FILE):
        part = letters[start : start + LETTERS_PER_FILE]
        path = folder / f"surat-{start + 1:05}.pdf"
        shown = [
            {"number": item["nomor"], "name": item["nama"], "code": item["kode"]} for item in part
        ]
        if not path.exists():
            pdf = print_letters(election=election, uuid=uuid, letters=shown)
            write_new(path, pdf, is_secret=True)
        done = start + len(part)
        warn(Text("{done} dari {all} surat", done=done, all=len(letters)))


def read_roll(path: Path) -> list[Voter]:
    """Everybody on the roll.

    Raises:
        MalformedInputError: roll-columns, roll-none, roll-row, roll-number, roll-weight,
            roll-size, roll-text.
    """
    if path.stat().st_size > ROLL_SIZE_MAX:
        raise MalformedInputError(
            "roll-size", Text("{path} terlalu besar untuk daftar pemilih.", path=str(path))
        )
    rows = _read_rows(path)
    columns = [name.strip().casefold() for name in rows[0]] if rows else []
    if not {"nomor", "nama"} <= set(columns) or len(set(columns)) != len(columns):
        raise MalformedInputError(
            "roll-columns", Text("Daftar pemilih harus memuat kolom nomor dan nama.")
        )
    voters = [
        _read_voter(columns, row, number)
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if not voters:
        raise MalformedInputError("roll-none", Text("Daftar pemilih ini belum memuat seorang pun."))
    twice = [number for number, count in Counter(v.number for v in voters).items() if count > 1]
    if twice:
        raise MalformedInputError(
            "roll-number", Text("Nomor {number} dipakai dua pemilih.", number=twice[0])
        )
    return voters


def _read_voter(columns: Sequence[str], row: Sequence[str], number: int) -> Voter:
    """One row; `number` as a spreadsheet counts, the heading being 1."""
    if len(row) != len(columns):
        raise MalformedInputError(
            "roll-row",
            Text(
                "Baris {row} memuat {found} kolom, padahal judulnya {wanted}. Periksa koma dan "
                "tanda petik di baris itu.",
                row=number,
                found=len(row),
                wanted=len(columns),
            ),
        )
    cells = dict(zip(columns, map(str.strip, row), strict=True))
    if not cells["nomor"] or not cells["nama"]:
        raise MalformedInputError(
            "roll-row", Text("Baris {row}: nomor atau nama pemilih kosong.", row=number)
        )
    weight = cells.get("bobot") or "1"
    if not (weight.isascii() and weight.isdigit() and 0 < int(weight[:10]) <= WEIGHT_MAX):
        raise MalformedInputError(
            "roll-weight", Text("Baris {row}: bobot harus bilangan bulat positif.", row=number)
        )
    return Voter(cells["nomor"], cells["nama"], int(weight))


def _read_rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        # A spreadsheet in Indonesian separates columns by semicolons.
        delimiter = ";" if ";" in text.partition("\n")[0] else ","
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise MalformedInputError(
            "roll-text", Text("{path} bukan CSV dalam UTF-8.", path=str(path))
        ) from error


def _read_table(path: Path, *columns: str) -> list[dict[str, str]]:
    """A table of the authority's own, as `_write_table` wrote it.

    Raises:
        MalformedInputError: roll-text, letters-table.
    """
    rows = _read_rows(path)
    is_ours = len(rows) > 1 and rows[0] == list(columns)
    if not is_ours or any(len(row) != len(columns) for row in rows):
        raise MalformedInputError(
            "letters-table",
            Text("{path} bukan tabel yang dibuat `pilkades credentials make`.", path=str(path)),
        )
    return [dict(zip(columns, row, strict=True)) for row in rows[1:]]


def _write_table(rows: Sequence[Mapping[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
