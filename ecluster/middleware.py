"""What is true of every request, whatever it asks for."""


class NoNulMiddleware:
    """NUL is no character that people write, and PostgreSQL takes it in no text: an address is read without."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "").replace("\0", "")
        return self.get_response(request)
