"""Which roles a person's offices give."""

from ecluster.accounts.permissions import Role


def office_roles(user) -> set[Role]:
    """A role is held as long as its term runs, and not a day longer."""
    return {Role(appointment.office) for appointment in user.appointments_in_force}
