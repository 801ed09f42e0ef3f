"""The front page: a visitor's way in, and for who is signed in what waits for them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def home(request):
    return render(request, "home.html")
