from django.urls import path

from members.views import experts

urlpatterns = [
    path("experts/applications/", experts.expert_applications, name="expert-applications"),
    path("experts/<int:pk>/", experts.expert_detail, name="expert-detail"),
]
