"""The components of the design system on one page, each with an example: for who builds pages and for axe."""

from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.charts import Series, bar_chart, line_chart, segments
from ecluster.facets import Choice, Facet, filter_panel
from ecluster.forms import DateField, DateTimeField
from ecluster.history import Change, Event
from ecluster.navigation import Link

PROCESSES = [
    "5축 가공",
    "Turning",
    "금형",
    "Grinding",
    "Wire EDM",
    "Welding",
    "Casting",
    "Forging",
    "열처리",
    "Anodising",
]


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO or can(request.user, Permission.MANAGE_BODIES)):
        raise Http404
    return render(request, "gallery/gallery.html", _lists(request) | _forms() | _marks() | _charts())


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name of the organisation", help_text="As it stands in the commercial register.")
    email = forms.EmailField(label="E-mail address", help_text="Members see it; visitors don't.")
    kind = forms.ChoiceField(label="Class", choices=[("company", "기업 Company"), ("university", "대학 University")])
    founded = DateField(label="Founded on", required=False)
    opens = DateTimeField(label="Opens at", required=False)
    staff = forms.IntegerField(label="Employees", min_value=0, required=False)
    problem = forms.CharField(label="What is the problem?", widget=forms.Textarea(attrs={"rows": 3}))
    picture = forms.FileField(label="Picture", required=False, help_text="PNG or JPEG, at most 20 MB.")
    field = forms.ChoiceField(
        label="Field", choices=[("rd", "R&D"), ("edu", "Education"), ("mkt", "Marketing")], widget=forms.RadioSelect
    )
    processes = forms.MultipleChoiceField(
        label="Processes", choices=[(p, p) for p in PROCESSES[:4]], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="The particulars are true", help_text="They will be checked by a coordinator.")


class MachineForm(forms.Form):
    name = forms.CharField(label="Machine")
    maker = forms.CharField(label="Maker", required=False)
    count = forms.IntegerField(label="Number", min_value=1, initial=1)


@dataclass
class Node:
    label: str
    code: str = ""
    url: str = ""
    total: int | None = None
    children: list["Node"] = field(default_factory=list)


def _lists(request: HttpRequest) -> dict:
    kinds = [("company", "Company", 312), ("university", "University", 14), ("institute", "R&D centre", 38)]
    facets = [
        Facet("kind", "Class", [Choice(*row) for row in kinds]),
        Facet("process", "Process", [Choice(p, p, 240 - 23 * i) for i, p in enumerate(PROCESSES)]),
        Facet("region", "Region", [Choice("changwon", "창원시", 5000, capped=True), Choice("gimhae", "김해시", 41)]),
    ]
    rows = [
        ("대한정밀금형", "Daehan Precision Mould", "Machinery", 148, 12_400_000_000, "active"),
        ("경남대학교", "Kyungnam University", "Robotics", 1204, None, "applied"),
        ("신라모터스", "Silla Motors", "Transport equipment", 63, 3_150_000_000, "suspended"),
    ]
    return {
        "panel": filter_panel(request.GET, facets),
        "rows": rows,
        "page": {"number": 2, "next_query": "?page=3", "previous_query": "?page=1"},
        "capped": {"number": 5000, "capped": True},
    }


def _forms() -> dict:
    wrong = ExampleForm({"email": "kim@", "staff": "-3", "kind": "company", "problem": "표면 거칠기가 나쁩니다."})
    machines = forms.formset_factory(MachineForm, extra=1)(prefix="machines")
    return {"wrong_form": wrong, "machines": machines}


def _marks() -> dict:
    now = timezone.now()
    return {
        "tones": ["", "accent", "good", "info", "warn", "bad"],
        "today": timezone.localdate(),
        "last_year": timezone.localdate() - timedelta(days=500),
        "tab_links": [
            Link("개요", "#tabs", is_current=True),
            Link("Machines", "#tabs", badge=12),
            Link("이력", "#tabs"),
        ],
        "events": [
            Event(now, "김민수", "Approved", [Change("status", "applied", "active")], "Papers are complete."),
            Event(now - timedelta(days=3), "Lee Ji-won", "Edited", [Change("종업원 수", "131", "148")]),
            Event(now - timedelta(days=40), "The portal", "Imported", []),
        ],
        "nodes": [
            Node(
                "제조업 Manufacturing",
                "C",
                children=[
                    Node("Machinery and equipment", "C29", "#tree", 211, [Node("Machine tools", "C2922", "#tree", 87)]),
                    Node("Motor vehicles", "C30", "#tree", 64),
                ],
            ),
            Node("건설업 Construction", "F", "#tree", 9),
        ],
    }


def _charts() -> dict:
    years = ["2004.10", "2005.01", "2005.04", "2005.07", "2005.10", "2006.01", "2006.04"]
    growth = [
        Series("기업 Companies", [62, 118, 171, 224, 262, 290, 312]),
        Series("R&D centres", [4, 9, 17, 22, 30, 34, 38]),
        Series("Universities", [None, 3, 6, 9, 11, 12, 14]),
    ]
    fields = [("R&D", 41), ("Marketing", 22), ("General management", 12), ("교육 Education", 5)]
    return {
        "growth": line_chart("Members by class", years, growth, unit="organisations"),
        "cases": bar_chart("Cafe cases by field", [(*row, "#charts") for row in fields], unit="cases"),
        "split": segments("Cases by field", fields, unit="cases"),
    }
