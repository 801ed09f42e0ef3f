"""Static files as production serves them: compressed, under names that change with their contents."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    @cache  # noqa: B019  there is one storage, and a page asks it for thirty names
    def url(self, name: str, force: bool = False) -> str:
        return super().url(name, force)
