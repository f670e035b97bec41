"""The sample paper of the gallery; papers in earnest are served by the apps they belong to."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilkades.apps.documents.papers import PaperRecord, render_pdf
from pilkades.apps.documents.responses import pdf_response
from pilkades.apps.documents.sample import sample_data


@require_safe
def sample_paper(request: HttpRequest) -> HttpResponse:
    """One record on A4 or F4; it exists in the demo only."""
    if not settings.PILKADES_DEMO:
        raise Http404
    pdf = render_pdf(
        template="documents/sample.typ",
        data=sample_data(),
        paper="f4" if request.GET.get("kertas") == "f4" else "a4",
        record=PaperRecord(identity="contoh/berita-acara"),
    )
    return pdf_response(pdf=pdf, filename="contoh-berita-acara")
