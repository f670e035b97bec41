"""What all routers of the API share: the shape of a refusal, and inputs that a database can hold.

Every router documents `REFUSALS`; `config.errors` writes them.
"""

from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

# PostgreSQL cannot store the character NUL; a text with it is refused as unreadable.
WITHOUT_NUL = r"^[^\u0000]*$"
GREATEST_VERSION = 2_147_483_647

Line = Annotated[str, StringConstraints(max_length=300, pattern=WITHOUT_NUL)]
Prose = Annotated[str, StringConstraints(max_length=10_000, pattern=WITHOUT_NUL)]
Version = Annotated[
    int,
    Field(ge=0, le=GREATEST_VERSION, description="versi yang terakhir dibaca; beda berarti 409"),
]


class RefusalOut(Schema):
    """Penolakan: kode tetap, kalimat untuk orang, dan pasal bila peraturan yang menolak."""

    code: str
    message: str
    article: str | None = None


REFUSALS: dict[int, type[RefusalOut]] = {
    400: RefusalOut,
    401: RefusalOut,
    403: RefusalOut,
    404: RefusalOut,
    409: RefusalOut,
    422: RefusalOut,
}
