"""Invented papers of an applicant: a page that says what it stands for and that it is a rehearsal.

A small PDF written by hand, so that a thousand of them cost nothing; it opens in every reader.
"""

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def make_certificate(*, title: str, name: str, village: str) -> bytes:
    """One A4 page with three lines."""
    lines = ((22, "SIMULASI"), (16, title), (13, f"a.n. {name}"), (13, village))
    drawing = b"BT 70 740 Td " + b" ".join(_line(size, text) for size, text in lines) + b" ET"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing)
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return _assemble(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream,
        FONT,
    )


def _line(size: int, text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"/F1 %d Tf (%s) Tj 0 -34 Td" % (size, escaped.encode("cp1252", "replace"))


def _assemble(*objects: bytes) -> bytes:
    """The objects, numbered from one, with the table of their places."""
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(body))
    )
