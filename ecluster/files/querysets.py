from functools import cache, reduce
from operator import or_
from typing import Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from ecluster.visibility import VisibleQuerySet


class StoredFileQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """A file is seen by who sees the record that it hangs on, in one query whatever records those are."""
        return self.filter(reduce(or_, (_on_visible(owner, user) for owner in owners()), Q(pk=None)))

    def of(self, target: models.Model) -> Self:
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)


@cache
def owners() -> tuple[type[models.Model], ...]:
    """The models that files may hang on: those that declare a GenericRelation to StoredFile."""
    return tuple(model for model in apps.get_models() if _has_files(model))


def _has_files(model: type[models.Model]) -> bool:
    return any(
        isinstance(field, GenericRelation) and field.related_model._meta.label == "files.StoredFile"
        for field in model._meta.private_fields
    )


def _on_visible(owner: type[models.Model], user) -> Q:
    visible = owner._default_manager.visible_to(user)  # type: ignore[attr-defined]
    return Q(target_type=ContentType.objects.get_for_model(owner), target_id__in=visible.values("pk"))
