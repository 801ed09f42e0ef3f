"""An organisation's logo and its products' pictures."""

from typing import cast

from django.db import transaction

from ecluster.files import actions as files
from ecluster.files.models import StoredFile
from members.actions.organisations._keeping import finish, locked
from members.models import Organisation, Product

LOGO, PICTURE = "logo", "picture"


@transaction.atomic
def set_logo(*, organisation: Organisation, by, upload) -> StoredFile:
    """The new logo takes the place of the one before."""
    current = locked(organisation, by)
    for old in current.pictures.filter(slot=LOGO):
        files.remove(file=old, by=by)
    stored = files.store(upload=upload, target=current, slot=LOGO, by=by)
    finish(organisation)
    return stored


@transaction.atomic
def add_picture(*, product: Product, by, upload) -> StoredFile:
    locked(product.organisation, by)
    stored = files.store(upload=upload, target=product, slot=PICTURE, by=by)
    finish(product.organisation)
    return stored


@transaction.atomic
def remove_picture(*, file: StoredFile, by) -> None:
    """A logo, or a picture of a product."""
    target = file.target
    organisation = target.organisation if isinstance(target, Product) else cast(Organisation, target)
    locked(organisation, by)
    files.remove(file=file, by=by)
    finish(organisation)
