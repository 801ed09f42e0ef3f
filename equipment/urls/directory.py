from django.urls import path

from equipment.views import editing, files, lists, profile, trainings

urlpatterns = [
    path("", lists.equipment_list, name="equipment-list"),
    path("free/", lists.equipment_free, name="equipment-free"),
    path("new/", editing.equipment_new, name="equipment-new"),
    path("<int:pk>/", profile.equipment_detail, name="equipment-detail"),
    path("<int:pk>/history/", profile.equipment_history, name="equipment-history"),
    path("<int:pk>/retire/", profile.equipment_retire, name="equipment-retire"),
    path("<int:pk>/reinstate/", profile.equipment_reinstate, name="equipment-reinstate"),
    path("<int:pk>/edit/<slug:section>/", editing.equipment_edit, name="equipment-edit"),
    path("<int:pk>/trainings/<int:training>/revoke/", trainings.training_revoke, name="training-revoke"),
    path("<int:pk>/files/<uuid:file>/remove/", files.file_remove, name="equipment-file-remove"),
]
