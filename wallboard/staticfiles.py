"""Static files with a fingerprint in each name, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library is not typed
    """Also rewrites the imports of ES modules, which name their neighbours by relative addresses."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 20
    """As many passes as modules stand on each other's shoulders: each pass names one more layer by its final content."""
