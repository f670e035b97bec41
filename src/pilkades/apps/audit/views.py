"""The public ledger: current checkpoint, entries, proofs and the whole bundle.

Everything here is open to everybody; leaves carry no personal data.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilkades.apps.audit import bundle, selectors
from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.models import Checkpoint
from pilkades.apps.audit.services import publish_checkpoint
from pilkades.apps.design.texts import translate
from pilkades.errors import MalformedInputError, PilkadesError
from pilkades.ledger.encoding import encode_base64, parse_number
from pilkades.text import Text

MAX_ENTRIES_PER_PAGE = 1_000
_TEXT = "text/plain; charset=utf-8"
Answer = HttpResponse | StreamingHttpResponse
View = Callable[..., Answer]


class NotPublishedError(PilkadesError):
    """What is asked for lies beyond what was published; 404 with its reason."""


def refuse_plainly(view: View) -> View:
    """Refuse as plain text: these addresses are read by programs and from a terminal."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> Answer:
        try:
            return view(request, *args, **kwargs)
        except NotPublishedError as error:
            return _text(f"{translate(error.text)} [{error.code}]\n", status=404)
        except MalformedInputError as error:
            return _text(f"{translate(error.text)} [{error.code}]\n", status=400)

    return wrapped


@require_safe
def show_ledger(request: HttpRequest) -> HttpResponse:
    """The page that says what the ledger is and how a stranger checks it."""
    checkpoint = publish_checkpoint(now=_now(request))
    context = {
        "checkpoint": checkpoint,
        "root": encode_base64(bytes(checkpoint.root)),
        "origin": get_signing_key().name,
        "vkey": str(get_signing_key().verifier),
        "last_index": checkpoint.size - 1,
    }
    return render(request, "audit/ledger.html", context)


@require_safe
@refuse_plainly
def show_checkpoint(request: HttpRequest) -> HttpResponse:
    """The checkpoint as a signed note; `?ukuran=` gives an older one that was published."""
    return _text(_choose_checkpoint(request).note)


@require_safe
def show_key(request: HttpRequest) -> HttpResponse:
    """The verifier key."""
    return _text(f"{get_signing_key().verifier}\n")


@require_safe
@refuse_plainly
def list_entries(request: HttpRequest) -> HttpResponse:
    """Leaves [start, end), one per line, at most a thousand; fewer at the ledger's end."""
    start = _read_number(request, "start", default=0)
    end = min(
        _read_number(request, "end", default=start + MAX_ENTRIES_PER_PAGE),
        start + MAX_ENTRIES_PER_PAGE,
    )
    leaves = selectors.list_leaves(start=start, stop=end)
    lines = b"".join(leaf + b"\n" for leaf in leaves)
    return HttpResponse(lines, content_type="application/jsonl; charset=utf-8")


@require_safe
@refuse_plainly
def show_inclusion_proof(request: HttpRequest, index: int) -> HttpResponse:
    """The proof file of one entry, complete for checking offline."""
    checkpoint = _choose_checkpoint(request)
    if index >= checkpoint.size:
        raise NotPublishedError(
            "entry-unknown",
            Text(
                "Entri nomor {index} tidak ada: titik periksa ini memuat {size} entri, bernomor "
                "mulai 0.",
                index=index,
                size=checkpoint.size,
            ),
        )
    proof = selectors.get_inclusion_proof(index=index, checkpoint=checkpoint)
    return _text(proof.encode().decode(), filename=f"entri-{index}.tlog-proof")


@require_safe
@refuse_plainly
def show_consistency_proof(request: HttpRequest) -> HttpResponse:
    """That the checkpoint of size `to` continues the ledger as it was at size `from`."""
    old_size = _read_number(request, "from", default=0)
    checkpoint = _choose_checkpoint(request, name="to")
    if not 0 < old_size <= checkpoint.size:
        raise MalformedInputError(
            "consistency-sizes",
            Text(
                "Tulis ?from= dengan jumlah entri titik periksa lama Anda, dari 1 sampai {size}. "
                "Ledger kosong (0) tidak mempunyai apa-apa yang dapat dibuktikan kelanjutannya.",
                size=checkpoint.size,
            ),
        )
    proof = selectors.get_consistency_proof(old_size=old_size, checkpoint=checkpoint)
    name = f"konsistensi-{old_size}-{checkpoint.size}.txt"
    return _text(proof.encode().decode(), filename=name)


@require_safe
@refuse_plainly
def download_bundle(request: HttpRequest) -> Answer:
    """Everything a stranger needs, as a ZIP file of the size that is asked for."""
    checkpoint = _choose_checkpoint(request)
    response = StreamingHttpResponse(bundle.stream_zip(checkpoint), content_type="application/zip")
    # It is compressed already.
    response["Content-Encoding"] = "identity"
    name = f"ledger-{checkpoint.size}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _choose_checkpoint(request: HttpRequest, *, name: str = "ukuran") -> Checkpoint:
    """The published checkpoint of the size asked for; without one, of all there is now."""
    if name not in request.GET:
        return publish_checkpoint(now=_now(request))
    checkpoint = selectors.find_checkpoint(size=_read_number(request, name))
    if checkpoint is None:
        latest = selectors.find_latest_checkpoint()
        raise NotPublishedError(
            "checkpoint-unknown",
            Text(
                "Titik periksa dengan {asked} entri tidak pernah diumumkan. Yang terbaru memuat "
                "{size} entri.",
                asked=_read_number(request, name),
                size=latest.size if latest else 0,
            ),
        )
    return checkpoint


def _read_number(request: HttpRequest, name: str, *, default: int | None = None) -> int:
    text = request.GET.get(name)
    if text is None and default is not None:
        return default
    return parse_number(text or "", check=f"query-{name}")


def _now(request: HttpRequest) -> datetime:
    return cast(datetime, getattr(request, "now", None) or timezone.now())


def _text(content: str, *, filename: str = "", status: int = 200) -> HttpResponse:
    response = HttpResponse(content, content_type=_TEXT, status=status)
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
