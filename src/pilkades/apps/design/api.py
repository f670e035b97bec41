"""The one shape of a refusal; every router documents it, `config.errors` writes it."""

from ninja import Schema


class RefusalOut(Schema):
    """What was refused: a stable code, a sentence for people, the article where the law says so."""

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
