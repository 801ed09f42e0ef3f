from django.urls import path

from members.views import people

urlpatterns = [
    path("colleagues/", people.colleagues, name="colleagues"),
    path("members/<int:pk>/colleagues/", people.colleague_list, name="colleague-list"),
    path("members/<int:pk>/colleagues/invite/", people.invitation_new, name="invitation-new"),
    path("colleagues/<int:pk>/manager/", people.colleague_manager, name="colleague-manager"),
    path("colleagues/<int:pk>/end/", people.colleague_end, name="colleague-end"),
    path("colleagues/invitations/<int:pk>/resend/", people.invitation_resend, name="invitation-resend"),
    path("colleagues/invitations/<int:pk>/withdraw/", people.invitation_withdraw, name="invitation-withdraw"),
    path("account/invitations/<str:token>/", people.invitation_accept, name="invitation-accept"),
]
