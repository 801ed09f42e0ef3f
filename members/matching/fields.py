"""Which words of a problem speak of which field, and which words speak of none."""

from members.models import Field

_KEYWORDS = {
    Field.MANAGEMENT: """
        자금, 투자, 융자, 대출, 경영, 회계, 세무, 원가, 노무, 인사, 채용, 재고, 특허, 상표, 품질 경영, 생산 계획,
        생산 관리, 법률, 계약, 승계, 중대재해, 인증, finance, funding, funds, money, loan, investor, accounting, tax,
        costs, labour law, hiring, stock, inventory, patent, trademark, quality management, production planning, legal
    """,
    Field.RND: """
        개발, 설계, 해석, 시험, 가공, 불량, 소음, 진동, 발열, 마모, 균열, 변형, 강도, 재료, 소재, 공정, 정밀도, 표면,
        누유, 시제품, 금형, 측정, 센서, 제어, 수명, 파손, 부식, design, develop, simulation, test, machining, defect,
        noise, vibration, chatter, heat, wear, crack, distortion, warpage, strength, material, process, accuracy,
        surface, leak, prototype, mould, mold, die, measure, sensor, control, fatigue, corrosion, tolerance, porosity
    """,
    Field.EDUCATION: """
        교육, 훈련, 강의, 세미나, 연수, 신입, 기능 전수, 자격증, 교재, training, train, course, teach, seminar, lecture,
        workshop, newcomers, skills, apprentice
    """,
    Field.MARKETING: """
        수출, 판로, 시장, 마케팅, 전시회, 바이어, 해외, 홍보, 카탈로그, 영업, 납품처, 통관, export, market, marketing,
        exhibition, trade fair, buyer, overseas, abroad, catalogue, sales, customers, customs, distributor, brand
    """,
}
KEYWORDS = {field: tuple(" ".join(word.split()) for word in text.split(",")) for field, text in _KEYWORDS.items()}

# Every problem has them and so has every profile: they are no reason to find anybody.
_EVERYBODYS = """
    problem problems trouble issue help helps helped need needs needed want find found look looking solve solution
    solutions cause causes work works worked working expert experts firm firms company companies small people person
    part parts product products use used using make makes made new good better best year years time times since after
    before about because would could should please know any all also more most much many one two three only other
    문제 문제점 해결 해결책 원인 도움 필요 전문가 업체 회사 기업 중소기업 현장 제품 부품 최근 자문 지원 방법 방안 경우
    상황 발생 어려움 애로 요청 문의 생산 사용 이번 저희 경험 관련 대해 대하여 가능 여부 지금 현재 그런데 계속 자꾸
    너무 조금
"""
EVERYBODYS = frozenset(_EVERYBODYS.split())
