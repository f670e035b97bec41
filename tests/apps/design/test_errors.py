"""A refusal as page, fragment and JSON."""

import json
import logging
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, reverse

from pilkades.config import errors as pages
from pilkades.config.logs import RedactFilter, RefusalFilter
from pilkades.errors import (
    ConflictError,
    MalformedInputError,
    ProofRejectedError,
    RuleViolationError,
)
from pilkades.text import Text

FORBIDDEN_BY_LAW = RuleViolationError(
    "candidate.age", Text("Umur {age} kurang dari {least}.", age=24, least=25), article="Pasal 21"
)
RAISED = {
    "malformed": MalformedInputError("pack.toml", Text("Berkas bukan TOML.")),
    "conflict": ConflictError("file.version", Text("Bu Sari lebih dahulu.")),
    "law": FORBIDDEN_BY_LAW,
    "proof": ProofRejectedError("proof.signature", Text("Tanda tangan tidak cocok.")),
    "denied": PermissionDenied("secret reason"),
    "bug": RuntimeError("secret detail"),
}


def fail(request: HttpRequest, which: str) -> HttpResponse:
    raise RAISED[which]


urlpatterns = [
    path("gagal/<which>/", fail),
    path("api/gagal/<which>", fail),
    path("", include("pilkades.config.urls")),
]
handler400, handler403 = pages.bad_request, pages.forbidden
handler404, handler500 = pages.not_found, pages.server_error


@pytest.fixture
def visitor(client: Client, settings: Any) -> Client:
    settings.ROOT_URLCONF = "tests.apps.design.test_errors"
    settings.CSRF_FAILURE_VIEW = "pilkades.config.errors.csrf_failure"
    client.raise_request_exception = False
    return client


STATUS = [
    ("malformed", 400),
    ("conflict", 409),
    ("law", 422),
    ("proof", 422),
    ("denied", 403),
    ("bug", 500),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("which", "status"), STATUS)
def test_refusal_has_its_status_as_page_and_as_json(
    visitor: Client, which: str, status: int
) -> None:
    page = visitor.get(f"/gagal/{which}/")
    answer = visitor.get(f"/api/gagal/{which}")

    assert page.status_code == answer.status_code == status
    assert page["Content-Type"].startswith("text/html")
    assert set(json.loads(answer.content)) >= {"code", "message"}


@pytest.mark.django_db
def test_refusal_of_the_law_names_the_article_and_the_filled_sentence(visitor: Client) -> None:
    assert json.loads(visitor.get("/api/gagal/law").content) == {
        "code": "candidate.age",
        "message": "Umur 24 kurang dari 25.",
        "article": "Pasal 21",
    }
    page = visitor.get("/gagal/law/").content.decode()
    assert "Umur 24 kurang dari 25." in page
    assert "Pasal 21" in page


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["denied", "bug"])
def test_inner_reason_never_reaches_the_page(visitor: Client, which: str) -> None:
    for address in (f"/gagal/{which}/", f"/api/gagal/{which}"):
        assert "secret" not in visitor.get(address).content.decode()


@pytest.mark.django_db
def test_htmx_gets_a_fragment_in_place_of_a_page(visitor: Client) -> None:
    answer = visitor.get("/gagal/law/", headers={"hx-request": "true"})

    assert answer.status_code == 422
    assert "<html" not in answer.content.decode()
    assert answer["HX-Retarget"] == "#isi"


@pytest.mark.django_db
def test_form_that_stood_open_too_long_is_explained_in_plain_words(settings: Any) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(reverse("account_login"), {"x": "1"})

    assert answer.status_code == 403
    assert "Halaman sudah terlalu lama terbuka" in answer.content.decode()
    assert "Tidak ada yang tersimpan maupun hilang" in answer.content.decode()


@pytest.mark.django_db
def test_unknown_address_of_the_api_answers_json(client: Client) -> None:
    answer = client.get("/api/tidak-ada")

    assert answer.status_code == 404
    assert json.loads(answer.content)["code"] == "not.found"


def test_page_of_a_server_error_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    answer = pages.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "Yang sudah tersimpan tetap aman" in answer.content.decode()


def test_a_refused_page_is_one_line_in_the_log_and_a_broken_one_keeps_its_traceback() -> None:
    def log(status: int) -> str:
        try:
            raise PermissionDenied("bukan wewenang")
        except PermissionDenied:
            record = logging.LogRecord(
                "django.request", logging.WARNING, "", 0, "Jawaban: /x/", (), sys.exc_info()
            )
        record.status_code = status
        for rule in (RefusalFilter(), RedactFilter()):
            assert rule.filter(record)
        return logging.Formatter().format(record)

    assert log(403) == "Jawaban: /x/"
    assert "Traceback" in log(500)
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["refusals", "redact"]
