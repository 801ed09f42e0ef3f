"""The machines: each entered by a manager of its owner, with how it may be booked."""

from datetime import timedelta

from django.utils import timezone

from equipment.actions import machines
from equipment.demo.setting import Setting
from equipment.models import Equipment, Operation
from members.models import Affiliation, Organisation

_WEEKDAYS = range(5)
_SHARES = {"owner": 0, "mini_cluster": 0.7, "member": 1, "outsider": 1.3}  # of the rate in the table
_POLICIES = (
    {
        "needs_approval": True,
        "horizon_days": 60,
        "shortest": 60,
        "longest": 480,
        "cancel_hours": 24,
        "late_percent": 50,
    },
    {"horizon_days": 30, "shortest": 30, "longest": 240, "start_interval": 30, "buffer_after": 15},
    {"needs_approval": True, "horizon_days": 90, "shortest": 120, "start_interval": 60, "buffer_before": 30},
    {"horizon_days": 45, "shortest": 30, "start_interval": 30, "ahead_limit": 3, "weekly_limit": 600},
)


def share_all(setting: Setting) -> None:
    for number, row in enumerate(setting.rows()):
        owner = next(setting.owners[row["owner"]])
        setting.machines.append(_share(setting, row, owner, number))
    setting.progress(f"Machines {len(setting.machines)}")


def _share(setting: Setting, row: dict[str, str], owner: Organisation, number: int) -> Equipment:
    by = setting.manager_of(owner)
    today, rng = timezone.localdate(), setting.rng
    calibrated_on = today - timedelta(days=rng.randint(20, 400))
    policy = _POLICIES[number % len(_POLICIES)]
    machine = machines.create(
        by=by,
        owner=owner,
        category=setting.categories[row["category"]],
        made_year=rng.randint(1996, 2005),
        calibrated_on=calibrated_on,
        calibration_due_on=calibrated_on + timedelta(days=365),
        external_id=f"EQ-{number + 1:03}",
        place=f"{rng.randint(1, 5)}동 {rng.randint(101, 420)}호",
        training_months=24 if row["training"] else None,
        ranges=[_range(text) for text in row["ranges"].split(";") if text],
        rates=_rates(int(row["rate"])),
        policy=policy,
        opening_hours=[{"weekday": day, "opens": "09:00", "closes": "18:00"} for day in _WEEKDAYS],
        **{name: row[name] for name in _AS_THEY_STAND},
    )
    _appoint_keeper(machine, by)
    _train(setting, machine, by)
    return machine


_AS_THEY_STAND = (
    *("name_ko", "name_en", "maker", "model", "access", "operation"),
    *("purpose_ko", "purpose_en", "limits", "training"),
)


def _range(text: str) -> dict:
    quantity, minimum, maximum, unit, accuracy = text.split("|")
    return {"quantity": quantity, "minimum": minimum, "maximum": maximum, "unit": unit, "accuracy": accuracy}


def _rates(krw: int) -> list[dict]:
    priced = {user_class: round(krw * share / 1000) * 1000 for user_class, share in _SHARES.items()}
    return [{"user_class": name, "krw_per_hour": amount} for name, amount in priced.items() if amount]


def _appoint_keeper(machine: Equipment, by) -> None:
    """A colleague of the manager's, where there is one."""
    colleagues = Affiliation.objects.current().filter(organisation=machine.owner, is_manager=False)
    keepers = [row.user for row in colleagues.select_related("user").order_by("pk")[:1]]
    machines.update(machine=machine, by=by, keepers=keepers)


def _train(setting: Setting, machine: Equipment, by) -> None:
    """Half of those who will ask for it know how to use it; the demo's member does too."""
    if not machine.training or machine.operation == Operation.OPERATOR:
        return
    learnt = [setting.account("member"), *setting.rng.sample(setting.users, 12)]
    for person in learnt:
        passed_on = timezone.localdate() - timedelta(days=setting.rng.randint(5, 700))
        machines.record_training(machine=machine, person=person, by=by, passed_on=passed_on)
