"""What becomes of a form: saved and on to the next page, or shown again with every input kept."""

from collections.abc import Callable, Mapping

from django import forms

from pilkades.apps.design.texts import translate
from pilkades.errors import (
    ConflictError,
    MalformedInputError,
    PilkadesError,
    ProofRejectedError,
    RuleViolationError,
)

HTTP_STATUS: Mapping[type[PilkadesError], int] = {
    MalformedInputError: 400,
    ConflictError: 409,
    RuleViolationError: 422,
    ProofRejectedError: 422,
}


def try_service(form: forms.Form, act: Callable[[], object]) -> int:
    """Run one service for a bound form; 302 means saved, else the status of the page shown again.

    The refusal stands above the form in the words of the service, the input stays in its fields.
    """
    if not form.is_valid():
        return 400
    try:
        act()
    except tuple(HTTP_STATUS) as error:
        article = f" ({error.article})" if isinstance(error, RuleViolationError) else ""
        form.add_error(None, translate(error.text) + article)
        return next(code for kind, code in HTTP_STATUS.items() if isinstance(error, kind))
    return 302
