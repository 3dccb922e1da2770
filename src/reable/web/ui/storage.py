"""Static files with their content's hash in the name, compressed once when they are collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also renames what one script imports from another, which Django leaves as it is unless told."""

    support_js_module_import_aggregation = True
