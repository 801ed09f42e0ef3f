from django.urls import path

from members.views import experts

urlpatterns = [
    path("experts/", experts.expert_list, name="expert-list"),
    path("experts/find/", experts.expert_find, name="expert-find"),
    path("experts/apply/", experts.expert_apply, name="expert-apply"),
    path("experts/invite/", experts.expert_invite, name="expert-invite"),
    path("experts/applications/", experts.expert_applications, name="expert-applications"),
    path("experts/<int:pk>/", experts.expert_detail, name="expert-detail"),
    path("experts/<int:pk>/edit/", experts.expert_edit, name="expert-edit"),
    path("experts/<int:pk>/availability/", experts.expert_availability, name="expert-availability"),
    path("experts/<int:pk>/answer/", experts.expert_answer, name="expert-answer"),
    path("experts/<int:pk>/leave/", experts.expert_leave, name="expert-leave"),
    path("experts/<int:pk>/decide/", experts.expert_decide, name="expert-decide"),
    path("experts/<int:pk>/work/", experts.engagement_new, name="engagement-new"),
    path("experts/work/<int:pk>/close/", experts.engagement_close, name="engagement-close"),
]
