"""Django's admin, for looking: what has actions is changed by them alone."""

from django.contrib import admin

from ecluster.accounts.models import Appointment, Body, User
from ecluster.admin import ForLooking


@admin.register(User)
class UserAdmin(ForLooking):
    list_display = ["email", "name_ko", "name_en", "is_active", "last_login"]
    search_fields = ["email", "name_ko", "name_en"]
    exclude = ["password"]


@admin.register(Body)
class BodyAdmin(ForLooking):
    list_display = ["name_en", "name_ko", "kind", "dissolved_on"]
    list_filter = ["kind"]


@admin.register(Appointment)
class AppointmentAdmin(ForLooking):
    list_display = ["user", "office", "body", "starts_on", "ends_on"]
    list_filter = ["office"]
    list_select_related = ["user", "body"]
