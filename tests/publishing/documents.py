"""A document such as the pipeline passes to publishing, with every hard case in it; original text throughout."""

from __future__ import annotations

from dataclasses import dataclass

from translate.document import (
    Alternative,
    Block,
    Change,
    Document,
    Finding,
    GlossaryUse,
    Kind,
    Level,
    Occurrence,
    Origin,
    Outcome,
    Provenance,
    Segment,
    State,
)


@dataclass(frozen=True)
class Term:
    """A term to be found in a sentence: its source, what was wanted, what stands in the target, what became of it."""

    source: str
    wanted: tuple[str, ...]
    found: str
    outcome: Outcome
    how: str = ""
    note: str = ""
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A segment to be: source, target and what is said of it."""

    source: str
    target: str
    terms: tuple[Term, ...] = ()
    findings: tuple[tuple[str, Level, str], ...] = ()
    origin: Origin = Origin.MACHINE
    state: State = State.TRANSLATED
    confidence: float | None = 0.71
    alternatives: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


EMBEDDED = "embedded"
DETERRENCE = Term(
    "확장억제",
    ("extended deterrence",),
    "extended deterrence",
    Outcome.APPLIED,
    note="The U.S. commitment to defend an ally with all means, nuclear ones among them.",
)
COMMAND = Term(
    "합동작전사령부",
    ("Joint Operations Command", "JOC"),
    "Joint Operations Command",
    Outcome.REPAIRED,
    how="forced prefix after word 7",
    note="Japan's permanent headquarters for joint operations; not the Joint Chiefs of Staff.",
    forbidden=("Joint Operation Headquarters",),
)
FORCES = Term("주일미군", ("U.S. Forces Japan",), "USFJ", Outcome.WAIVED, how="abbreviation after first mention")
MINISTER = Term("방위상", ("defense minister",), "", Outcome.MISSING, how="no hypothesis has it")
SEOUL = Term("서울", ("Seoul",), "Seoul", Outcome.APPLIED)

LONG_SOURCE = (
    "이번 협의에서 "
    + "양측은 정보 공유와 연합 훈련, 군수 지원, 사이버 방어를 차례로 논의했고, " * 14
    + "결론은 내지 않았다."
)
LONG_TARGET = (
    "In the talks "
    + "the two sides went on to discuss intelligence sharing, combined drills, logistics and cyber defense, " * 14
    + "and left the matter open."
)

ARTICLE: tuple[tuple[Kind, str, tuple[Sentence, ...]], ...] = (
    (
        Kind.HEADLINE,
        "ko",
        (
            Sentence(
                "한일, 확장억제 협의체 가동…합동작전사령부와 상시 소통",
                "Seoul, Tokyo launch extended deterrence talks, open line to Joint Operations Command",
                (DETERRENCE, COMMAND),
                confidence=0.82,
            ),
        ),
    ),
    (
        Kind.SUBHEAD,
        "ko",
        (Sentence("연말까지 240명 규모 실무단 꾸린다", "Working group of 240 to be set up by year-end"),),
    ),
    (
        Kind.TIME,
        "ko",
        (Sentence("입력 2026.11.20. 오전 9:05", "Published 9:05 a.m. Nov. 20, 2026"),),
    ),
    (Kind.BYLINE, "ko", (Sentence("(서울=가온통신) 한마루 기자 =", "SEOUL (Gaon News) -- By Han Ma-ru"),)),
    (
        Kind.CAPTION,
        "en",
        (
            Sentence(
                "Officials walk past flags ahead of a meeting in Seoul on Thursday. (Gaon Photo)",
                "Officials walk past flags ahead of a meeting in Seoul on Thursday. (Gaon Photo)",
                origin=Origin.COPY,
                confidence=None,
            ),
        ),
    ),
    (
        Kind.PARAGRAPH,
        "ko",
        (
            Sentence(
                "정부는 20일 서울에서 첫 회의를 열고 확장억제 협의체를 가동했다고 밝혔다.",
                "The government said it held the first meeting in Seoul on Friday and launched the extended deterrence "
                "consultative body.",
                (SEOUL, DETERRENCE),
                alternatives=("The government said it launched the body on Friday.", "정부 said & it launched <it>."),
            ),
            Sentence(
                "회의에는 양국에서 5만5000명을 대표하는 지휘관 12명이 참석했다.",
                "Twelve commanders representing 50,000 troops from both countries attended.",
                findings=(
                    ("numbers", Level.ERROR, "5만5000 is 55,000; the translation has 50,000"),
                    ("length", Level.INFO, "Shorter than usual for its source"),
                ),
                confidence=0.38,
            ),
        ),
    ),
    (Kind.SUBHEAD, "ko", (Sentence("■ 왜 지금인가", "Why now"),)),
    (
        Kind.PARAGRAPH,
        "ko",
        (
            Sentence(
                "방위상은 “주일미군과 합동작전사령부의 협력이 다음 단계로 들어섰다”고 말했다.",
                "The minister said cooperation between USFJ and the Joint Operations Command had “entered its next "
                "stage.”",
                (MINISTER, FORCES, COMMAND),
                (("terms", Level.ERROR, "방위상 should be “defense minister”"),),
                confidence=0.55,
            ),
            Sentence(
                "그는 A&B사의 <가칭> 체계를 “검토 중”이라며 웃었다\x0b😀.",
                "He smiled, saying A&B's <tentative> system was “under review” 😀\x0b.",
                findings=(("quotes", Level.WARNING, 'Quotation marks: " in the source, “ in the translation'),),
            ),
            Sentence(LONG_SOURCE, LONG_TARGET),
        ),
    ),
    (Kind.ITEM, "ko", (Sentence("▲ 정보 공유 협정 갱신", "▲ Renewal of the intelligence-sharing pact"),)),
    (Kind.ITEM, "ko", (Sentence("△ 연합 훈련 정례화", "△ Regular combined drills"),)),
    (Kind.QUESTION, "ko", (Sentence("Q. 비용은 누가 내나?", "Q. Who pays?"),)),
    (
        Kind.ANSWER,
        "ko",
        (
            Sentence(
                "A. 절반씩 낸다.",
                "A. Each side pays half.",
                origin=Origin.HUMAN,
                state=State.REVIEWED,
                changes=(
                    Change(
                        "김하나",
                        "2026-11-21T02:00:00Z",
                        "A. It pays half.",
                        "A. Each side pays half.",
                        "\\u0041 is no escape & <this> no tag",
                    ),
                ),
            ),
            Sentence(
                "세부 내용은 정해지지 않았다.",
                "",
                state=State.INITIAL,
                origin=Origin.NONE,
                confidence=None,
                findings=(("length", Level.ERROR, "Nothing was translated"),),
            ),
        ),
    ),
    (Kind.BOILERPLATE, "ko", (Sentence("많이 본 뉴스", "", origin=Origin.NONE, state=State.INITIAL, confidence=None),)),
)


def build(article: tuple[tuple[Kind, str, tuple[Sentence, ...]], ...] = ARTICLE, name: str = "deterrence") -> Document:
    """The article as a Document, with ids, offsets and provenance."""
    blocks: list[Block] = []
    number = 0
    for index, (kind, language, sentences) in enumerate(article, start=1):
        text = ""
        segments: list[Segment] = []
        for sentence in sentences:
            number += 1
            text += " " if text else ""
            segments.append(_segment(f"s{number:04d}", sentence, len(text)))
            text += sentence.source
        blocks.append(Block(f"b{index:03d}", kind, text, language, tuple(segments)))
    blocks.append(Block(f"b{len(blocks) + 1:03d}", Kind.BOILERPLATE, "ⓒ 가온통신, 무단 전재 금지", "ko"))
    return Document(
        name=name,
        source_path="articles/협의체 & <초안>.txt",
        source_language="ko",
        target_language="en",
        blocks=tuple(blocks),
        source_sha256="5f" * 32,
        encoding="cp949",
        provenance=Provenance(
            engine=EMBEDDED,
            model="embedded sha256:" + "ab" * 32,
            glossaries=(GlossaryUse("security", "0c" * 32, 240), GlossaryUse("government", "1d" * 32, 180)),
            version="0.1.0",
            date="2026-11-20T00:10:00Z",
            settings=(("beam", "2"), ("house_style", "yonhap")),
        ),
    )


def _segment(name: str, sentence: Sentence, start: int) -> Segment:
    source = sentence.source
    return Segment(
        id=name,
        source=source,
        start=start,
        end=start + len(source),
        target=sentence.target,
        state=sentence.state,
        origin=sentence.origin,
        engine=EMBEDDED if sentence.origin is Origin.MACHINE else "",
        confidence=sentence.confidence,
        occurrences=tuple(_occurrence(sentence, term) for term in sentence.terms),
        findings=tuple(_finding(name, sentence, *finding) for finding in sentence.findings),
        alternatives=tuple(Alternative(text, EMBEDDED) for text in sentence.alternatives),
        changes=sentence.changes,
    )


def _occurrence(sentence: Sentence, term: Term) -> Occurrence:
    start = sentence.source.index(term.source)
    at = sentence.target.index(term.found) if term.found else -1
    return Occurrence(
        start=start,
        end=start + len(term.source),
        entry=f"security:{term.source}",
        term=term.source,
        wanted=term.wanted,
        forbidden=term.forbidden,
        glossary="security",
        note=term.note,
        outcome=term.outcome,
        how=term.how,
        found=term.found,
        target_start=at,
        target_end=at + len(term.found) if term.found else -1,
    )


def _finding(name: str, sentence: Sentence, check: str, level: Level, message: str) -> Finding:
    if check == "numbers":
        source, target = sentence.source.index("5만5000"), sentence.target.index("50,000")
        return Finding(name, check, level, message, (source, source + 6), (target, target + 6))
    return Finding(name, check, level, message)


def many(rows: int) -> Document:
    """A document of ``rows`` segments, three a paragraph, terms in each and a finding in every tenth."""
    plain = Sentence(
        "정부는 20일 서울에서 첫 회의를 열고 확장억제 협의체를 가동했다고 밝혔다.",
        "The government said it held the first meeting in Seoul on Friday and launched extended deterrence talks.",
        (SEOUL, DETERRENCE),
    )
    bad = Sentence(plain.source, plain.target, plain.terms, (("length", Level.WARNING, "Too long"),))
    paragraphs = [(plain, plain, plain)] * (rows // 3) + ([(plain,) * (rows % 3)] if rows % 3 else [])
    paragraphs = [(bad, *p[1:]) if i % 3 == 0 else p for i, p in enumerate(paragraphs)]
    return build(tuple((Kind.PARAGRAPH, "ko", p) for p in paragraphs), name="many")
