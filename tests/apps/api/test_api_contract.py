"""The API answers as its own OpenAPI says, whatever it is asked and whoever asks."""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.apps.api.conftest import Scene

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
PHASES = [Phase.explicit, Phase.generate]
TOKEN = "c" * 32
# What is asked of known things: a refusal by the law is no fault of the schema, so that only
# the form of the answers is checked.
FORM = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.usefixtures("kept_connection")
@SCHEMA.parametrize()
@settings(max_examples=3, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_contract(case: schemathesis.Case) -> None:
    # The transport does not unpack what the server compresses.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


@pytest.mark.usefixtures("kept_connection")
@SCHEMA.parametrize()
@settings(max_examples=2, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_contract_for_whoever_is_signed_in(
    case: schemathesis.Case, scene: Scene
) -> None:
    _name_what_exists(case, scene)
    for person in ("sari", "desk"):
        headers = {
            "Accept-Encoding": "identity",
            "Cookie": f"sessionid={_sign_in(scene, person)}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        case.call_and_validate(headers=headers, checks=FORM)


def _name_what_exists(case: schemathesis.Case, scene: Scene) -> None:
    """Addresses of things that are there, so that what lies behind them is reached."""
    parameters: dict[str, Any] = dict(case.path_parameters or {})
    case.path_parameters = {name: scene.paths.get(name, old) for name, old in parameters.items()}


def _sign_in(scene: Scene, person: str) -> str:
    client: Client = scene.cast.client(person)
    return client.cookies["sessionid"].value
