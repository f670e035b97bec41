"""The election and its question, as published (specification, sections "Questions", "Elections").

Only homomorphic questions; exactly the fields of protocol version 1.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pilkades.crypto.groups import Element, Group
from pilkades.crypto.supported import get_group
from pilkades.errors import MalformedInputError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.fingerprints import fingerprint
from pilkades.evoting.wire import Wire, read_fields, read_integer, read_list, read_string
from pilkades.text import Text

PROTOCOL_VERSION = 1
ELECTION_SIZE_MAX = 1_000_000
UUID_LENGTH_MIN = 14
ANSWERS_MIN = 2
ANSWERS_MAX = 5
"""As many candidates as a village election may have; archives of others may hold more."""
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_QUESTION = ("answers", "min", "max", "question")
_ELECTION = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_OPTIONAL = ("administrator", "credential_authority")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; `is_blank_allowed` None where the field is absent."""

    answers: tuple[str, ...]
    minimum: int
    maximum: int
    question: str
    is_blank_allowed: bool | None = None

    @property
    def has_blank(self) -> bool:
        return bool(self.is_blank_allowed)

    @property
    def choice_count(self) -> int:
        """How many ciphertexts an answer has: the blank one comes first."""
        return len(self.answers) + self.has_blank


@dataclass(frozen=True)
class Election:
    """All a voter needs; `public_key` y in G."""

    description: str
    name: str
    group: Group
    public_key: Element
    questions: tuple[Question, ...]
    uuid: str
    administrator: str | None = None
    credential_authority: str | None = None

    @cached_property
    def data(self) -> bytes:
        """The one text of this election."""
        return write_json(_write(self))

    @cached_property
    def fingerprint(self) -> str:
        """φ, which every ballot and decryption is bound to."""
        return fingerprint(self.data)

    @cached_property
    def wire(self) -> Wire:
        return Wire(self.group)


def parse_election(data: bytes) -> Election:
    """The election these bytes stand for.

    Raises:
        MalformedInputError: json-…, election-…, element-…, group-name.
    """
    return parse_canonical(data, read=_read, write=_write, size_max=ELECTION_SIZE_MAX)


def read_question(value: Any) -> Question:
    """A homomorphic question whose bounds can be met.

    Raises:
        MalformedInputError: election-question.
    """
    fields = read_fields(value, *_QUESTION, optional=("blank",))
    blank = fields.get("blank")
    question = Question(
        answers=read_list(fields["answers"], read_string),
        minimum=read_integer(fields["min"]),
        maximum=read_integer(fields["max"]),
        question=read_string(fields["question"]),
        is_blank_allowed=blank,
    )
    is_possible = 0 <= question.minimum <= question.maximum <= len(question.answers)
    if (
        not is_possible
        or blank not in (None, True, False)
        or isinstance(blank, int) != (blank is not None)
    ):
        raise MalformedInputError(
            "election-question", Text("Batas pilihan pada pertanyaan tidak dapat dipenuhi.")
        )
    return question


def check_own_question(question: Question) -> None:
    """What a question must be before an election begins with it.

    Raises:
        MalformedInputError: candidates (empty or equal names, none to choose), election-question.
    """
    names = [" ".join(answer.split()).casefold() for answer in question.answers]
    if not all(names) or len(set(names)) != len(names):
        raise MalformedInputError(
            "candidates", Text("Isi nama setiap calon, dan jangan ada dua nama yang sama.")
        )
    if not ANSWERS_MIN <= len(names) <= ANSWERS_MAX:
        raise MalformedInputError(
            "candidates",
            Text(
                "Calon kepala desa harus {least} sampai {most} orang; di sini {count}.",
                least=ANSWERS_MIN,
                most=ANSWERS_MAX,
                count=len(names),
            ),
        )
    if not 0 <= question.minimum <= question.maximum <= len(names) or not question.maximum:
        raise MalformedInputError(
            "election-question", Text("Batas pilihan pada pertanyaan tidak dapat dipenuhi.")
        )


def write_question(question: Question) -> dict[str, Any]:
    written: dict[str, Any] = {"answers": list(question.answers)}
    if question.is_blank_allowed is not None:
        written["blank"] = question.is_blank_allowed
    return written | {
        "min": question.minimum,
        "max": question.maximum,
        "question": question.question,
    }


def check_uuid(text: str) -> str:
    """An election identifier: at least 14 characters of base 58.

    Raises:
        MalformedInputError: election-uuid.
    """
    if len(text) < UUID_LENGTH_MIN or not set(BASE58).issuperset(text):
        raise MalformedInputError(
            "election-uuid",
            Text("Nomor pemilihan harus terdiri atas sedikitnya 14 huruf dan angka base58."),
        )
    return text


def _read(value: Any) -> Election:
    fields = read_fields(value, *_ELECTION, optional=_OPTIONAL)
    if fields["version"] != PROTOCOL_VERSION:
        raise MalformedInputError(
            "election-version", Text("Versi protokol yang dikenal hanya versi 1.")
        )
    group = get_group(read_string(fields["group"]))
    names = {name: read_string(fields[name]) for name in _OPTIONAL if name in fields}
    election = Election(
        description=read_string(fields["description"]),
        name=read_string(fields["name"]),
        group=group,
        public_key=Wire(group).read_element(fields["public_key"]),
        questions=read_list(fields["questions"], read_question),
        uuid=check_uuid(read_string(fields["uuid"])),
        **names,
    )
    if not election.questions:
        raise MalformedInputError("election-question", Text("Pemilihan ini tanpa pertanyaan."))
    return election


def _write(election: Election) -> dict[str, Any]:
    written: dict[str, Any] = {
        "version": PROTOCOL_VERSION,
        "description": election.description,
        "name": election.name,
        "group": election.group.name,
        "public_key": election.group.encode(election.public_key),
        "questions": [write_question(question) for question in election.questions],
        "uuid": election.uuid,
    }
    if election.administrator is not None:
        written["administrator"] = election.administrator
    if election.credential_authority is not None:
        written["credential_authority"] = election.credential_authority
    return written
