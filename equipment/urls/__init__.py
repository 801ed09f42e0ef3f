"""The addresses of shared equipment, a file a concern."""

from equipment.urls import bookings, directory, following

app_name = "equipment"
urlpatterns = [
    *directory.urlpatterns,
    *bookings.urlpatterns,
    *following.urlpatterns,
]
