"""What can be imported."""

from members.importing import experts, organisations, people
from members.importing.columns import Kind

KINDS: dict[str, Kind] = {kind.key: kind for kind in (organisations.KIND, people.KIND, experts.KIND)}


def kind_of(key: str) -> Kind:
    return KINDS[key]
