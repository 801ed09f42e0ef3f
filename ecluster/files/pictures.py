"""Pictures are drawn anew before they are stored: what isn't picture (place, camera, hidden payloads) stays behind."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

PIXEL_LIMIT = 50_000_000
THUMBNAIL_SIDE = 480
Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class TooManyPixels(Exception):
    pass


class BrokenPicture(Exception):
    pass


def load(file: IO[bytes]) -> Image.Image:
    """The picture in `file`, upright, and nothing of what came with it."""
    file.seek(0)
    try:
        picture = Image.open(file, formats=list(_FORMATS.values()))
        if picture.width * picture.height > PIXEL_LIMIT:
            raise TooManyPixels
        return _bare(ImageOps.exif_transpose(picture))
    except _BOMBS as error:
        raise TooManyPixels from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:  # as Pillow's formats do
        raise BrokenPicture from error


def encoded(picture: Image.Image, content_type: str) -> bytes:
    buffer = BytesIO()
    if content_type == "image/jpeg":
        picture = picture.convert("RGB")
    picture.save(buffer, _FORMATS[content_type], quality=90)
    return buffer.getvalue()


def thumbnail(picture: Image.Image) -> bytes:
    """As WebP, with its longer side at most 480 pixels."""
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    buffer = BytesIO()
    small.save(buffer, "WEBP", quality=80)
    return buffer.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    bare = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    bare.info = {}
    return bare
