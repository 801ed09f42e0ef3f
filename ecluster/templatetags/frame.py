"""What stands around every page: its head, header and footer, drawn by compiled fragments."""

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ecluster import compiled
from ecluster.navigation import ACCOUNT, FOOTER, MAIN, links

register = template.Library()
ANYBODY = AnonymousUser()


@register.simple_tag
def site_head() -> SafeString:
    return compiled.drawn_once("frame/head.html")


@register.simple_tag
def stylesheets() -> SafeString:
    return compiled.drawn_once("frame/stylesheets.html")


@register.simple_tag(takes_context=True)
def site_header(context) -> SafeString:
    """Some error pages are drawn without a request: theirs is a visitor's."""
    request = context.get("request")
    user = getattr(request, "user", ANYBODY)
    facts = {
        "links": links(MAIN, user, request.path if request else ""),
        "account_links": links(ACCOUNT, user, "") if user.is_authenticated else (),
        "person": user if user.is_authenticated else None,
        "unread": context.get("unread_notices"),
        "csrf_token": context.get("csrf_token", ""),
        "here": request.get_full_path() if request else "",
        "language": get_language(),
        "is_demo": settings.DEMO,
    }
    return compiled.render("frame/header.html", facts)


@register.simple_tag(takes_context=True)
def site_footer(context) -> SafeString:
    user = getattr(context.get("request"), "user", ANYBODY)
    return compiled.drawn_once("frame/footer.html", links=links(FOOTER, user, ""))
