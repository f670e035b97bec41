"""Answers that carry a file, with a name that every browser keeps."""

from urllib.parse import quote

from django.http import HttpResponse


def content_disposition(*, filename: str, extension: str, inline: bool = False) -> str:
    """The header for a file name that may hold any letter."""
    name = filename if filename.endswith(f".{extension}") else f"{filename}.{extension}"
    safe = "".join(ch if ch.isascii() and (ch.isalnum() or ch in "-_. ") else "-" for ch in name)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"


def pdf_response(*, pdf: bytes, filename: str) -> HttpResponse:
    """A PDF that opens in the browser and is saved under its name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(
        filename=filename, extension="pdf", inline=True
    )
    return response
