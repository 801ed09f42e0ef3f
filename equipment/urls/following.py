"""What follows a booking: calendars of one's own, and the monthly statement."""

from django.urls import path

from equipment.views import feeds, statements

urlpatterns = [
    path("statements/", statements.monthly_statement, name="statement"),
    path("calendar/feed/", feeds.feed_settings, name="feed-settings"),
    path("calendar/feed/renew/", feeds.feed_renew, name="feed-renew"),
    path("calendar/feed/stop/", feeds.feed_stop, name="feed-stop"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("bookings/<int:pk>/booking.ics", feeds.booking_calendar, name="booking-calendar"),
]
