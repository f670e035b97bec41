"""Addresses that no link ever makes are refused in words, on both databases."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_nul_in_the_address_is_an_unknown_page() -> None:
    assert Client().get("/desa/35.05.01.2001%00/").status_code == 404


@pytest.mark.django_db
def test_a_nul_in_the_question_is_a_malformed_request() -> None:
    answer = Client().get("/wilayah/?q=a%00b")
    assert answer.status_code == 400
    assert "tidak terbaca" in answer.content.decode()
