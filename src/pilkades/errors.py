"""The errors that cross a layer, each with the machine code that tests and clients rely on.

One middleware maps them to HTTP: malformed 400, rejected 422, forbidden by law 422, conflict 409.
`django.core.exceptions.PermissionDenied` (403) joins them in the shell.
"""

from pilkades.text import Text


class PilkadesError(Exception):
    """An anticipated refusal: a stable `code` for machines, a `text` for people."""

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


class MalformedInputError(PilkadesError):
    """Bytes are not what they claim to be; `code` is the check id."""


class ProofRejectedError(PilkadesError):
    """A proof or signature fails; `code` is the check id."""


class RuleViolationError(PilkadesError):
    """The law forbids it; `code` is the rule id and `article` the place where it is written."""

    def __init__(self, code: str, text: Text, *, article: str) -> None:
        super().__init__(code, text)
        self.article = article


class ConflictError(PilkadesError):
    """Someone was first, or the version is stale; `text` says what is known now."""
