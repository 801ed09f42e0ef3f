"""Offices with power over others are not used on a password alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from ecluster.accounts.permissions import ROLES_NEEDING_SECOND_FACTOR, Role
from tests.factories.accounts import AppointmentFactory, UserFactory, office_holder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("office", sorted(ROLES_NEEDING_SECOND_FACTOR))
def test_who_holds_an_office_sets_up_a_second_factor_before_anything_else(client_for, office):
    person = AppointmentFactory(office=office).user
    response = client_for(person).get("/account/")
    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_until_then_the_office_works_nowhere(client_for):
    person = AppointmentFactory(office=Role.ADMINISTRATOR).user
    for path in ("/account/people/", "/admin/", "/account/audit/?format=csv"):
        assert client_for(person).get(path).url == reverse("mfa_index")


@pytest.mark.parametrize("path", ["/account/2fa/", "/account/2fa/totp/activate/", "/account/logout/"])
def test_setting_it_up_and_signing_out_stay_open(client_for, path):
    person = AppointmentFactory(office=Role.ADMINISTRATOR).user
    response = client_for(person).get(path)
    assert response.status_code == 200 or response.url.startswith("/account/reauthenticate/")


def test_with_a_second_factor_the_office_works(client_for):
    assert client_for(office_holder(Role.ADMINISTRATOR)).get("/account/people/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client_for):
    person = AppointmentFactory(office=Role.ADMINISTRATOR).user
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client_for(person).get("/account/").url == reverse("mfa_index")


def test_an_office_without_power_over_others_needs_none(client_for):
    person = AppointmentFactory(office=Role.ADVISORY_BOARD).user
    assert client_for(person).get("/account/").status_code == 200


def test_a_person_without_office_needs_none(client_for):
    assert client_for(UserFactory()).get("/account/").status_code == 200


def test_a_demonstration_asks_for_none(client_for, settings):
    settings.DEMO = True
    person = AppointmentFactory(office=Role.ADMINISTRATOR).user
    assert client_for(person).get("/account/people/").status_code == 200
