from django.urls import path

from members.views import mini_clusters as views

urlpatterns = [
    path("mini-clusters/", views.mini_cluster_list, name="mini-cluster-list"),
    path("mini-clusters/new/", views.mini_cluster_new, name="mini-cluster-new"),
    path("mini-clusters/<slug:slug>/", views.mini_cluster_detail, name="mini-cluster-detail"),
    path("mini-clusters/<slug:slug>/edit/", views.mini_cluster_edit, name="mini-cluster-edit"),
    path("mini-clusters/<slug:slug>/goal/", views.goal_new, name="goal-new"),
    path("mini-clusters/<slug:slug>/join/", views.mini_cluster_join, name="mini-cluster-join"),
]
