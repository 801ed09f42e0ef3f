"""Which organisations a person belongs to today. Asked many times in a request, so asked of the database once."""

from ecluster.accounts.models import User

_KEPT = "_current_affiliations"


def current_affiliations(user: User) -> list:
    if not hasattr(user, _KEPT):
        setattr(user, _KEPT, list(user.affiliations.current().select_related("organisation")))  # type: ignore[attr-defined]
    return getattr(user, _KEPT)


def own_organisation_ids(user: User) -> set[int]:
    return {affiliation.organisation_id for affiliation in current_affiliations(user)}


def managed_organisation_ids(user: User) -> set[int]:
    return {affiliation.organisation_id for affiliation in current_affiliations(user) if affiliation.is_manager}


def forget_affiliations(user: User) -> None:
    """For what changes them: `user` is asked about anew, roles included."""
    user.__dict__.pop(_KEPT, None)
    user.__dict__.pop("roles", None)
