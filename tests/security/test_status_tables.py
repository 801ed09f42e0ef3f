"""Every status x action x role: what the table says is what happens, and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ecluster.accounts.models import User
from ecluster.workflow import StatusTable, WrongStatus, move
from members.actions import experts, memberships
from members.models import Expert, Membership
from members.statuses import EXPERT, MEMBERSHIP, ExpertStatus, MembershipStatus
from tests.factories.experts import applicant
from tests.factories.memberships import application_of
from tests.site.addresses import ADMINISTRATORS, COORDINATORS, EVERYBODY, OWN_COORDINATORS
from tests.site.town import Town

pytestmark = pytest.mark.django_db

# Whose each action is where it is open; of those that the table leaves to the action, the expert's own.
MEMBERSHIP_IS_FOR = {
    **dict.fromkeys(("approve", "decline", "suspend", "resume", "end"), OWN_COORDINATORS),
    "load": ADMINISTRATORS,
}
EXPERT_IS_FOR = {
    **{action: {"chief"} for action in ("accept", "decline", "remove")},
    "invite": COORDINATORS,
    **{action: {"newcomer"} for action in ("join", "refuse", "reapply", "leave")},
}


def outcome(change) -> str:
    """ "done", or why not; what was done is undone."""
    try:
        with transaction.atomic():
            change()
            transaction.set_rollback(True)
    except WrongStatus:
        return "wrong status"
    except PermissionDenied:
        return "refused"
    return "done"


def expected(table: StatusTable, action: str, status: str, may: bool) -> str:
    if table.find(action, status) is None:
        return "wrong status"
    return "done" if may else "refused"


def in_status(row, status: str):
    type(row).objects.filter(pk=row.pk).update(status=status)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("status", MembershipStatus)
def test_a_membership_moves_as_its_table_says(town: Town, status):
    membership = in_status(town.application, status)
    people = {role: User.objects.get(pk=p.pk) if p.pk else p for role, p in town.people.items()}
    steps = [(action, role) for action in MEMBERSHIP_IS_FOR for role in sorted(EVERYBODY)]
    seen = {
        (action, role): outcome(lambda action=action, role=role: move(membership, action, by=people[role]))
        for action, role in steps
    }

    assert {row.action for row in MEMBERSHIP.rows} == set(MEMBERSHIP_IS_FOR)
    assert seen == {(a, r): expected(MEMBERSHIP, a, status, r in MEMBERSHIP_IS_FOR[a]) for a, r in steps}


EXPERT_ACTIONS = {
    "accept": lambda expert, by: experts.accept(expert=expert, by=by),
    "decline": lambda expert, by: experts.decline(expert=expert, by=by, reason="No"),
    "remove": lambda expert, by: experts.remove(expert=expert, by=by, reason="No"),
    "invite": lambda expert, by: move(expert, "invite", by=by),
    "join": lambda expert, by: experts.join(expert=expert, by=by),
    "refuse": lambda expert, by: experts.refuse(expert=expert, by=by),
    "reapply": lambda expert, by: experts.reapply(expert=expert, by=by),
    "leave": lambda expert, by: experts.leave(expert=expert, by=by),
}


@pytest.mark.parametrize("status", ExpertStatus)
def test_an_expert_moves_as_their_table_says(town: Town, status):
    """Whether somebody may is asked before whether it can be, by actions that are the expert's or the chief's own."""
    expert = in_status(applicant(user=town.people["newcomer"]), status)
    people = {role: User.objects.get(pk=p.pk) if p.pk else p for role, p in town.people.items()}
    steps = [(action, role) for action in EXPERT_ACTIONS for role in sorted(EVERYBODY)]

    def act(action: str, role: str) -> str:
        return outcome(lambda: EXPERT_ACTIONS[action](Expert.objects.get(pk=expert.pk), people[role]))

    def told(action: str, role: str) -> str:
        may = role in EXPERT_IS_FOR[action]
        return "refused" if action != "invite" and not may else expected(EXPERT, action, status, may)

    assert {row.action for row in EXPERT.rows} == set(EXPERT_IS_FOR)
    assert {step: act(*step) for step in steps} == {step: told(*step) for step in steps}


@pytest.mark.parametrize("status", MembershipStatus)
@pytest.mark.parametrize("action", ["approve", "decline", "suspend", "resume", "end"])
def test_the_action_and_its_address_follow_the_table(town: Town, client_for, status, action):
    """The address says so by a message; the status stays what it was."""
    membership = in_status(application_of(mini_cluster=town.mini_cluster), status)
    if status == MembershipStatus.ACTIVE:
        in_status(membership, MembershipStatus.APPLIED)
        memberships.approve(membership=membership, by=town.people["chief"])
    data = {f"{action}-reason": "Because"}
    client_for(town.people["chief"]).post(f"/members/applications/{membership.pk}/{action}/", data)
    step = MEMBERSHIP.find(action, status)

    assert Membership.objects.get(pk=membership.pk).status == (step.target if step else status)


def test_nobody_decides_on_themself(town: Town):
    chief = town.people["chief"]
    own = applicant(user=chief)
    for decide in (experts.accept, experts.decline):
        with pytest.raises(PermissionDenied):
            decide(expert=own, by=chief, reason="I know them well")


def test_a_reason_is_owed(town: Town):
    for leave in (memberships.decline, memberships.suspend, memberships.end):
        with pytest.raises(ValidationError):
            leave(membership=town.application, by=town.people["chief"], reason=" \n")
