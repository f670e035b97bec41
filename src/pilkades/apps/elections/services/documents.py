"""Keeping papers that people hand in: judged by their bytes, sealed, named by a UUID."""

from uuid import UUID

from pilkades.apps.elections.uploads import Photo, Upload, read_document, read_photo
from pilkades.apps.vault.files import store_file


def keep_document(data: bytes, *, name: str) -> UUID:
    """Judge and keep a document; returns the name of the sealed file."""
    return keep_upload(read_document(data), name=name)


def keep_upload(upload: Upload, *, name: str) -> UUID:
    """Keep a document that was judged already."""
    return store_file(data=upload.data, name=name, media_type=upload.media_type)


def keep_photo(data: bytes, *, name: str) -> tuple[UUID, UUID, str]:
    """Judge and keep a portrait; returns the large file, the small one and the large one's hash."""
    photo: Photo = read_photo(data)
    large = store_file(data=photo.large, name=name, media_type="image/jpeg")
    small = store_file(data=photo.small, name=name, media_type="image/jpeg")
    return large, small, photo.sha256
