"""The vocabulary and the classifications of industry."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from ecluster.accounts.permissions import Role
from ecluster.audit.models import AuditEntry
from ecluster.search import engine as search
from members.actions import taxonomies
from members.models import Industry, Term
from members.taxonomies import lookup
from tests.factories import experts
from tests.factories.accounts import UserFactory, office_holder
from tests.factories.organisations import unlisted
from tests.factories.taxonomies import IndustryFactory, TermFactory

pytestmark = pytest.mark.django_db
LIST_QUERIES = 7


@pytest.fixture
def admin():
    return office_holder(Role.ADMINISTRATOR)


class TestLoading:
    def test_brings_in_the_whole_trees_and_the_vocabulary(self):
        call_command("load_taxonomies", verbosity=0)

        levels = {
            scheme: [Industry.objects.filter(scheme=scheme, level=level).count() for level in range(1, 6)]
            for scheme in Industry.Scheme.values
        }
        assert levels == {"ksic": [21, 77, 232, 495, 1196], "nace": [22, 87, 287, 651, 0]}
        assert set(Term.objects.values_list("kind", flat=True)) == set(Term.Kind.values)

    def test_puts_each_entry_where_it_falls_into(self):
        taxonomies.load()
        machine_tools = Industry.objects.get(scheme="ksic", code="29223")
        assert [step.code for step in lookup.path_to(machine_tools)] == ["C", "29", "292", "2922", "29223"]

    def test_again_changes_nothing(self):
        taxonomies.load()
        before = AuditEntry.objects.count()
        assert set(taxonomies.load().values()) == {0}
        assert AuditEntry.objects.count() == before

    def test_leaves_an_administrators_words_alone(self, admin):
        taxonomies.load()
        term = Term.objects.get(kind="process", slug="edm")
        taxonomies.update_term(term=term, by=admin, name_ko="방전가공", name_en="spark erosion", synonyms="")
        taxonomies.load()
        term.refresh_from_db()
        assert term.name_en == "spark erosion"

    def test_takes_over_a_name_that_the_classification_changed(self):
        taxonomies.load()
        Industry.objects.filter(scheme="nace", code="28.41").update(name_en="old name")
        taxonomies.load()
        name = Industry.objects.get(scheme="nace", code="28.41").name_en
        assert name == "Manufacture of metal forming machinery and machine tools for metal work"

    def test_has_no_word_twice_in_a_kind(self):
        taxonomies.load()
        for field in ("name_ko", "name_en"):
            names = list(Term.objects.values_list("kind", field))
            assert len(names) == len(set(names))

    def test_is_refused_to_who_keeps_no_tables(self):
        with pytest.raises(PermissionDenied):
            taxonomies.load(by=office_holder(Role.COORDINATOR))


class TestAddingATerm:
    def test_offers_it_from_then_on_and_records_it(self, admin, client_for):
        address = reverse("members:term-new", args=["process"])
        words = {"name_ko": "전해 가공", "name_en": "electrochemical machining", "synonyms": "ECM,  ECM, 전해가공"}
        client_for(admin).post(address, words)

        term = Term.objects.offered("process").get()
        assert (term.slug, term.synonyms) == ("electrochemical-machining", "ECM, 전해가공")
        assert AuditEntry.objects.filter(action="add_term", actor=admin, target_id=term.pk).count() == 1

    def test_is_told_of_a_twin_and_keeps_what_was_typed(self, admin, client_for):
        TermFactory(name_en="Turning", name_ko="선반 가공")
        words = {"name_ko": "선삭", "name_en": "turning", "synonyms": "lathe"}
        page = client_for(admin).post(reverse("members:term-new", args=["process"]), words)

        assert "There is a term of this name already" in page.context["form"].errors["name_en"][0]
        assert 'value="lathe"' in page.content.decode()
        assert Term.objects.count() == 1

    def test_needs_both_names(self, admin, client_for):
        page = client_for(admin).post(reverse("members:term-new", args=["material"]), {"name_ko": "구리"})
        assert list(page.context["form"].errors) == ["name_en"]

    def test_gives_a_free_short_name_where_an_older_term_has_it(self, admin):
        TermFactory(slug="casting", name_en="sand casting")
        assert taxonomies.add_term(by=admin, kind="process", name_ko="주조", name_en="casting").slug == "casting-2"

    def test_of_one_kind_doesn_t_stand_in_the_way_of_another(self, admin):
        TermFactory(kind=Term.Kind.MATERIAL, name_en="coating")
        assert taxonomies.add_term(by=admin, kind="process", name_ko="코팅", name_en="coating").kind == "process"


class TestEditingATerm:
    def test_changes_its_words_but_not_its_short_name(self, admin, client_for):
        term = TermFactory(slug="edm", name_en="EDM")
        words = {"name_ko": "방전 가공", "name_en": "electrical discharge machining", "synonyms": "EDM"}
        client_for(admin).post(reverse("members:term-edit", args=[term.pk]), words)

        term.refresh_from_db()
        assert (term.slug, term.name_en) == ("edm", "electrical discharge machining")
        entry = AuditEntry.objects.get(action="update_term")
        assert entry.changes["name_en"] == ["EDM", "electrical discharge machining"]

    def test_who_is_described_with_it_is_found_by_its_new_words(self, admin, run_tasks):
        term, one = TermFactory(name_en="grinding"), experts.expert(is_public=True)
        one.specialities.add(term)
        taxonomies.update_term(term=term, by=admin, synonyms="honing")
        run_tasks()
        assert search.ranked_ids(search.Query("expert", "honing", AnonymousUser())) == [one.pk]

    def test_without_a_change_leaves_no_trace(self, admin):
        term = TermFactory(name_en="welding")
        taxonomies.update_term(term=term, by=admin, name_en="welding")
        assert AuditEntry.objects.count() == 0

    def test_may_not_take_another_terms_name(self, admin):
        TermFactory(name_ko="용접")
        with pytest.raises(ValidationError):
            taxonomies.update_term(term=TermFactory(name_ko="접합"), by=admin, name_ko="용접")


class TestRetiringATerm:
    def test_takes_it_from_what_is_offered_and_back(self, admin, client_for):
        term, client = TermFactory(), client_for(admin)

        client.post(reverse("members:term-retire", args=[term.pk]))
        assert list(Term.objects.offered("process")) == []

        client.post(reverse("members:term-offer", args=[term.pk]))
        assert list(Term.objects.offered("process")) == [term]

    def test_twice_is_recorded_once(self, admin):
        term = TermFactory()
        taxonomies.retire_term(term=term, by=admin)
        taxonomies.retire_term(term=term, by=admin)
        assert AuditEntry.objects.filter(action="retire_term").count() == 1


class TestWhoKeepsTheVocabulary:
    @pytest.mark.parametrize("office", [Role.COORDINATOR, Role.CHIEF_COORDINATOR, Role.PROGRAMME_OFFICER])
    def test_no_other_office_finds_the_pages(self, office, client_for):
        term, client = TermFactory(), client_for(office_holder(office))
        answers = [
            client.get(reverse("members:term-list")).status_code,
            client.get(reverse("members:term-edit", args=[term.pk])).status_code,
            client.post(reverse("members:term-new", args=["process"]), {}).status_code,
            client.post(reverse("members:term-retire", args=[term.pk])).status_code,
            client.post(reverse("members:term-offer", args=[term.pk])).status_code,
        ]
        assert answers == [404] * 5
        term.refresh_from_db()
        assert not term.is_retired

    def test_the_actions_refuse_too(self):
        person = UserFactory()
        for change in (taxonomies.retire_term, taxonomies.offer_term_again, taxonomies.update_term):
            with pytest.raises(PermissionDenied):
                change(term=TermFactory(), by=person)

    def test_there_are_no_other_kinds(self, admin, client_for):
        assert client_for(admin).get("/members/terms/colour/").status_code == 404


class TestTheListOfTerms:
    def test_tells_who_uses_each(self, admin, client_for):
        used, unused = TermFactory(kind="region", name_en="Changwon"), TermFactory(kind="region", name_en="Gimhae")
        unlisted(region=used)
        unlisted(region=used)

        page = client_for(admin).get(reverse("members:term-list", args=["region"]))
        assert [(term, term.uses) for term in page.context["terms"]] == [(used, 2), (unused, 0)]

    def test_finds_a_term_by_any_word_for_it(self, admin, client_for):
        wanted = TermFactory(name_en="wire EDM", synonyms="wire cutting")
        TermFactory(name_en="laser cutting")
        page = client_for(admin).get(reverse("members:term-list"), {"q": "wire cutting"})
        assert page.context["terms"] == [wanted]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_makes_the_same_queries_at_any_length(self, rows, admin, client_for, django_assert_num_queries):
        TermFactory.create_batch(rows)
        client = client_for(admin)
        client.get(reverse("members:term-list"))
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("members:term-list"))


class TestTheIndustries:
    @pytest.fixture
    def tree(self):
        section = IndustryFactory(code="C", name_ko="제조업")
        division = IndustryFactory(code="29", parent=section, name_ko="기타 기계 및 장비 제조업")
        return section, division, IndustryFactory(code="292", parent=division, name_ko="특수 목적용 기계 제조업")

    def test_begin_with_the_sections_and_lead_down(self, client, tree):
        section, division, _group = tree
        address = reverse("members:industry-search")
        assert client.get(address).context["industries"] == [section]
        below = client.get(address, {"scheme": "ksic", "under": "C"})
        assert (below.context["industries"], below.context["path"]) == ([division], [section])

    @pytest.mark.parametrize("words", ["292", "특수 목적용", "특수목적용", "기계 특수"])
    def test_are_found_by_code_and_by_name_however_it_is_spaced(self, words, client, tree):
        page = client.get(reverse("members:industry-search"), {"q": words})
        assert page.context["industries"] == [tree[2]]

    def test_are_found_in_english_too(self, client):
        wanted = IndustryFactory(scheme="nace", code="25.53", name_ko="", name_en="Machining of metals")
        page = client.get(reverse("members:industry-search"), {"q": "machining"})
        assert page.context["industries"] == [wanted]

    def test_tell_when_there_are_more_than_are_shown(self, client):
        IndustryFactory.create_batch(lookup.MOST_SHOWN + 1, name_ko="기계 제조업")
        page = client.get(reverse("members:industry-search"), {"q": "기계"})
        assert (len(page.context["industries"]), page.context["more"]) == (lookup.MOST_SHOWN, True)

    def test_come_without_the_page_around_them_to_htmx(self, client, tree):
        page = client.get(reverse("members:industry-search"), {"q": "29"}, headers={"HX-Request": "true"})
        assert "<html" not in page.content.decode()
        assert page.context["industries"] == [tree[1], tree[2]]

    @pytest.mark.parametrize("query", [{"scheme": "isic"}, {"scheme": "ksic", "under": "99999"}])
    def test_that_don_t_exist_are_not_found(self, query, client, tree):
        assert client.get(reverse("members:industry-search"), query).status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_make_the_same_queries_at_any_length(self, rows, client, django_assert_num_queries):
        IndustryFactory.create_batch(rows, name_ko="기계 제조업")
        with django_assert_num_queries(1):
            client.get(reverse("members:industry-search"), {"q": "기계"})
