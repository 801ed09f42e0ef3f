from django.urls import path

from equipment.views import profile

urlpatterns = [
    path("<int:pk>/", profile.equipment_detail, name="equipment-detail"),
]
