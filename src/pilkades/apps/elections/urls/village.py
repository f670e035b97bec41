"""Addresses of the village's workspace: committee, BPD, applicants."""

from django.urls import path

from pilkades.apps.elections.views import (
    committee,
    council,
    courses,
    decisions,
    drawing,
    examination,
    files,
    hamlets,
    proof,
    sealed_drawing,
    workspace,
)

_CODE = "ruang/<str:village_code>/"
_FILE = f"{_CODE}berkas/<uuid:candidacy_uuid>/"
_LOT = f"{_CODE}undian/calon/<uuid:lot_uuid>/"

urlpatterns = [
    path("ruang/", workspace.home, name="village-home"),
    path(_CODE, workspace.tasks, name="village-tasks"),
    path(f"{_CODE}tahapan/<str:step_id>/", workspace.step, name="village-plain-step"),
    path(f"{_CODE}panitia/", committee.show, name="village-committee"),
    path(f"{_CODE}panitia/bentuk/", committee.form_new, name="village-committee-form"),
    path(f"{_CODE}panitia/sk.pdf", committee.paper, name="village-committee-paper"),
    path(
        f"{_CODE}panitia/<uuid:member_uuid>/ganti/",
        committee.replace,
        name="village-member-replace",
    ),
    path(f"{_CODE}pengumuman/", council.announcements, name="village-announcements"),
    path(f"{_CODE}pengumuman/<slug:kind>/", council.publish, name="village-publish"),
    path(f"{_CODE}berkas/", files.index, name="village-files"),
    path(f"{_CODE}berkas/baru/", files.new, name="village-file-new"),
    path(_FILE, files.show, name="village-file"),
    path(f"{_FILE}identitas/", files.correct, name="village-file-identity"),
    path(f"{_FILE}terima/", files.receive, name="village-file-receive"),
    path(f"{_FILE}tanda-terima/", files.receipt, name="village-receipt"),
    path(f"{_FILE}tampilkan/", files.reveal, name="village-file-reveal"),
    path(f"{_FILE}syarat/<str:requirement_id>/", examination.requirement, name="village-answer"),
    path(f"{_FILE}dokumen/<slug:kind>/unggah/", examination.upload, name="village-upload"),
    path(f"{_FILE}dokumen/<uuid:document_uuid>/", examination.document, name="village-document"),
    path(
        f"{_FILE}dokumen/<uuid:document_uuid>/periksa/",
        examination.verify,
        name="village-verify",
    ),
    path(f"{_FILE}nilai/", examination.judge, name="village-judge"),
    path(f"{_FILE}pelengkapan/", examination.ask, name="village-ask"),
    path(f"{_FILE}serahkan/", examination.complete, name="village-complete"),
    path(f"{_FILE}keputusan/<slug:act>/", decisions.decide, name="village-decide"),
    path(
        f"{_FILE}usulan/<uuid:decision_uuid>/sahkan/",
        decisions.confirm,
        name="village-decision-confirm",
    ),
    path(
        f"{_FILE}usulan/<uuid:decision_uuid>/tarik/",
        decisions.retract,
        name="village-decision-retract",
    ),
    path(f"{_FILE}surat-suara/", decisions.ballot_entry, name="village-ballot-entry"),
    path(f"{_FILE}foto", decisions.photo, name="village-photo"),
    path(f"{_CODE}dusun/", hamlets.index, name="village-hamlets"),
    path(f"{_CODE}dusun/<uuid:hamlet_uuid>/", hamlets.rename, name="village-hamlet"),
    path(f"{_CODE}masukan/", council.complaints, name="village-complaints"),
    path(f"{_CODE}masukan/<uuid:complaint_uuid>/", council.answer, name="village-complaint"),
    path(f"{_CODE}jalur/", courses.path, name="village-path"),
    path(f"{_CODE}jalur/ajukan/", courses.propose, name="village-path-propose"),
    path(f"{_CODE}jalur/penetapan.pdf", courses.determination_paper, name="village-path-paper"),
    path(
        f"{_CODE}jalur/<uuid:decision_uuid>/sahkan/", courses.confirm, name="village-path-confirm"
    ),
    path(
        f"{_CODE}jalur/<uuid:decision_uuid>/tarik/", courses.withdraw, name="village-path-withdraw"
    ),
    path(f"{_CODE}seleksi/", courses.scores, name="village-scores"),
    path(f"{_CODE}seleksi/umumkan/", courses.publish, name="village-scores-publish"),
    path(f"{_CODE}seleksi/hasil.pdf", courses.scores_paper, name="village-scores-paper"),
    path(
        f"{_CODE}seleksi/<uuid:candidacy_uuid>/<str:item_id>/",
        courses.score,
        name="village-score",
    ),
    path(f"{_CODE}musyawarah/", council.deliberation, name="village-deliberation"),
    path(
        f"{_CODE}musyawarah/sahkan/", council.confirm_minutes, name="village-deliberation-confirm"
    ),
    path(
        f"{_CODE}musyawarah/tarik/", council.withdraw_minutes, name="village-deliberation-withdraw"
    ),
    path(f"{_CODE}undian/", drawing.show, name="village-drawing"),
    path(f"{_CODE}undian/buka/", drawing.open_new, name="village-drawing-open"),
    path(f"{_CODE}undian/hadir/", drawing.attendee, name="village-attendee"),
    path(
        f"{_CODE}undian/hadir/<uuid:attendee_uuid>/tanda-tangan/<slug:how>/",
        drawing.sign_attendance,
        name="village-attendee-sign",
    ),
    path(f"{_CODE}undian/komitmen/tutup/", sealed_drawing.seal, name="village-drawing-seal"),
    path(f"{_CODE}undian/undian-biasa/", sealed_drawing.switch, name="village-drawing-switch"),
    path(f"{_CODE}undian/tutup/", drawing.close, name="village-drawing-close"),
    path(f"{_CODE}undian/batalkan/", drawing.cancel, name="village-drawing-cancel"),
    path(f"{_CODE}undian/berita-acara.pdf", drawing.paper, name="village-drawing-paper"),
    path(f"{_LOT}datang/", drawing.arrival, name="village-lot-arrival"),
    path(f"{_LOT}nomor/", drawing.lot, name="village-lot"),
    path(f"{_LOT}komitmen/", sealed_drawing.commit, name="village-lot-commit"),
    path(f"{_LOT}buka/", sealed_drawing.reveal, name="village-lot-reveal"),
    path(f"{_LOT}tanda-tangan/<slug:how>/", drawing.sign, name="village-lot-sign"),
    path(f"{_CODE}cetak-coba/", proof.show, name="village-proof"),
    path(f"{_CODE}cetak-coba/buat/", proof.create, name="village-proof-create"),
    path(f"{_CODE}cetak-coba/kunci/", proof.lock, name="village-proof-lock"),
    path(f"{_CODE}cetak-coba/buka-kunci/", proof.unlock, name="village-proof-unlock"),
    path(
        f"{_CODE}cetak-coba/buka-kunci/tarik/",
        proof.keep_locked,
        name="village-proof-keep-locked",
    ),
    path(f"{_CODE}cetak-coba/cetak.pdf", proof.paper, name="village-proof-paper"),
    path(
        f"{_CODE}cetak-coba/<uuid:signature_uuid>/tanda-tangan/<slug:how>/",
        proof.sign,
        name="village-proof-sign",
    ),
    path(f"{_CODE}laporan/", council.reports, name="village-reports"),
    path(f"{_CODE}laporan/serahkan/", council.submit, name="village-report-submit"),
    path(f"{_CODE}laporan/<uuid:report_uuid>/dengar/", council.hear, name="village-report-hear"),
    path(
        f"{_CODE}laporan/<uuid:report_uuid>/teruskan/",
        council.forward,
        name="village-report-forward",
    ),
]
