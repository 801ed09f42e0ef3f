"""What tests of booking type and read."""

from tests.factories.equipment import monday


def address(equipment) -> str:
    return f"/equipment/{equipment.pk}/book/"


def typed(starts: str = "10:00", ends: str = "11:00", **more) -> dict:
    return {"day": f"{monday():%Y-%m-%d}", "starts": starts, "ends": ends} | more


def errors(response) -> dict:
    return response.context["form"].errors


def follow(response, client) -> str:
    return client.get(response.url).content.decode()
