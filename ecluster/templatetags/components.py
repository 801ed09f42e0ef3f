"""The design system's tags and filters, known to every template. `templates/components/README.md` lists them all."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ecluster import compiled as compiled_templates
from ecluster import signs, words
from ecluster.facets import PLACE
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


@register.inclusion_tag("components/meter.html")
def meter(value: int, label: str, total: int = 100, note: str = "") -> dict:
    """How complete something is; `value` of `total`."""
    return _gauge(value, total, label, note or f"{_percentage(value, total)} %") | {"role": "meter"}


@register.inclusion_tag("components/meter.html")
def progress(value: int, total: int, label: str) -> dict:
    """How far long work has got; `value` of `total`."""
    note = f"{words.number(value)} / {words.number(total)}"
    return _gauge(value, total, label, note) | {"role": "progressbar"}


# --- Messages and ways on -----------------------------------------------------------------------------------


@register.inclusion_tag("components/notice.html")
def notice(text: str, tone: str = "info", role: str = "") -> dict:
    return {"text": text, "tone": MESSAGE_TONES.get(tone, tone), "icon": MESSAGE_ICONS.get(tone, "info"), "role": role}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*words: str) -> dict:
    """Label, address, label, address, …; a last label without an address is this page."""
    pairs = [(words[i], words[i + 1] if i + 1 < len(words) else "") for i in range(0, len(words), 2)]
    return {"steps": pairs}


@register.inclusion_tag("components/tabs.html")
def tabs(links: Sequence, label: str) -> dict:
    """`links` as `ecluster.navigation.Link`."""
    return {"links": links, "label": label}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "", icon_name: str = "search") -> dict:
    """Nothing here: why, and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("components/button_form.html", takes_context=True)
def button_form(
    context, url: str, label: str, tone: str = "", name: str = "", value: str = "", confirm: str = "", key: str = ""
) -> dict:
    """A button that POSTs. With `confirm`, a question to ask first, give a `key` that is unique on the page."""
    dialog = "-".join(filter(None, ("confirm", key or name, value))) if confirm else ""
    return {
        "csrf_token": context.get("csrf_token", ""),
        "url": url,
        "label": label,
        "classes": _button_classes(tone),
        "tone": tone,
        "name": name,
        "value": value,
        "confirm": confirm,
        "dialog": dialog,
    }


# --- Containers ---------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", more: str = "", id: str = "") -> str:
    """A panel with a heading; `more` and `url`: the link in its head."""
    parts = {"content": content, "title": title, "url": url, "more": more, "id": id}
    return render_to_string("components/card.html", parts)


@register.simple_block_tag
def ball(content: str, who: str, next: str, mine: bool = False) -> str:
    """Who has to do what next; inside it the buttons to do it."""
    parts = {"content": content, "has_actions": bool(content.strip()), "who": who, "next": next, "mine": mine}
    return render_to_string("components/ball.html", parts)


@register.inclusion_tag("components/figure.html")
def figure(number, label: str, url: str = "", unit: str = "", note: str = "") -> dict:
    """A big number, in a `<dl class="figures">`."""
    return {"number": number, "label": label, "url": url, "unit": unit, "note": note}


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


@register.inclusion_tag("components/list_head.html", takes_context=True)
def list_head(context, total, label: str, export: bool = False) -> dict:
    """How many rows there are: a number, or an object with `number` and `capped`."""
    capped = getattr(total, "capped", False)
    number = getattr(total, "number", total)
    params = context["request"].GET
    return {"number": number, "capped": capped, "label": label, "export": export, "params": _for_export(params)}


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context, key: str, label: str, number: bool = False) -> dict:
    """A `<th>` whose link sorts by `key`, the other way round where it does already; filters stay."""
    params = context["request"].GET.copy()
    now = params.get("sort", "")
    for name in PLACE:
        params.pop(name, None)
    params["sort"] = f"-{key}" if now == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {"label": label, "query": params.urlencode(), "direction": direction, "number": number}


@register.inclusion_tag("components/pages.html")
def pages(page) -> dict:
    """Ways to the next and the previous rows of a page from `ecluster.pagination`."""
    return {"page": page}


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context, panel, placeholder: str = "") -> dict:
    """The form beside a list; `panel` from `ecluster.facets.filter_panel`. The list stands in `<div id="list">`."""
    return {"panel": panel, "path": context["request"].path, "placeholder": placeholder}


@register.inclusion_tag("components/chips.html")
def chips(panel) -> dict:
    """The filters that are on, each a link that removes it."""
    return {"panel": panel}


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


@register.inclusion_tag("components/line_chart.html")
def line_chart(chart) -> dict:
    return {"chart": chart}


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


def _percentage(value: int, total: int) -> int:
    return round(100 * value / total) if total else 0


def _gauge(value: int, total: int, label: str, note: str) -> dict:
    return {"value": value, "total": total, "label": label, "note": note, "width": f"{_percentage(value, total)}%"}


def _for_export(params) -> dict[str, str]:
    return {format_: _with_format(params, format_) for format_ in ("csv", "xlsx")}


def _with_format(params, format_: str) -> str:
    rest = params.copy()
    for name in PLACE:
        rest.pop(name, None)
    rest["format"] = format_
    return rest.urlencode()
