"""What a list of machines may tell of each."""

from django.utils.translation import gettext_lazy as _

from equipment.importing.machines import EquipmentPlanner
from equipment.models import Access, Equipment, Operation
from equipment.statuses import EquipmentStatus
from members import cleaning
from members.importing import cells
from members.importing.columns import Column, Kind
from members.models import Term

STATUS_WORDS = {
    EquipmentStatus.WORKING: (
        "active",
        "in use",
        "in service",
        "available",
        "1",
        "가동",
        "가동중",
        "사용",
        "사용중",
        "정상",
    ),
    EquipmentStatus.RETIRED: (
        "inactive",
        "out of service",
        "excessed",
        "0",
        "n",
        "no",
        "폐기",
        "불용",
        "미사용",
        "사용중지",
    ),
}
ACCESS_WORDS = {
    Access.OWNER: ("own people", "internal", "내부", "자체"),
    Access.MINI_CLUSTER: ("mini-cluster", "미니클러스터"),
    Access.MEMBERS: ("all members", "회원", "회원사"),
    Access.ANYONE: ("public", "open", "everybody", "공개", "누구나", "외부"),
}
OPERATION_WORDS = {
    Operation.SELF: ("self-operated", "self service", "직접", "직접사용", "자가"),
    Operation.OPERATOR: ("operated", "by operator", "service", "의뢰", "대행", "위탁"),
    Operation.EITHER: ("both", "선택", "병행"),
}


def _fact(key: str, *synonyms: str, write=cleaning.line, help_text="", **more) -> Column:
    field = Equipment._meta.get_field(key)
    parse = cells.of_field(Equipment, key, write)
    return Column(key, field.verbose_name, parse, synonyms, help_text, **more)  # type: ignore[union-attr]


def _choice(key: str, words: dict, *synonyms: str) -> Column:
    return Column(
        key,
        Equipment._meta.get_field(key).verbose_name,  # type: ignore[union-attr]
        cells.choice(words),
        synonyms,
        choices=lambda vocabulary: [(value, str(value.label)) for value in words],
    )


def _term(key: str, kind: str, *synonyms: str, help_text="") -> Column:
    return Column(
        key,
        Equipment._meta.get_field(key).verbose_name,  # type: ignore[union-attr]
        cells.term(kind),
        synonyms,
        help_text,
        choices=lambda vocabulary: [(term.slug, str(term)) for term in vocabulary.terms_of(kind)],
        has_words=True,
    )


COLUMNS = (
    Column(
        "owner",
        _("owner"),
        lambda text, vocabulary: cleaning.line(text),
        ("보유기관", "소유기관", "기관", "기관명", "organisation", "organization", "institution", "facility"),
        _("Its name in either language, its registration number or its identifier; one for all where the list is its."),
        is_required=True,
        is_one_for_all=True,
    ),
    _fact("name_ko", "장비명", "기기명", "장비명(국문)", "국문명", "국문장비명"),
    _fact(
        *("name_en", "name", "instrument", "instrument name", "display name", "eus_display_name", "equipment"),
        *("장비명(영문)", "영문명", "영문장비명"),
    ),
    _fact(
        *("external_id", "id", "instrument_id", "eus_instrument_id", "asset number", "inventory number"),
        *("장비번호", "자산번호", "관리번호", "등록번호"),
    ),
    _term(
        *("category", Term.Kind.EQUIPMENT, "분류", "장비분류", "유형", "type", "class", "group", "instrument_group"),
        help_text=_("What is not known is an error: say what it means, leave it out, or add it to the vocabulary."),
    ),
    _fact("maker", "제조사", "제작사", "manufacturer", "brand", "vendor"),
    _fact("model", "모델", "모델명", "규격", "model number", "instrument_class"),
    _fact("serial_number", "제조번호", "시리얼번호", "serial", "serial no"),
    _fact("purpose_ko", "용도", "장비설명", "주요기능", "활용분야", write=cleaning.paragraphs),
    _fact("purpose_en", "description", "use", "usage", "eus_instrument_name", "purpose", write=cleaning.paragraphs),
    _fact("limits", "시료조건", "가공한계", "sample limits", "workpiece limits", write=cleaning.paragraphs),
    _fact("place", "설치장소", "위치", "장소", "room", "room_number", "location", "building"),
    _term("region", Term.Kind.REGION, "지역", "소재지", "시군구", "city", "town"),
    Column(
        "made_year",
        _("made in"),
        lambda text, vocabulary: Equipment._meta.get_field("made_year").clean(cells.year(text, vocabulary), None),  # type: ignore[union-attr]
        ("제작년도", "제작연도", "도입연도", "구축연도", "취득일", "year", "year made", "purchased"),
    ),
    Column(
        "calibrated_on", _("last calibrated on"), cells.day, ("교정일", "최근교정일", "calibrated", "calibration date")
    ),
    Column(
        "calibration_due_on",
        _("calibration due on"),
        cells.any_day,
        ("차기교정일", "교정만료일", "교정예정일", "calibration due", "next calibration"),
    ),
    _choice("status", STATUS_WORDS, "상태", "장비상태", "condition", "eus_active_sw", "active"),
    _choice("access", ACCESS_WORDS, "개방범위", "이용대상", "이용범위", "open to"),
    _choice("operation", OPERATION_WORDS, "이용방법", "활용방법", "운영방식", "mode of use"),
    _fact("training", "교육", "필요교육", "required training", write=cleaning.paragraphs),
    _fact("contact_name", "담당자", "담당자명", "장비담당자", "contact"),
    _fact("contact_email", "이메일", "담당자 이메일", "email", write=lambda text: cleaning.line(text).lower()),
    _fact("contact_phone", "전화", "전화번호", "연락처", "phone", "telephone"),
)

KIND = Kind(
    key="equipment",
    label=_("Equipment"),
    lead=_(
        "Found again by the number in its owner’s list, else by its name among its owner’s machines. "
        "A blank cell leaves a fact as it is."
    ),
    columns=COLUMNS,
    planner=EquipmentPlanner,
    one_of=("name_ko", "name_en"),
)
