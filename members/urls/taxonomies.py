from django.urls import path

from members.views import taxonomies

urlpatterns = [
    path("members/terms/", taxonomies.term_list, name="term-list"),
    path("members/terms/<slug:kind>/", taxonomies.term_list, name="term-list"),
    path("members/terms/<slug:kind>/new/", taxonomies.term_new, name="term-new"),
    path("members/terms/<int:pk>/edit/", taxonomies.term_edit, name="term-edit"),
    path("members/terms/<int:pk>/retire/", taxonomies.term_retire, name="term-retire"),
    path("members/terms/<int:pk>/offer/", taxonomies.term_offer, name="term-offer"),
    path("members/industries/", taxonomies.industry_search, name="industry-search"),
]
