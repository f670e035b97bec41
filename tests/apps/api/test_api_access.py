"""Who gets what from the API: every address is open to its people and closed to all others."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from pilkades.config.api import api
from tests.apps.api.conftest import Scene

QUERIES_MAX = 15
PREFIX = "/api/v1/"
Operation = tuple[str, str]


def _list_operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in api.get_openapi_schema(path_prefix=PREFIX)["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


OPERATIONS = list(_list_operations())
CLOSED = [(method, path) for method, path, item in OPERATIONS if item.get("security")]
OPEN_READS = [path for m, path, item in OPERATIONS if m == "get" and not item.get("security")]
# Everybody who holds an office asks these; the answer holds what is theirs.
OF_ONES_OWN = {"/api/v1/kotak-masuk", "/api/v1/gelombang"}
QUERY = {
    "/api/v1/wilayah/desa": {"q": "wonodadi"},
    "/api/v1/aturan/{region}": {"on": "2026-11-23"},
    "/api/v1/aturan/{region}/jadwal": {"poll_date": "2026-11-23"},
    "/api/v1/buku-catatan/konsistensi": {"dari": "1"},
}
BODIES: dict[str, dict[str, Any]] = {
    "tahapan/{step_id}": {"version": 1},
    "nilai": {"version": 1, "is_eligible": True},
    "periksa": {"version": 1, "outcome": "valid"},
    "pelengkapan": {"version": 1, "reason": "KTP-el kabur"},
    "usulan": {"version": 1, "event": "withdraw", "reason": "Surat", "article": "pasal 40"},
    "jawaban": {"version": 1, "outcome": "upheld", "answer": "Benar."},
    "undian/buka": {"method": "lots", "place": "Balai desa"},
    "hadir": {"name": "Pak Lurah", "capacity": "official", "arrived_at": "09:00"},
    "datang": {"arrived_at": "09:00"},
    "nomor": {"turn": 1, "number": 1},
    "undian/calon/{lot_uuid}/komitmen": {"commitment": "ab" * 32},
    "{lot_uuid}/buka": {"salt": "ab" * 16, "contribution": "cd" * 16},
    "{lot_uuid}/tanda-tangan": {"number": 1, "how": "paper"},
    "{signature_uuid}/tanda-tangan": {"sha256": "ab" * 32, "how": "paper"},
    "batalkan": {"version": 1, "reason": "Diulang"},
    "buka-kunci": {"version": 1, "reason": "Salah foto"},
}


def _ask(client: Client, scene: Scene, method: str, path: str) -> Any:
    url = scene.fill(path)
    if method == "get":
        return client.get(url, QUERY.get(path, {}))
    if path.endswith("dokumen/{kind}"):
        from django.core.files.uploadedfile import SimpleUploadedFile

        return client.post(url, {"version": 1, "paper": SimpleUploadedFile("ktp.pdf", b"%PDF-1")})
    body = next((body for end, body in BODIES.items() if path.endswith(end)), {"version": 1})
    return client.post(url, body, content_type="application/json")


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_nobody_signed_in_is_asked_to_sign_in(scene: Scene, method: str, path: str) -> None:
    answer = _ask(Client(), scene, method, path)
    assert answer.status_code == 401
    assert answer.json()["code"] == "signin.required"


@pytest.mark.parametrize("person", ["mallory", "dewi"])
@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_an_outsider_sees_and_does_nothing(
    scene: Scene, method: str, path: str, person: str
) -> None:
    answer = _ask(scene.cast.client(person), scene, method, path)
    if answer.status_code == 200:
        # Mallory chairs the committee of another village and has an inbox of that village.
        assert path in OF_ONES_OWN
        assert str(scene.paths["village_code"]) not in answer.content.decode()
        return
    assert answer.status_code in {403, 404}, answer.content
    assert set(answer.json()) <= {"code", "message", "article"}


@pytest.mark.parametrize(("method", "path"), [item for item in CLOSED if item[0] == "post"])
def test_a_write_without_the_token_of_the_session_is_refused(
    scene: Scene, method: str, path: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.cast.sari)
    answer = _ask(client, scene, method, path)
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf.failed"


@pytest.mark.parametrize("path", OPEN_READS)
def test_what_is_public_needs_no_sign_in_and_few_queries(
    scene: Scene, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = Client()
    _ask(client, scene, "get", path)
    with django_assert_max_num_queries(QUERIES_MAX):
        answer = _ask(client, scene, "get", path)
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("path", [path for method, path in CLOSED if method == "get"])
def test_whoever_is_entitled_reads_with_few_queries(
    scene: Scene, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    is_office = path.startswith(("/api/v1/gelombang", "/api/v1/kotak-masuk"))
    client = scene.cast.client("camat" if is_office else "sari")
    _ask(client, scene, "get", path)
    with django_assert_max_num_queries(QUERIES_MAX):
        answer = _ask(client, scene, "get", path)
    assert answer.status_code == 200, answer.content


def test_every_address_is_described_in_words() -> None:
    for method, path, operation in OPERATIONS:
        assert operation.get("summary"), f"{method} {path}"
        assert not operation["summary"].isascii() or " " in operation["summary"], path


def test_no_two_shapes_share_one_name() -> None:
    """Pydantic models of one name would overwrite each other in the OpenAPI."""
    from ninja import Schema

    seen: dict[str, type] = {}
    for shape in _list_shapes(Schema):
        if shape.__module__.startswith("pilkades."):
            assert seen.setdefault(shape.__name__, shape) is shape, shape.__name__


def _list_shapes(base: type) -> Iterator[type]:
    for shape in base.__subclasses__():
        yield shape
        yield from _list_shapes(shape)
