"""Addresses of imports into the roll."""

from django.urls import path

from pilkades.apps.roll.views import imports, imports_preview

_LIST = "ruang/<str:village_code>/dpt/impor/"
_ONE = f"{_LIST}<uuid:import_uuid>/"
_ROW = f"{_ONE}baris/<uuid:row_uuid>/"

urlpatterns = [
    path(_LIST, imports.index, name="imports"),
    path(_ONE, imports_preview.preview, name="import"),
    path(f"{_ONE}kolom/", imports.columns, name="import-columns"),
    path(f"{_ONE}buang/", imports.discard, name="import-discard"),
    path(f"{_ONE}batalkan/", imports.undo, name="import-undo"),
    path(f"{_ONE}terima/", imports_preview.accept, name="import-accept"),
    path(f"{_ONE}perbaiki/", imports_preview.mend_all, name="import-mend-all"),
    path(f"{_ONE}tinggalkan/", imports_preview.leave_out, name="import-leave-out-all"),
    path(_ROW, imports_preview.edit, name="import-row"),
    path(f"{_ROW}perbaiki/", imports_preview.mend_row, name="import-mend"),
    path(f"{_ROW}tinggalkan/", imports_preview.leave_out, name="import-leave-out"),
    path(f"{_ROW}ikutkan/", imports_preview.take_back, name="import-take-back"),
]
