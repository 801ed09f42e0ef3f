"""Organisations: their facts, what they can do, and the mini-clusters they are in."""

from django.utils.translation import gettext_lazy as _

from members import cleaning, registration_number
from members.importing import cells
from members.importing.columns import Column, Kind
from members.importing.mapping import understood
from members.importing.organisation_rows import OrganisationPlanner
from members.models import ClusterRole, Organisation, OrganisationClass, Term

CLASS_WORDS = {
    OrganisationClass.UNIVERSITY: ("대학", "대학교", "전문대학", "학교", "education", "college", "school"),
    OrganisationClass.RND_CENTRE: (
        *("연구소", "연구원", "연구기관", "연구센터", "R&D centre", "R&D center", "R&D", "facility"),
        *("research institute", "research centre", "research center", "institute"),
    ),
    OrganisationClass.COMPANY: ("기업", "회사", "업체", "중소기업", "중견기업", "대기업", "firm", "enterprise", "SME"),
    OrganisationClass.SUPPORT_AGENCY: (
        *("지원기관", "support agency", "agency", "기관", "공공기관", "정부", "지자체", "협회", "조합", "재단"),
        *("government", "nonprofit", "non-profit", "association", "foundation", "public body"),
    ),
}
ROLE_WORDS = {
    ClusterRole.SYSTEM_ORGANISER: ("system organiser", "system organizer", "시스템 조직자", "체계기업", "조립기업"),
    ClusterRole.SME: ("SME", "중소기업"),
    ClusterRole.VISION_PROVIDER: ("vision provider", "비전 제시자"),
}
_class = cells.choice(CLASS_WORDS)
_region = cells.term(Term.Kind.REGION)


def _fact(key: str, *synonyms: str, write=cleaning.line, help_text="") -> Column:
    field = Organisation._meta.get_field(key)
    parse = cells.of_field(Organisation, key, write)
    return Column(key, field.verbose_name, parse, synonyms, help_text)  # type: ignore[union-attr]


def _number(key: str, parse: cells.Parser, *synonyms: str) -> Column:
    field = Organisation._meta.get_field(key)
    return Column(key, field.verbose_name, lambda text, words: field.clean(parse(text, words), None), synonyms)  # type: ignore[union-attr]


def _are_addresses(values: dict[str, int], vocabulary) -> bool:
    """A column called “id” is an agency's own count of its rows more often than a name in an outside list."""
    return bool(values) and all("://" in value for value in values)


def _list(key: str, label, kind: str, *synonyms, help_text="") -> Column:
    return Column(key, label, cells.terms(kind), synonyms, help_text, has_words=True)


COLUMNS = (
    _fact(
        "name_ko", "기관명", "기업명", "회사명", "업체명", "상호", "국문명", "회사명 국문", "기업명(국문)", "name ko"
    ),
    _fact(
        "name_en",
        "name",
        "영문명",
        "회사명 영문",
        "기업명(영문)",
        "기관명(영문)",
        "company",
        "organisation",
        "English name",
    ),
    Column(
        "org_class",
        _("class"),
        _class,
        ("구분", "분류", "유형", "기관유형", "기관구분", "type", "types", "category", "kind"),
        is_required=True,
        choices=lambda vocabulary: [(value, str(label)) for value, label in OrganisationClass.choices],
        fits=understood(_class, at_least=0.3),
    ),
    _fact(
        "registration_number",
        *("사업자번호", "사업자등록번호", "business number", "registration no", "tax number"),
        write=registration_number.normalise,
    ),
    Column(
        "external_id",
        _("identifier in an outside list"),
        cells.of_field(Organisation, "external_id"),
        ("id", "ROR", "ROR ID", "identifier"),
        fits=_are_addresses,
    ),
    _fact("summary_ko", "취급분야", "사업내용", "주생산품", "주요제품", "소개", "업무내용", write=cleaning.paragraphs),
    _fact("summary_en", "summary", "description", "business", "activities", "about", write=cleaning.paragraphs),
    _number(
        "founded_year",
        cells.year,
        "설립연도",
        "설립년도",
        "설립일",
        "창립",
        "진출년도",
        "established",
        "founded",
        "year",
    ),
    _number(
        "employees",
        cells.whole_number,
        "종업원수",
        "직원수",
        "임직원수",
        "상시근로자",
        "인원",
        "현지채용",
        "employees",
        "staff",
    ),
    Column(
        "region",
        _("region"),
        _region,
        ("지역", "소재지", "시군구", "시도", "도시", "city", "town", "province"),
        choices=lambda vocabulary: [(term.slug, str(term)) for term in vocabulary.regions()],
        has_words=True,
        fits=understood(_region, at_least=0.3),
    ),
    _fact("address_ko", "주소", "본사주소", "공장주소"),
    _fact("address_en", "address", "영문주소"),
    _fact("website", "홈페이지", "웹사이트", "URL", "homepage", "web", write=cleaning.website),
    _fact("contact_name", "담당자", "담당자명", "contact"),
    _fact(
        "contact_email", "이메일", "담당자 이메일", "email", "e-mail", write=lambda text: cleaning.line(text).lower()
    ),
    _fact("contact_phone", "전화", "전화번호", "연락처", "phone", "tel", "telephone"),
    _list("core_processes", _("core processes"), Term.Kind.PROCESS, "핵심공정", "주요공정", "주력공정"),
    _list(
        "processes", _("processes"), Term.Kind.PROCESS, _("Other processes"), "공정", "보유공정", "가공분야", "process"
    ),
    _list("materials", _("materials"), Term.Kind.MATERIAL, "소재", "재료", "재질", "취급소재", "material"),
    _list("certificates", _("certificates"), Term.Kind.CERTIFICATE, "인증", "인증현황", "보유인증", "certificate"),
    _list("technologies", _("technologies"), Term.Kind.TECHNOLOGY, "기술", "보유기술", "technology"),
    Column(
        "industries",
        _("industries"),
        cells.industries,
        ("업종", "업종코드", "표준산업분류", "산업분류코드", "KSIC", "NACE", "industry", "industry code"),
        _("Codes or names of KSIC or NACE."),
        has_words=True,
        fits=understood(cells.industries, at_least=0.3),
    ),
    Column(
        "mini_clusters",
        _("mini-clusters"),
        cells.mini_clusters,
        ("미니클러스터", "소속 미니클러스터", "클러스터", "mini-cluster", "cluster"),
        _("Makes it a member there, from today or from the day in the next column."),
        has_words=True,
    ),
    Column("member_since", _("member since"), cells.day, ("가입일", "가입일자", "회원가입일", "joined", "member from")),
    Column(
        "cluster_role",
        _("role in the cluster"),
        cells.choice(ROLE_WORDS),
        ("역할", "role"),
        choices=lambda vocabulary: [(value, str(label)) for value, label in ClusterRole.choices],
    ),
)

KIND = Kind(
    key="organisations",
    label=_("Organisations"),
    lead=_(
        "Found again by registration number, by identifier, else by name. A blank cell leaves a fact as it is, "
        "and a list of the sheet adds to the profile’s: nothing is taken away."
    ),
    columns=COLUMNS,
    planner=OrganisationPlanner,
    one_of=("name_ko", "name_en"),
)
