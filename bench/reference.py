"""The unit of every figure: one indexed query and a template of 25 rows, anonymous, through all middleware."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.shortcuts import render

from members.models import Industry


@login_not_required
def reference(request):
    industries = Industry.objects.filter(scheme="ksic", code__gte="10")[:25]
    return render(request, "bench/reference.html", {"industries": industries})


class QueryCountMiddleware:
    """Tells in a header how many queries a response took, when asked to; such a request is not timed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "X-Count-Queries" not in request.headers:
            return self.get_response(request)
        count = 0

        def counting(execute, *arguments):
            nonlocal count
            count += 1
            return execute(*arguments)

        with connection.execute_wrapper(counting):
            response = self.get_response(request)
        response["X-Queries"] = str(count)
        return response
