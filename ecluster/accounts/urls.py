from django.urls import path

from ecluster.accounts.views import administration, appointments, bodies, people, privacy, profile

app_name = "accounts"
urlpatterns = [
    path("", profile.profile, name="profile"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/data/", privacy.data_export, name="data-export"),
    path("close/", privacy.account_close, name="account-close"),
    path("administration/", administration.administration, name="administration"),
    path("people/", people.person_list, name="person-list"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/<int:pk>/", people.person_detail, name="person-detail"),
    path("people/<int:pk>/access/", people.person_access, name="person-access"),
    path("bodies/", bodies.body_list, name="body-list"),
    path("bodies/new/", bodies.body_new, name="body-new"),
    path("bodies/<int:pk>/", bodies.body_detail, name="body-detail"),
    path("bodies/<int:pk>/edit/", bodies.body_edit, name="body-edit"),
    path("bodies/<int:pk>/dissolve/", bodies.body_dissolve, name="body-dissolve"),
    path("bodies/<int:pk>/appoint/", appointments.appointment_new, name="appointment-new"),
    path("appointments/<int:pk>/extend/", appointments.appointment_extend, name="appointment-extend"),
    path("appointments/<int:pk>/end/", appointments.appointment_end, name="appointment-end"),
]
