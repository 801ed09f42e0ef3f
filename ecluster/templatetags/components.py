"""The design system's tags and filters, known to every template. `templates/components/README.md` lists them all."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from markupsafe import Markup

from ecluster import compiled as compiled_templates
from ecluster import signs, words
from ecluster.addresses import Address
from ecluster.charts import LineChart
from ecluster.compiled import macro
from ecluster.history import history
from ecluster.tones import tone_of

register = template.Library()

MESSAGE_ICONS = {
    "good": "check",
    "success": "check",
    "warn": "warning",
    "warning": "warning",
    "bad": "error",
    "error": "error",
}
MESSAGE_TONES = {"success": "good", "warning": "warn", "error": "bad", "debug": "info"}


# --- Signs --------------------------------------------------------------------------------------------------

for _sign in (signs.icon, signs.pill, signs.status_pill, signs.badge, signs.avatar, signs.freshness):
    register.simple_tag(_sign, name=_sign.__name__)
register.filter("tone", tone_of)  # the colour of a status: `{% pill label status|tone %}`


@register.simple_tag
def meter(value: int, label: str, total: int = 100, note: str = "") -> SafeString:
    """How complete something is; `value` of `total`."""
    return macro("meter")(value, label, total, note)


@register.simple_tag
def progress(value: int, total: int, label: str) -> SafeString:
    """How far long work has got; `value` of `total`."""
    return macro("meter")(value, label, total, f"{words.number(value)} / {words.number(total)}", "progressbar")


# --- Messages and ways on -----------------------------------------------------------------------------------


@register.inclusion_tag("components/notice.html")
def notice(text: str, tone: str = "info", role: str = "") -> dict:
    return {"text": text, "tone": MESSAGE_TONES.get(tone, tone), "icon": MESSAGE_ICONS.get(tone, "info"), "role": role}


@register.simple_tag
def breadcrumbs(*words: str) -> SafeString:
    """Label, address, label, address, …; a last label without an address is this page."""
    pairs = [(words[i], words[i + 1] if i + 1 < len(words) else "") for i in range(0, len(words), 2)]
    return compiled("components/breadcrumbs.html", steps=pairs)


@register.inclusion_tag("components/tabs.html")
def tabs(links: Sequence, label: str) -> dict:
    """`links` as `ecluster.navigation.Link`."""
    return {"links": links, "label": label}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "", icon_name: str = "search") -> dict:
    """Nothing here: why, and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon_name}


@register.simple_tag(takes_context=True)
def button_form(
    context, url: str, label: str, tone: str = "", name: str = "", value: str = "", confirm: str = "", key: str = ""
) -> SafeString:
    """A button that POSTs. With `confirm`, a question to ask first, give a `key` that is unique on the page."""
    dialog_id = "-".join(filter(None, ("confirm", key or name, value))) if confirm else ""
    asked = {"id": dialog_id, "title": label, "text": confirm, "yes": label, "danger": tone}
    parts = {
        "csrf_token": context.get("csrf_token", ""),
        "url": url,
        "label": label,
        "classes": _button_classes(tone),
        "name": name,
        "value": value,
        "dialog_id": dialog_id,
        "dialog": render_to_string("components/confirm_dialog.html", asked) if confirm else "",
    }
    return compiled_templates.render("components/button_form.html", parts)


# --- Containers ---------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", more: str = "", id: str = "") -> SafeString:
    """A panel with a heading; `more` and `url`: the link in its head."""
    return macro("card")(title, url, more, id, caller=lambda: content)


@register.simple_block_tag
def ball(content: str, who: str, next: str, mine: bool = False) -> SafeString:
    """Who has to do what next; inside it the buttons to do it."""
    return macro("ball")(who, next, mine, caller=lambda: content)


@register.simple_tag
def figure(number, label: str, url: str = "", unit: str = "", note: str = "") -> SafeString:
    """A big number, in a `<dl class="figures">`."""
    return macro("figure")(number, label, url, unit, note)


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence) -> dict:
    """AuditEntry rows, newest first, their actors selected."""
    return {"events": history(entries)}


@register.inclusion_tag("components/tree.html")
def tree(nodes: Sequence, label: str) -> dict:
    """`nodes` with label, code, url, total and children, each of which may be blank."""
    return {"nodes": nodes, "label": label}


@register.simple_tag
def compiled(name: str, **context) -> SafeString:
    """The Jinja2 fragment `templates/compiled/<name>`, for what a page draws many times."""
    return compiled_templates.render(name, context)


# --- Lists --------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def list_head(context, total, label: str, export: bool = False) -> SafeString:
    """How many rows there are: a number, or an object with `number` and `capped`."""
    capped = getattr(total, "capped", False)
    number = getattr(total, "number", total)
    told = pgettext("total of a list", '<strong class="number">%(shown)s%(more)s</strong> %(label)s')
    told = Markup(told) % {"shown": words.number(number), "more": "+" if capped else "", "label": label}  # noqa: S704  it escapes
    exports = _exports(Address(context["request"].GET)) if export else []
    return compiled("components/list_head.html", number=number, capped=capped, words=told, exports=exports)


@register.simple_tag(takes_context=True)
def sort_header(context, key: str, label: str, number: bool = False) -> SafeString:
    """A `<th>` whose link sorts by `key`, the other way round where it does already; filters stay."""
    params = context["request"].GET
    now = params.get("sort", "")
    query = Address(params).saying("sort", f"-{key}" if now == key else key)
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return compiled("components/sort_header.html", label=label, query=query, direction=direction, number=number)


@register.simple_tag(takes_context=True)
def sort_links(context, sorts: Sequence, now) -> SafeString:
    """Links that sort by each of `sorts` (`ecluster.search.filters.Sort`), of which `now` is on; filters stay."""
    address = Address(context["request"].GET)
    links = [(sort.label, address.saying("sort", sort.name), sort == now) for sort in sorts]
    return compiled("components/sort_links.html", links=links)


@register.simple_tag
def pages(page) -> SafeString:
    """Ways to the next and the previous rows of a page from `ecluster.pagination`."""
    return compiled("components/pages.html", page=page)


@register.simple_tag(takes_context=True)
def filters(context, panel, placeholder: str = "") -> SafeString:
    """The form beside a list; `panel` from `ecluster.facets.filter_panel`. The list stands in `<div id="list">`."""
    return compiled("components/filters.html", panel=panel, path=context["request"].path, placeholder=placeholder)


@register.simple_tag
def chips(panel) -> SafeString:
    """The filters that are on, each a link that removes it."""
    return compiled("components/chips.html", panel=panel)


# --- Forms --------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms) -> dict:
    """What was wrong in these forms, each with a link to its field."""
    return {"forms": [form for form in forms if form.is_bound and form.errors]}


@register.inclusion_tag("components/fields.html")
def fields(form, names: str, legend: str = "", beside: bool = False) -> dict:
    """The fields of `names` (in one string) as a group; `beside`: side by side where there is room."""
    return {"fields": [form[name] for name in names.split()], "legend": legend, "beside": beside}


# --- Charts -------------------------------------------------------------------------------------------------


@register.simple_tag
def line_chart(chart: LineChart) -> SafeString:
    return compiled_templates.drawn_once("components/line_chart.html", chart=chart)


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(chart) -> dict:
    return {"chart": chart}


@register.inclusion_tag("components/segments.html")
def segments(chart) -> dict:
    return {"chart": chart}


# --- Figures and dates in words -----------------------------------------------------------------------------

for _filter in (words.number, words.krw, words.local_date, words.local_time, words.local_span, words.ago):
    register.filter(_filter.__name__, _filter)


def _button_classes(tone: str) -> str:
    return " ".join(["button", *(f"button-{word}" for word in tone.split())])


def _exports(address: Address) -> list[tuple[str, str]]:
    return [(name, address.saying("format", format_)) for name, format_ in (("CSV", "csv"), ("Excel", "xlsx"))]
