from django.urls import path

from equipment.views import booking, bookings, calendars, desk, outages, waiting

urlpatterns = [
    path("<int:pk>/book/", booking.book, name="book"),
    path("<int:pk>/calendar/", calendars.calendar, name="calendar"),
    path("calendar/", calendars.calendars, name="calendars"),
    path("bookings/", bookings.booking_list, name="booking-list"),
    path("bookings/<int:pk>/", bookings.booking_detail, name="booking-detail"),
    path("bookings/<int:pk>/move/", bookings.booking_move, name="booking-move"),
    path("bookings/<int:pk>/<slug:step>/", bookings.booking_step, name="booking-step"),
    path("bookings/series/<int:pk>/cancel/", bookings.series_cancel, name="series-cancel"),
    path("desk/", desk.desk, name="desk"),
    path("<int:pk>/waiting/", waiting.wait, name="waiting-new"),
    path("waiting/<int:pk>/take/", waiting.take, name="waiting-take"),
    path("waiting/<int:pk>/withdraw/", waiting.withdraw, name="waiting-withdraw"),
    path("<int:pk>/outages/", outages.outage_list, name="outage-list"),
    path("<int:pk>/outages/plan/", outages.outage_plan, name="outage-plan"),
    path("<int:pk>/outages/report/", outages.outage_report, name="outage-report"),
    path("outages/<int:pk>/end/", outages.outage_end, name="outage-end"),
    path("outages/<int:pk>/withdraw/", outages.outage_withdraw, name="outage-withdraw"),
]
