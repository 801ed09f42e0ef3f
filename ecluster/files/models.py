"""Files that people upload. Each hangs on one record, and who may see that record may see its files."""

import secrets
import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecluster.files.querysets import StoredFileQuerySet
from ecluster.records import Record

NAME_LIMIT = 200


def new_blob_path(instance: "StoredFile", name: str) -> str:
    """Says nothing of the file and can't be guessed from its address; two levels, so that no folder grows huge."""
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}"


class StoredFile(Record):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file name"), max_length=NAME_LIMIT)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    blob = models.FileField(upload_to=new_blob_path, unique=True)
    thumbnail = models.FileField(upload_to=new_blob_path, blank=True)
    slot = models.CharField(max_length=40)  # what the file is to its record: "picture", "minutes"
    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )  # null: a visitor, or the portal itself

    objects = StoredFileQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["target_type", "target_id", "slot"], name="stored_file_of_target")]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:file-show", args=[self.pk, self.name])

    def get_thumbnail_url(self) -> str:
        """Blank where there is none: it isn't a picture."""
        return reverse("files:thumbnail-show", args=[self.pk, self.name]) if self.thumbnail else ""

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
