"""The addresses of the members' app, a file a noun."""

from members.urls import experts, imports, memberships, mini_clusters, organisations, people, taxonomies

app_name = "members"
urlpatterns = [
    *mini_clusters.urlpatterns,
    *memberships.urlpatterns,
    *organisations.urlpatterns,
    *people.urlpatterns,
    *experts.urlpatterns,
    *imports.urlpatterns,
    *taxonomies.urlpatterns,
]
