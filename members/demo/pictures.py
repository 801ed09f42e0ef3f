"""Small drawings that stand in for photographs of products."""

import math
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from members.models import Product

SIZE = (640, 480)
_METALS = ((164, 174, 184), (192, 160, 110), (120, 132, 146), (150, 160, 150))
_GROUND = (236, 240, 244)


def picture_of(product: Product, rng: Random) -> SimpleUploadedFile:
    image = Image.new("RGB", SIZE, _GROUND)
    draw = ImageDraw.Draw(image)
    rng.choice((_gear, _shaft, _block))(draw, rng.choice(_METALS), rng)
    content = BytesIO()
    image.save(content, "PNG", optimize=True)
    return SimpleUploadedFile(f"{product.name_en or 'product'}.png", content.getvalue(), "image/png")


def _gear(draw: ImageDraw.ImageDraw, metal: tuple, rng: Random) -> None:
    teeth, (x, y) = rng.randint(14, 26), (SIZE[0] // 2, SIZE[1] // 2)
    outline = []
    for step in range(teeth * 4):
        radius = 180 if step % 4 < 2 else 154
        angle = step / (teeth * 4) * math.tau
        outline.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    draw.polygon(outline, fill=metal, outline=_darker(metal))
    draw.circle((x, y), 120, fill=_darker(metal, 0.92), outline=_darker(metal))
    draw.circle((x, y), 46, fill=_GROUND, outline=_darker(metal))


def _shaft(draw: ImageDraw.ImageDraw, metal: tuple, rng: Random) -> None:
    left, middle = 70, SIZE[1] // 2
    for width in (90, 150, 120, 140):
        half = rng.randint(34, 96)
        for line in range(-half, half):
            shade = 0.55 + 0.45 * math.cos(line / half * math.pi / 2)
            draw.line((left, middle + line, left + width, middle + line), fill=_darker(metal, shade))
        left += width


def _block(draw: ImageDraw.ImageDraw, metal: tuple, rng: Random) -> None:
    x, y, width, height, depth = 150, 190, 300, 180, 70
    front = (x, y, x + width, y + height)
    top = [(x, y), (x + depth, y - depth), (x + width + depth, y - depth), (x + width, y)]
    side = [
        (x + width, y),
        (x + width + depth, y - depth),
        (x + width + depth, y + height - depth),
        (x + width, y + height),
    ]
    draw.rectangle(front, fill=metal)
    draw.polygon(top, fill=_darker(metal, 1.12))
    draw.polygon(side, fill=_darker(metal, 0.78))
    for hole in range(rng.randint(2, 4)):
        draw.circle((x + 60 + hole * 60, y + height // 2), 20, fill=_darker(metal, 0.5))


def _darker(metal: tuple, by: float = 0.7) -> tuple:
    return tuple(min(255, round(channel * by)) for channel in metal)
