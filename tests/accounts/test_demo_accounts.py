"""The sign-in page of a demonstration."""

import pytest

from ecluster import demo
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    with demo.building():
        return UserFactory(email="manager@demo.ecluster.example", name_en="Kim Minjun", password="demo")


def test_a_demonstration_offers_its_accounts_and_one_click_signs_in(client, manager, settings):
    settings.DEMO = True
    page = client.get("/account/login/").content.decode()
    assert 'value="manager@demo.ecluster.example"' in page
    client.post("/account/login/", {"login": manager.email, "password": "demo"})
    assert client.session["_auth_user_id"] == str(manager.pk)


def test_in_earnest_they_are_not_told(client, manager):
    assert "demo.ecluster.example" not in client.get("/account/login/").content.decode()


def test_a_real_person_is_never_offered(client, settings):
    settings.DEMO = True
    UserFactory(email="real@demo.ecluster.example")
    assert "real@demo.ecluster.example" not in client.get("/account/login/").content.decode()
