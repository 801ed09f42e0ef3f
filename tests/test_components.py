"""What the design system promises to every page that uses it."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.template import Context, engines
from django.test import RequestFactory
from django.utils import timezone, translation

from ecluster import words
from ecluster.charts import Series, bar_chart, line_chart, segments
from ecluster.facets import Choice, Facet, filter_panel
from ecluster.history import history

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]  # mail programs know no style sheets


def rendered(source: str, query: str = "", **context) -> str:
    """`source` without the context processors, which would want a person and a session."""
    request = RequestFactory().get(f"/members/?{query}")
    return engines["django"].from_string(source).template.render(Context({"request": request, **context}))


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


class BookingForm(forms.Form):
    machine = forms.CharField(label="Machine", help_text="As on its plate.")
    hours = forms.IntegerField(label="Hours", max_value=8)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Alone"), ("b", "Guided")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I know the rules")


class TestForms:
    def test_a_wrong_field_keeps_what_was_typed_and_says_what_was_wrong(self):
        html = rendered(
            "{{ form }}", form=BookingForm({"machine": "DMG 5축", "hours": "99", "kind": "a", "agreed": "on"})
        )
        assert 'value="DMG 5축"' in html
        assert re.search(r'<input type="number" name="hours" value="99"[^>]*aria-invalid="true"', html)
        assert (
            '<ul class="errorlist" id="id_hours_error"><li>Ensure this value is less than or equal to 8.</li></ul>'
            in html
        )

    def test_an_error_and_a_help_text_are_read_out_with_their_field(self):
        html = rendered("{{ form }}", form=BookingForm({}))
        assert 'aria-describedby="id_machine_helptext id_machine_error"' in html
        assert 'id="id_machine_helptext"' in html and 'id="id_machine_error"' in html

    def test_the_summary_links_to_every_field_that_was_wrong_and_to_no_other(self):
        html = rendered("{{ form }}", form=BookingForm({"machine": "DMG"}))
        assert re.findall(r'href="#(\w+)"', html) == ["id_hours", "id_kind", "id_agreed"]
        assert all(f'id="{name}"' in html for name in ("id_hours", "id_kind", "id_agreed"))

    def test_an_unsent_form_complains_of_nothing(self):
        html = rendered("{{ form }}", form=BookingForm())
        assert "error" not in html

    def test_a_group_of_choices_is_a_fieldset_with_its_question_as_legend(self):
        html = rendered('{% include "components/field.html" with field=form.kind %}', form=BookingForm())
        assert text_of(re.search(r"<fieldset.*?<legend>(.*?)</legend>", html, re.S)[1]) == "Kind *"

    def test_a_formset_offers_an_empty_row_to_copy(self):
        formset = forms.formset_factory(BookingForm, extra=2)(prefix="rows")
        html = rendered('{% include "components/formset.html" %}', formset=formset)
        assert html.count('class="formset-row"') == 3
        assert re.search(r"<template>.*rows-__prefix__-machine.*</template>", html, re.S)


FACETS = [
    Facet("kind", "Class", [Choice("company", "Company", 312), Choice("university", "University", 14)]),
    Facet("process", "Process", [Choice(str(n), f"Process {n}", n) for n in range(12)]),
]


class TestFilters:
    def test_a_chip_removes_itself_and_nothing_else(self):
        panel = filter_panel(QueryDict("q=mould&kind=company&kind=university&sort=-name&page=3&after=x"), FACETS)
        assert [(chip.label, chip.query) for chip in panel.chips] == [
            ("“mould”", "kind=company&kind=university&sort=-name"),
            ("Company", "q=mould&kind=university&sort=-name"),
            ("University", "q=mould&kind=company&sort=-name"),
        ]

    def test_clear_all_keeps_the_order_of_the_list(self):
        panel = filter_panel(QueryDict("q=mould&kind=company&sort=-name&page=3"), FACETS)
        assert panel.clear_query == "sort=-name"

    def test_a_value_that_is_no_choice_any_more_can_be_removed_too(self):
        panel = filter_panel(QueryDict("kind=<b>gone"), FACETS)
        assert [(chip.label, chip.query) for chip in panel.chips] == [("<b>gone", "")]
        assert "<b>" not in rendered("{% chips panel %}", panel=panel)

    def test_eight_choices_are_shown_at_once_and_a_chosen_one_is_among_them(self):
        facet = filter_panel(QueryDict("process=11"), FACETS).facets[1]
        assert [choice.value for choice in facet.shown] == ["11", "0", "1", "2", "3", "4", "5", "6"]
        assert facet.hidden == 4

    def test_all_choices_are_shown_to_who_asks_for_them(self):
        facet = filter_panel(QueryDict("process=11&all=process"), FACETS).facets[1]
        assert (len(facet.shown), facet.hidden) == (12, 0)

    def test_the_form_sends_on_what_is_no_filter(self):
        panel = filter_panel(QueryDict("kind=company&sort=-name&page=3&format=csv"), FACETS)
        html = rendered("{% filters panel %}", panel=panel)
        assert re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html) == [("sort", "-name")]
        assert re.findall(r'value="(\w+)"[^>]*checked', html) == ["company"]

    def test_counts_that_are_capped_are_told_as_such(self):
        facets = [Facet("kind", "Class", [Choice("company", "Company", 5000, capped=True)])]
        assert "5,000+" in rendered("{% filters panel %}", panel=filter_panel(QueryDict(), facets))


class TestLists:
    def test_a_heading_that_sorts_keeps_the_filters_and_leaves_the_page(self):
        html = rendered('{% sort_header "name" "Name" %}', "kind=company&kind=university&page=4&after=x")
        assert 'href="?kind=company&amp;kind=university&amp;sort=name"' in html
        assert "aria-sort" not in html

    @pytest.mark.parametrize(
        ("now", "then", "direction"), [("name", "-name", "ascending"), ("-name", "name", "descending")]
    )
    def test_a_heading_that_sorts_already_turns_the_order_round(self, now, then, direction):
        html = rendered('{% sort_header "name" "Name" %}', f"sort={now}")
        assert f'href="?sort={then}"' in html
        assert f'aria-sort="{direction}"' in html

    def test_the_total_is_there_for_people_and_for_scripts(self):
        html = rendered('{% list_head 1234 "organisations" %}')
        assert 'data-total="1234"' in html
        assert text_of(html) == "1,234 organisations"

    def test_an_export_is_of_the_rows_that_the_filters_leave(self):
        html = rendered('{% list_head 3 "organisations" export=True %}', "kind=company&page=2")
        assert re.findall(r'<a href="([^"]*)"', html) == [
            "?kind=company&amp;format=csv",
            "?kind=company&amp;format=xlsx",
        ]


class TestCharts:
    def test_a_line_charts_dots_say_the_figures_of_its_table(self):
        chart = line_chart("Members", ["2004", "2005", "2006"], [Series("All", [10, None, 1434])])
        html = rendered("{% line_chart chart %}", chart=chart)
        dots = dict(re.findall(r"<title>All, (\d+): ([\d,]+)</title>", html))
        cells = re.findall(r'<th scope="row">(\d+)</th><td class="number">([\d,–]+)</td>', html)
        assert cells == [("2004", "10"), ("2005", "–"), ("2006", "1,434")]
        assert dots == {label: value for label, value in cells if value != "–"}

    def test_a_line_is_broken_where_nothing_is_known(self):
        chart = line_chart("Members", ["a", "b", "c", "d"], [Series("All", [1, 2, None, 3])])
        assert len(chart.lines[0].strokes) == 1

    def test_heights_are_round_numbers_that_hold_every_value(self):
        chart = line_chart("Members", ["a", "b"], [Series("All", [0, 434])])
        assert [tick.label for tick in chart.heights] == ["0", "200", "400", "600"]
        assert [dot.y for dot in chart.lines[0].dots] == ["100.00%", "27.67%"]

    def test_bars_are_as_long_as_their_figures(self):
        html = rendered("{% bar_chart chart %}", chart=bar_chart("Cases", [("R&D", 40), ("Marketing", 10)]))
        assert re.findall(r'width="([\d.]+%)"', html) == ["100.00%", "25.00%"]
        assert text_of(html) == "Cases R&amp;D 40 Marketing 10"

    def test_segments_make_up_the_whole(self):
        chart = segments("Cases", [("a", 1), ("b", 2), ("c", 1)])
        assert [(part.start, part.width) for part in chart.parts] == [
            ("0.00%", "25.00%"),
            ("25.00%", "50.00%"),
            ("75.00%", "25.00%"),
        ]
        assert chart.total == 4

    @pytest.mark.parametrize("rows", [[], [("a", 0)]])
    def test_nothing_to_draw_is_drawn_as_nothing(self, rows):
        assert "%" in rendered(
            "{% bar_chart chart %}{% segments whole %} %", chart=bar_chart("t", rows), whole=segments("t", rows)
        )
        assert line_chart("t", [], []).lines == []


class TestWords:
    def test_numbers_and_money_are_grouped_and_nothing_is_a_dash(self):
        assert rendered("{{ 1234567|number }} {{ 250000|krw }} {{ none|krw }} {{ none|number }}", none=None) == (
            "1,234,567 ₩250,000 – –"
        )

    def test_a_moment_is_told_in_the_readers_zone(self):
        moment = datetime(2026, 1, 31, 20, 5, tzinfo=UTC)
        with timezone.override("Asia/Seoul"):
            assert words.local_time(moment) == "1 Feb 2026 05:05"
        with timezone.override("UTC"):
            assert words.local_date(moment) == "31 Jan 2026"

    def test_a_day_is_told_in_the_readers_language(self):
        with translation.override("ko"):
            assert words.local_date(date(2026, 1, 31)) == "2026년 1월 31일"

    def test_how_long_ago_is_told_in_one_unit(self):
        assert words.ago(timezone.localdate()) == "today"
        assert words.ago(timezone.now() - timedelta(days=16, hours=5)) == "2\xa0weeks ago"

    def test_initials_are_what_people_call_each_other(self):
        names = ["김민수", "남궁 민수", "Lee Ji-won", "Anna Maria Berg", "", "kim"]
        assert [words.initials(name) for name in names] == ["민수", "민수", "LJ", "AB", "", "K"]


class TestSigns:
    def test_freshness_is_for_a_year(self):
        today = timezone.localdate()
        assert "freshness-fresh" in rendered("{% freshness day %}", day=today - timedelta(days=365))
        assert "freshness-stale" in rendered("{% freshness day %}", day=today - timedelta(days=366))
        assert text_of(rendered("{% freshness day %}", day=None)) == "Never confirmed"

    def test_the_ball_says_whose_turn_it_is(self):
        assert text_of(rendered('{% ball who="Kim" next="Decide" %}{% endball %}')) == "Waiting for Kim Decide"
        assert text_of(rendered('{% ball who="Kim" next="Decide" mine=True %}Go{% endball %}')) == (
            "It is your turn Decide Go"
        )

    def test_a_button_that_asks_first_is_still_a_plain_post(self):
        html = rendered('{% button_form "/end/" "End" tone="danger" confirm="Sure?" key="end" %}', csrf_token="t0")
        assert '<form class="button-form" method="post" action="/end/" data-confirm="confirm-end">' in html
        assert 'name="csrfmiddlewaretoken" value="t0"' in html
        assert '<dialog class="dialog" id="confirm-end"' in html

    def test_what_a_person_typed_is_never_markup(self):
        html = rendered("{% card name %}{{ name }}{% endcard %}{% pill name %}{% avatar name %}", name="<i>&")
        assert "<i>" not in html


def test_a_history_is_told_in_the_words_of_the_record(db):
    from ecluster.accounts.models import Body
    from ecluster.audit.actions import record
    from ecluster.audit.models import AuditEntry

    body = Body.objects.create(kind="agency_team", name_ko="사무국", name_en="Office")
    changes = {"kind": ["agency_team", "advisory_board"], "dissolved_on": [None, date(2026, 1, 31)]}
    record(target=body, action="change_kind", by=None, changes=changes, reason="It only advises.")
    (event,) = history(AuditEntry.objects.select_related("actor"))
    assert (event.who, event.what, event.reason) == ("The portal", "Change kind", "It only advises.")
    assert [(str(c.field), str(c.old), str(c.new)) for c in event.changes] == [
        ("kind", "agency team", "advisory board"),
        ("dissolved on", "–", "31 Jan 2026"),
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_has_script_or_style_in_it(path):
    inline = r"""<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|javascript:"""
    assert re.findall(inline, path.read_text()) == []
