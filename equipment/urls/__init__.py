"""The addresses of shared equipment, a file a concern."""

from equipment.urls import directory, following

app_name = "equipment"
urlpatterns = [
    *directory.urlpatterns,
    *following.urlpatterns,
]
