"""What an organisation shares and books moves with it when it turns out to be another one's duplicate."""

from ecluster.search import engine as search
from equipment.models import Booking, Equipment, WaitingEntry
from members.models import Organisation


def take_over(duplicate: Organisation, survivor: Organisation) -> dict[str, int]:
    """Bills that were written stay what they were: the rate of a booking is its own."""
    numbers = Equipment.objects.filter(owner=survivor).exclude(external_id="").values_list("external_id", flat=True)
    # The number in the owner's list is one machine's: the survivor's own keeps it.
    duplicate.equipment.filter(external_id__in=list(numbers)).update(external_id="")
    moving = list(duplicate.equipment.values_list("pk", flat=True))
    moved = {
        "machines": duplicate.equipment.update(owner=survivor),
        "bookings": Booking.objects.filter(organisation=duplicate).update(organisation=survivor),
        "waiting": WaitingEntry.objects.filter(organisation=duplicate).update(organisation=survivor),
    }
    search.index(Equipment.objects.filter(pk__in=moving))
    return moved
