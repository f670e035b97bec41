"""The API answers as its own OpenAPI says, whatever it is asked."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from pilkades.config.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_api_keeps_its_contract(case: schemathesis.Case) -> None:
    # The transport does not unpack what the server compresses.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
