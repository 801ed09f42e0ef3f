"""Somebody closes their account, told beforehand what goes and what stays."""

from django.apps import apps
from django.db.models import JSONField, TextField
from django.db.models.fields import CharField
from playwright.sync_api import expect

from ecluster.audit.models import AuditEntry
from tests.browsers import sign_in
from tests.factories.accounts import PASSWORD
from tests.factories.organisations import listed
from tests.factories.people import manager_of

NAME = "Gil-dong Gildong"


def test_an_account_is_closed_and_the_name_is_nowhere(page, run_tasks):
    organisation = listed()
    person = manager_of(organisation, name_ko="홍길동길", name_en=NAME, email="gildong@example.org")
    sign_in(page, person)
    page.goto(organisation.get_absolute_url())
    page.get_by_role("button", name="Still true").click()
    assert "accounts.User" in _tables_that_name(NAME)
    page.goto("/account/")
    page.get_by_role("link", name="Close my account").click()
    expect(page.get_by_text("You are the only manager of")).to_be_visible()
    expect(page.get_by_text("Your place in your organisation: it ends today.")).to_be_visible()
    kept = "That somebody belonged to your organisation from when to when, without your name."
    expect(page.get_by_text(kept)).to_be_visible()

    page.get_by_label("Your password, to confirm").fill("not it")
    page.get_by_role("button", name="Close my account for good").click()
    expect(page.get_by_text("This is not your password.", exact=True)).to_be_visible()
    page.get_by_label("Your password, to confirm").fill(PASSWORD)
    page.get_by_role("button", name="Close my account for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account is closed")
    expect(page.get_by_text(kept)).to_be_visible()

    run_tasks()
    assert _tables_that_name("홍길동길", NAME, "gildong@") == []
    page.goto("/account/login/")
    page.get_by_label("Email").fill("gildong@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("you specified are not correct").first).to_be_visible()
    assert AuditEntry.objects.filter(action="close_account").count() == 1


def _tables_that_name(*words: str) -> list[str]:
    """Looked for in every text of every table."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        texts = [field.name for field in model._meta.fields if isinstance(field, CharField | TextField | JSONField)]
        rows = model._default_manager.values_list(*texts) if texts else []
        if any(word in str(row) for row in rows for word in words):
            found.append(model._meta.label)
    return found
