"""Files as people have them, whole and broken."""

import zipfile
from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00" + bytes(200) + b"This program cannot be run in DOS mode."
HWP = OLE_HEADER + bytes(504) + b"HWP Document File" + bytes(512)
OLD_XLS = OLE_HEADER + bytes(1024)
LOCKED_XLSX = OLE_HEADER + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(format: str = "PNG", size: tuple[int, int] = (600, 300), mode: str = "RGB", **options) -> bytes:
    buffer = BytesIO()
    Image.new(mode, size, "teal" if mode != "P" else 1).save(buffer, format, **options)
    return buffer.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def office(part: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<document/>" * 200} | more)


DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")
PPTX = office("ppt/presentation.xml")
HWPX = archive({"mimetype": b"application/hwp+zip", "Contents/section0.xml": b"<section/>"})


def with_macros() -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"Sub"})


def damaged(content: bytes) -> bytes:
    """The same file with a few bytes in its middle turned over."""
    middle = len(content) // 2
    return content[:middle] + bytes(255 - byte for byte in content[middle : middle + 8]) + content[middle + 8 :]


def pixel_bomb() -> bytes:
    """A few kilobytes that would become a picture of 400 million pixels."""
    return picture(size=(20_000, 20_000), mode="1")


# Tests don't wait until what was left behind has settled.
NOW = timedelta(0)
