"""Keeps personal data and secrets out of what is logged."""

import logging
import re

_RULES = (
    # What was searched for, and what a form sent by address, is nobody's business in a log.
    (re.compile(r"\?[^\s\"']+"), "?…"),
    (re.compile(r"(/akun/aktivasi/)[^/\s]+"), r"\1…"),
    # NIK and family card numbers, also inside other words.
    (re.compile(r"\d{12,}"), "…"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "…@…"),
)


class RefusalFilter(logging.Filter):
    """A refused request (403, 404 …) is one line: nothing broke, so there is nothing to trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info, record.exc_text = None, None
        return True


class RedactFilter(logging.Filter):
    """Rewrites each record before any handler sees it; a traceback loses its last message too."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


def redact(text: str) -> str:
    """The text with queries, tokens, long numbers and mail addresses taken out."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
