from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ecluster.files.forms import CheckedFileField
from ecluster.files.kinds import IMAGES
from members.models import Product


class LogoForm(forms.Form):
    logo = CheckedFileField(label=_("Logo"), kinds=IMAGES)


class PictureForm(forms.Form):
    """A picture of one of the organisation's products."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none())
    picture = CheckedFileField(label=_("Picture"), kinds=IMAGES)

    def __init__(self, *args, products, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["product"]).queryset = products
