"""Serves files to whom they concern. Whatever a file holds, it can't act in the portal's name."""

from django.contrib.auth.decorators import login_not_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from ecluster.files import kinds
from ecluster.files.models import StoredFile

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@login_not_required
@require_safe
def file_show(request: HttpRequest, pk, name: str) -> HttpResponseBase:
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk, name=name)
    shown = file.is_picture or file.content_type == kinds.PDF.content_type
    return _serve(request, file.blob, file.name, file.content_type, etag=file.sha256, shown=shown)


@login_not_required
@require_safe
def thumbnail_show(request: HttpRequest, pk, name: str) -> HttpResponseBase:
    file = get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk, name=name)
    if not file.thumbnail:
        raise Http404
    return _serve(request, file.thumbnail, f"{file.name}.webp", "image/webp", etag=f"{file.sha256}-small", shown=True)


def _serve(
    request: HttpRequest, blob: FieldFile, name: str, content_type: str, *, etag: str, shown: bool
) -> HttpResponseBase:
    unchanged = get_conditional_response(request, etag=f'"{etag}"')
    response = unchanged or FileResponse(blob.open(), as_attachment=not shown, filename=name, content_type=content_type)
    response["ETag"] = f'"{etag}"'
    # Asked for anew each time, since what may be seen today may not be tomorrow; a 304 is cheap.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    patch_vary_headers(response, ["Cookie"])
    return response
