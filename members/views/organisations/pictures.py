"""A logo, and pictures of the products."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.actions import organisations
from members.forms.organisations import LogoForm, PictureForm, section_links
from members.models import Organisation
from members.profiles import Profile, add_pictures
from members.views.organisations.finding import organisation_edited


def edit_pictures(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    sent = request.POST.get("form")
    logo_form = LogoForm(prefix="logo", **_given(request, sent == "logo"))
    products = organisation.products.order_by("pk")
    picture_form = PictureForm(products=products, prefix="picture", **_given(request, sent == "picture"))
    if logo_form.is_valid():
        upload = logo_form.cleaned_data["logo"]
        organisations.set_logo(organisation=organisation, by=request.user, upload=upload)
        return _saved(request)
    if picture_form.is_valid():
        values = picture_form.cleaned_data
        organisations.add_picture(product=values["product"], by=request.user, upload=values["picture"])
        return _saved(request)
    context = {
        "organisation": organisation,
        "tabs": section_links(organisation, "pictures"),
        "profile": _with_pictures(organisation),
        "logo_form": logo_form,
        "picture_form": picture_form,
    }
    return render(request, "members/organisation_pictures.html", context)


@require_POST
def picture_remove(request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
    organisation = organisation_edited(request, pk)
    profile = _with_pictures(organisation)
    own = [profile.logo, *(picture for product in profile.products for picture in product.shown_pictures)]  # type: ignore[attr-defined]
    picture = next((picture for picture in own if picture and picture.pk == file), None)
    if picture is None:
        raise Http404
    organisations.remove_picture(file=picture, by=request.user)
    messages.success(request, _("The picture is removed."))
    return redirect("members:organisation-edit", organisation.pk, "pictures")


def _given(request: HttpRequest, is_this_form: bool) -> dict:
    return {"data": request.POST, "files": request.FILES} if is_this_form else {}


def _with_pictures(organisation: Organisation) -> Profile:
    profile = Profile(organisation, products=list(organisation.products.order_by("pk")))
    add_pictures(profile)
    return profile


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The picture is saved."))
    return redirect(request.get_full_path())
