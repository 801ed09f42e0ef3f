"""Two people press at the same moment, each in a process of their own."""

import subprocess
import sys

import pytest

from ecluster.audit.models import AuditEntry
from members.models import Application, Membership, MembershipPeriod, Organisation
from tests.factories.memberships import application_of
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)

APPROVE = """
from ecluster.accounts.models import User
from ecluster.workflow import WrongStatus
from members.actions import memberships
from members.models import Membership
membership, by = Membership.objects.get(pk={membership}), User.objects.get(pk={by})
try:
    memberships.approve(membership=membership, by=by)
    print("approved")
except WrongStatus as error:
    print(error)
"""
SEND = """
from django.contrib.auth.models import AnonymousUser
from members.actions import applications
from members.models import MiniCluster
application = applications.send(
    key="7d9f2a36-58f0-4b0e-8a11-1a2b3c4d5e6f", by=AnonymousUser(), mini_clusters=MiniCluster.objects.all(),
    role="sme", org_class="company", name_en="Hanbit", contact_name="Kim", contact_email="kim@hanbit.example",
    language="en",
)
print(application.pk)
"""
START = "import django, sys; django.setup(); sys.stdin.readline()\n"


def at_once(script: str, environment: dict, times: int = 3) -> list[str]:
    """What each of several processes says that run `script` when all are ready."""
    command = [sys.executable, "-c", START + script]
    processes = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(times)
    ]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate(timeout=60)[0].strip() for process in processes)


def test_of_three_who_approve_one_does_and_the_others_are_told(database_environment):
    membership = application_of()
    by = coordinator_of(membership.mini_cluster)
    said = at_once(APPROVE.format(membership=membership.pk, by=by.pk), database_environment)
    assert said == ["This is no longer possible: it is “active” now."] * 2 + ["approved"]
    assert MembershipPeriod.objects.count() == 1
    assert AuditEntry.objects.about(membership).filter(action="approve").count() == 1


def test_the_same_form_sent_three_times_at_once_is_one_application(database_environment):
    MiniClusterFactory()
    said = at_once(SEND, database_environment)
    assert said == [str(Application.objects.get().pk)] * 3
    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 1)
