"""Each check: what it must find, and near misses that it must leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from translate.checks import CHECKS, dates, figures, latin, length, negation, quotes, repetition, run_checks, terms, untranslated
from translate.document import Block, Document, Finding, Kind, Level, Occurrence, Origin, Outcome, Segment, State

E, W, I = Level.ERROR, Level.WARNING, Level.INFO  # noqa: E741


def _segment(source: str, target: str, occurrences: tuple[Occurrence, ...] = ()) -> Segment:
    return Segment("s0001", source, 0, len(source), target, State.TRANSLATED, Origin.MACHINE, occurrences=occurrences)


def _levels(module: object, source: str, target: str, way: tuple[str, str] = ("ko", "en")) -> list[Level]:
    return [f.level for f in module.check(_segment(source, target), *way)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        ("관객은 12,345명이다.", "There were 12,345 spectators.", []),
        ("관객은 12,345명이다.", "There were 12,354 spectators.", [E]),
        ("관객은 12,345명이다.", "There were many spectators.", [E]),
        ("예산은 3조 5000억 원이다.", "The budget is 3.5 trillion won.", []),
        ("예산은 3조 5000억 원이다.", "The budget is 35 trillion won.", [E]),
        ("예산은 3조 5000억 원이다.", "The budget is 3.5 billion won.", [E]),
        ("병력 5만5000명이 남는다.", "Some 55,000 troops stay.", []),
        ("병력 5만5000명이 남는다.", "Fifty-five thousand troops stay.", []),
        ("물가는 3.5% 올랐다.", "Prices rose 3.5 percent.", []),
        ("물가는 3.5% 올랐다.", "Prices rose 35 percent.", [E]),
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by 0.25 percentage point.", []),
        ("두 나라가 합의했다.", "The countries agreed.", []),
        ("열한 명이 다쳤다.", "Eleven people were hurt.", []),
        ("열한 명이 다쳤다.", "People were hurt.", [W]),
        ("20명이 다쳤다. 20명 모두 주민이다.", "Twenty people, all residents, were hurt.", []),
        ("F-35 20대를 산다.", "It will buy 20 F-35s.", []),
        ("F-35 20대를 산다.", "It will buy F-35s.", [E]),
        ("G7 정상이 모였다.", "Leaders of the Group of Seven met.", []),
        ("6·25전쟁에 참전했다.", "He fought in the Korean War.", []),
        ("9·19 군사합의를 폐기했다.", "It scrapped the military accord.", []),
        ("제21대 국회가 열렸다.", "The 21st National Assembly opened.", []),
        ("수십만 명이 모였다.", "Hundreds of thousands gathered.", []),
        ("50만 달러를 받았다.", "He received $500,000.", []),
        ("50만 달러를 받았다.", "He received $50,000.", [E]),
        ("1억2000만 달러짜리다.", "It is worth US$120 million.", []),
        ("16일 40명이 왔다.", "Forty people came on the 16th.", []),
        ("배 여섯 척이 왔다.", "Seven ships came.", [W]),
        ("배 여섯 척이 왔다.", "Ships came.", []),  # small numbers in words come and go
        ("배 6척이 왔다.", "Only 7 ships came.", [E]),
        ("배가 왔다.", "Some 250 ships came.", [E]),
        ("배가 왔다.", "Some 8 ships came.", [W]),
        ("배가 왔다.", "One ship came.", []),
        ("24시간 문을 연다.", "It is open around the clock.", []),
        ("지분의 50%를 판다.", "It will sell half of its stake.", []),
        ("20세 이하 대표팀이 이겼다.", "The U-20 national team won.", []),
        ("3000만 원대 중반에 판다.", "It sells for around 35 million won.", []),
        ("헌법 9조를 고친다.", "It will amend Article 9 of the Constitution.", []),
        ("구조대원 40명이 왔다.", "Forty rescuers came.", []),
        ("40명이 왔고 30명이 갔다.", "Thirty people came and 40 left.", []),  # which is which is not for this check
        ("40명이 왔고 30명이 갔다.", "Forty people came and 31 left.", [E]),
        ("① 값을 낮춘다.", "(1) Lower prices.", []),
        ("거래대금은 11조8630억원이다.", "Turnover was 11.863 trillion won, or 11.863 trillion won.", [W]),
        ("응답률은 12.3%다.", "It was 12.3% at the 12.3% response rate.", [W]),
        ("1002명에게 물었다. 1002명 모두 답했다.", "It asked 1,002 people; all 1,002 answered.", []),
        ("20명이 다쳤다.", "Twenty people, 20 residents, were hurt.", []),
        ("유가는 배럴당 62.35달러다.", "Oil is at 62.35 a barrel.", [W]),
        ("유가는 배럴당 62.35달러다.", "Oil is at $62.35 a barrel.", []),
        ("유가는 배럴당 62.35달러다.", "Oil is at 62.35 US dollars a barrel.", []),
        ("3원칙의 지침을 바꿨다.", "It changed the guidelines for the three principles.", []),
        ("1달러에 100루블이다.", "The ruble is at 100 to the dollar.", []),
        ("수입이 0원이다.", "The income is zero.", []),
        ("예산은 728조원이다.", "The budget is $728 trillion.", [W]),
        ("문의는 044-201-0000으로 하면 된다.", "For questions, call 044-201-0000.", []),
        ("야시장은 4~10월 연다.", "The market opens April to October.", []),
        # Another unit, or what looks like the same.
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by 25 basis points.", []),
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by a quarter of a percentage point.", []),
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by 0.25 percent.", [W]),
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by 50 basis points.", [E]),
        ("지지율이 3%포인트 오른 45%다.", "It rose 3 percentage points to 45 percent.", []),
        ("지지율이 3%포인트 오른 45%다.", "It rose 45 percentage points to 3 percent.", [W]),
        ("징역 1년 6개월이다.", "It is 18 months in prison.", []),
        ("징역 1년 6개월이다.", "It is 16 months in prison.", [E]),
        ("7시간 30분이 걸린다.", "It takes seven and a half hours.", []),
        ("7시간 30분이 걸린다.", "It takes 7.5 hours.", []),
        ("7시간 30분이 걸린다.", "It takes seven hours.", [E]),
        ("10명 중 7명꼴이다.", "That is 70 percent.", []),
        ("3박 4일 일정이다.", "It is a four-day trip.", []),
        ("시속 120㎞로 달렸다.", "It ran at 120 kilometers an hour.", []),
        ("시속 120㎞로 달렸다.", "It ran at 120 miles an hour.", [W]),
        ("면적은 33㎡다.", "It covers 33 square feet.", [W]),
        ("영하 12도였다.", "It was minus 12 degrees.", []),
        ("영하 12도였다.", "It was 12 degrees below zero.", []),
        ("영하 12도였다.", "It was 12 degrees.", [W]),
        # Sizes, parts and small numbers that are others.
        ("수십억 원을 썼다.", "It spent billions of won.", []),
        ("수십억 원을 썼다.", "It spent millions of won.", [W]),
        ("일자리 3분의 2가 사라진다.", "Two-thirds of the jobs will go.", []),
        ("일자리 3분의 2가 사라진다.", "One-third of the jobs will go.", [W]),
        ("예산의 4분의 1을 썼다.", "It spent a quarter of the budget.", []),
        ("8000분의 1초였다.", "It was 1/8,000 of a second.", []),
        ("30대 초반 여성이다.", "She is in her early 30s.", []),
        ("30대 초반 여성이다.", "She is in her early 40s.", [E]),
        ("제21대 국회가 열렸다.", "The 20th National Assembly opened.", [W]),
        ("두 번째 회담이 열렸다.", "The third round of talks was held.", [W]),
        ("북한이 3발을 쐈다.", "North Korea fired two.", [W]),
        ("두 배로 올렸다.", "It tripled it.", [W]),
        ("제2차 세계대전 뒤 네 구역으로 나뉘었다.", "After World War II it was split into four sectors.", []),
        ("그는 서문에 네 여자를 그렸다.", "In the preface he drew four women.", []),
    ],
)
def test_figures(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(figures, source, target) == levels


def test_figures_say_what_stands_there_instead() -> None:
    segment = _segment("관객은 12,345명이다.", "There were 12,354 spectators.")
    (finding,) = figures.check(segment, "ko", "en")
    assert segment.source[slice(*finding.source_span or ())] == "12,345"
    assert segment.target[slice(*finding.target_span or ())] == "12,354"
    assert "12,354" in finding.message


@pytest.mark.parametrize(
    ("module", "source", "target", "message"),
    [
        (figures, "순매도는 5천213억원이다.", "They sold.", "the source says 5천213억원 (521.3 billion won); not found in the translation"),
        (figures, "지수는 3,195.61로 출발했다.", "It began.", "the source says 3,195.61; not found in the translation"),
        (figures, "지지율은 32%포인트 내렸다.", "It fell.", "the source says 32%포인트; not found in the translation"),
        (figures, "배 30척이 왔다.", "Only 31 ships came.", "the source says 30척; not found in the translation, which has 31"),
        (figures, "유가는 62달러다.", "Oil is at 62.", "the source says 62달러; the translation does not name the currency"),
        (dates, "결과가 7일 나왔다.", "The result is out.", "the source says 7일; not found in the translation: the 7th"),
        (dates, "3월 22일 나왔다.", "It came in March.", "the source says 3월 22일; not found in the translation: the 22nd"),
        (dates, "10월 인도분이 내렸다.", "Futures fell.", "the source says 10월; not found in the translation: October"),
    ],
)
def test_messages_read_as_an_editor_reads(module: object, source: str, target: str, message: str) -> None:
    assert [f.message for f in module.check(_segment(source, target), "ko", "en")] == [message]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        ("The budget is 3.5 trillion won.", "예산은 3조5000억 원이다.", []),
        ("The budget is 3.5 trillion won.", "예산은 3500억 원이다.", [E]),
        ("Some 55,000 troops stay.", "병력 5만5천명이 남는다.", []),
        ("Twenty-three people died.", "스물세 명이 숨졌다.", []),
        ("Twenty-three people died.", "23명이 숨졌다.", []),
        ("Twenty-three people died.", "32명이 숨졌다.", [E]),
    ],
)
def test_figures_into_korean(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(figures, source, target, ("en", "ko")) == levels


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        ("회담은 3월 14일 열린다.", "The talks will be held on March 14.", []),
        ("회담은 3월 14일 열린다.", "The talks will be held on May 14.", [E]),
        ("회담은 3월 14일 열린다.", "The talks will be held in March.", [W]),
        ("회담은 1월 1일 열린다.", "The talks will be held on July 1.", [E]),
        ("12월 3일(음력 11월 3일)", "Dec. 3 (third day of the 11th lunar month)", []),
        ("회담은 14일 열린다.", "The talks will be held on the 14th.", []),
        ("회담은 14일 열린다.", "The talks will be held on Nov. 14.", []),
        ("회담은 14일 열린다.", "The talks will be held.", [W]),
        ("회담은 2026년에 열린다.", "The talks will be held in 2026.", []),
        ("회담은 2026년에 열린다.", "The talks will be held in 2025.", [W]),
        ("회담은 오후 3시 30분에 열린다.", "The talks start at 3:30 p.m.", []),
        ("회담은 오후 3시 30분에 열린다.", "The talks start at 3:30 a.m.", [W]),
        ("회담은 정오에 열린다.", "The talks start at noon.", []),
        ("회담은 낮 12시에 열린다.", "The talks start at noon.", []),
        ("회담은 열흘 뒤 열린다.", "The talks will be held in 10 days.", []),
        ("회담은 곧 열린다.", "The talks will be held on March 14.", [W]),
        ("9·19 군사합의를 깼다.", "It broke the Sept. 19 military agreement.", []),
        ("회담은 14일간 열린다.", "The talks will be held for 14 days.", []),
        ("1990년대에 지었다.", "It was built in the 1990s.", []),
    ],
)
def test_dates(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(dates, source, target) == levels


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        ("장관이 말했다.", "The minister spoke.", []),
        ("장관이 말했다.", "The 장관 spoke.", [E]),
        ("장관이 말했다.", "The minister (장관) spoke.", [W]),
        ("장관이 말했다.", "The minister (“장관”) spoke.", [W]),
        ("ㅋㅋ 웃었다.", "He laughed ㅋㅋ.", [E]),
        ("미·중이 만났다.", "美 and 中 met.", []),
    ],
)
def test_untranslated(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(untranslated, source, target) == levels


def test_untranslated_into_korean() -> None:
    same = "The minister spoke for an hour."
    assert _levels(untranslated, same, same, ("en", "ko")) == [E]
    assert _levels(untranslated, "KF-21 ICBM", "KF-21 ICBM", ("en", "ko")) == []
    assert _levels(untranslated, same, "장관은 한 시간 동안 말했다.", ("en", "ko")) == []


LONG = "국방부는 함정 열두 척을 새로 들여올 계획이라고 밝혔다."


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        (LONG, "", [E]),
        (LONG, "   ", [E]),
        (LONG, "The defense ministry said it planned to bring in 12 new ships.", []),
        (LONG, "Yes.", [E]),
        (LONG, "The ministry bought ships.", [W]),
        (LONG, "The ministry said so. " * 20, [E]),
        ("네.", "Yes, that is what I have been saying all along.", []),
    ],
)
def test_length(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(length, source, target) == levels


def test_length_into_korean() -> None:
    english = "The defense ministry said it planned to bring in 12 new ships."
    assert _levels(length, english, LONG, ("en", "ko")) == []
    assert _levels(length, english, "네.", ("en", "ko")) == [E]


@pytest.mark.parametrize(
    ("target", "levels"),
    [
        ("The minister spoke and left.", []),
        ("The the the minister spoke.", [E]),
        ("It was very, very cold.", []),
        ("No, no, no, he said.", [E]),
        ("He said that he would go home and he said that he would go home.", [E]),
        ("For the first time in a year he spoke for the first time to her.", []),
        ("He went to the market, and she went to the market, too.", []),
        ("- - - - -", []),
    ],
)
def test_repetition(target: str, levels: list[Level]) -> None:
    assert _levels(repetition, "장관은 말을 마치고 자리를 떴다.", target) == levels


def test_what_the_source_repeats_may_be_repeated() -> None:
    source = "가자 바다로 가자 바다로 가자 바다로 가자 바다로"
    target = "Let us go to the sea, let us go to the sea"
    assert _levels(repetition, source, target) == []


def test_a_clause_said_twice_is_an_error_where_the_source_says_it_once() -> None:
    target = "The U.S. Indo-Pacific Command in Hawaii leads the {} and the U.S. Indo-Pacific Command in Hawaii."
    once = _segment("하와이의 미 인도태평양사령부가 훈련을 이끈다.", target.format("drill"))
    (finding,) = repetition.check(once, "ko", "en")
    assert finding.level is E
    assert once.target[slice(*finding.target_span or ())] == "the U.S. Indo-Pacific Command in Hawaii"
    assert _levels(repetition, "미 인도태평양사령부와 인도태평양사령부 지원단이 이끈다.", target.format("drill")) == [W]


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        ("신뢰는 하루아침에 쌓이지 않는다.", "Trust is not built overnight.", []),
        ("신뢰는 하루아침에 쌓이지 않는다.", "Trust is built overnight.", [W]),
        ("정부는 협상에 참여하지 않기로 했다.", "The government decided to take part in the talks.", [W]),
        ("북한은 반발하지 않고 있다.", "North Korea is protesting.", [W]),
        ("북한은 반발하지 않고 있다.", "North Korea has yet to protest.", []),
        ("그는 “제재만으로 풀 수 없다”고 말했다.", 'He said, "Sanctions alone can solve it."', [W]),
        ("그는 “제재만으로 풀 수 없다”고 말했다.", 'He said, "Sanctions alone cannot solve it."', []),
        ("그는 병원이 없다며 울었다.", "He wept, saying there is a hospital.", [W]),
        ("이번 사고는 인재가 아니다.", "This accident was man-made.", [W]),
        ("주민들은 대피하지 못했다.", "Residents evacuated.", [W]),
        ("주민들은 대피하지 못했다.", "Residents failed to evacuate.", []),
        ("주민들은 알지 못했다.", "Residents were unaware.", []),
        ("비판이 끊이지 않는다.", "Criticism continues.", []),
        ("그럴 수밖에 없다.", "It is bound to be so.", []),
        ("예산이 부족하지 않다.", "The budget is sufficient.", []),
        ("모르지 않는다. 없지 않다.", "He knows; there are some.", []),  # two negations
        ("비가 오지 않아 공연이 열렸다.", "The show went on in dry weather.", []),  # the predicate is no negation
        ("뛰지 못하게 했다.", "They kept them still.", []),
        ("왜 오지 않았나?", "Where was he?", []),
        ("있다.", "It is not.", []),
    ],
)
def test_negation(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(negation, source, target) == levels


def test_a_lost_negation_is_shown_where_it_stands() -> None:
    segment = _segment("신뢰는 하루아침에 쌓이지 않는다.", "Trust is built overnight.")
    (finding,) = negation.check(segment, "ko", "en")
    assert segment.source[slice(*finding.source_span or ())] == "쌓이지 않는다"


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        ("그는 “준비는 모두 끝났다”고 말했다.", "He said, “All is ready now.”", []),
        ("그는 “준비는 모두 끝났다”고 말했다.", 'He said, "All is ready now."', []),
        ("그는 “준비는 모두 끝났다”고 말했다.", "He said all was ready.", [W]),
        ("그는 “준비는 모두 끝났다”고 말했다.", 'He said, "All is ready now.', [W]),
        ("그는 준비가 끝났다고 말했다.", "He said, “All is ready now.”", [W]),
        ("그는 ‘확장억제’를 강조했다.", "He stressed “extended deterrence.”", []),
        ("「확장억제」를 펴냈다.", "He published “Extended Deterrence.”", []),
        ("그는 “준비는 끝났다. 이제", 'He said, "All is ready. Now', []),
        ("그는 말했다.", "It's the minister's words.", []),
        ("그는 “준비는 모두 끝났다”고 말했다.", "He said, 'All is ready now.'", [W]),
        ("교수 “준비는 모두 끝났다”…내일 출항", "Professor says 'All is ready'; ship leaves tomorrow", []),
        ("교수 “준비는 모두 끝났다”", "Professor: All is ready", []),
        ("교수 “준비는 모두 끝났다”…내일 출항", "Professor says all is ready; ship leaves", []),
        ("교수 “준비는 모두 끝났다”…내일 출항", "Professor's ship leaves tomorrow", [W]),
    ],
)
def test_quotes(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(quotes, source, target) == levels


def test_titles_in_single_marks_are_quotations_in_korean() -> None:
    assert _levels(quotes, 'He wrote "A House by the Sea."', "그는 ‘바닷가의 집’을 썼다.", ("en", "ko")) == []
    assert _levels(quotes, 'He wrote "A House by the Sea."', "그는 바닷가의 집을 썼다.", ("en", "ko")) == [W]


@pytest.mark.parametrize(
    ("source", "target", "levels"),
    [
        ("북한이 ICBM을 쐈다.", "The North fired an ICBM.", []),
        ("북한이 ICBM을 쐈다.", "The North fired a missile.", [W]),
        ("F-35가 떴다.", "F35 jets flew.", []),
        ("SK하이닉스가 투자한다.", "SK hynix will invest.", []),
        ("SK하이닉스가 투자한다.", "Hynix will invest.", [W]),
        ("25km를 걸었다.", "They walked 25 kilometers.", []),
        ("yun@desk.example로 보낸다.", "Send it by mail.", []),
        ("KBS와 MBC가 중계한다.", "KBS will broadcast it.", [W]),
    ],
)
def test_latin(source: str, target: str, levels: list[Level]) -> None:
    assert _levels(latin, source, target) == levels


TERM = Occurrence(0, 4, "t:1", "확장억제", ("extended deterrence",), ("expanded deterrence",))


@pytest.mark.parametrize(
    ("target", "term", "levels"),
    [
        ("Extended deterrence holds.", replace(TERM, outcome=Outcome.APPLIED, found="Extended deterrence", target_start=0, target_end=19), []),
        ("Deterrence holds.", replace(TERM, outcome=Outcome.MISSING), [E]),
        ("Deterrence holds.", replace(TERM, outcome=Outcome.MISSING, status="document"), [W]),
        ("Deterrence holds.", replace(TERM, outcome=Outcome.WAIVED, how="the desk's wish"), []),
        ("Extended deterrence holds.", replace(TERM, outcome=Outcome.REPAIRED, how="n-best", found="Extended deterrence", target_start=0, target_end=19), [I]),
        ("Expanded deterrence holds.", replace(TERM, outcome=Outcome.MISSING), [E, E]),
    ],
)  # fmt: skip
def test_terms(target: str, term: Occurrence, levels: list[Level]) -> None:
    assert [f.level for f in terms.check(_segment("확장억제는 굳건하다.", target, (term,)), "ko", "en")] == levels


def test_a_forbidden_form_is_shown_where_it_stands() -> None:
    segment = _segment("확장억제는 굳건하다.", "The expanded deterrence holds.", (replace(TERM, outcome=Outcome.MISSING),))
    finding = list(terms.check(segment, "ko", "en"))[-1]
    assert segment.target[slice(*finding.target_span or ())] == "expanded deterrence"
    assert "extended deterrence" in finding.message


def _document(*segments: Segment, kind: Kind = Kind.PARAGRAPH) -> Document:
    return Document("a", "a.txt", "ko", "en", (Block("b001", kind, " ".join(s.source for s in segments), "ko", segments),))


BAD = _segment("관객은 12,345명이다.", "관객 only.")


def _all(document: Document) -> list[Finding]:
    return [f for s in document.segments(boilerplate=True) for f in s.findings]


def test_all_checks_run_and_findings_are_made_anew() -> None:
    once = run_checks(_document(BAD))
    assert {f.check for f in _all(once)} >= {"untranslated", "figures"}
    assert run_checks(once) == once
    mended = once.map_segments(lambda s: replace(s, target="There were 12,345 spectators."))
    assert _all(run_checks(mended)) == []


@pytest.mark.parametrize(
    "document",
    [
        _document(replace(BAD, origin=Origin.COPY)),
        _document(replace(BAD, state=State.INITIAL, target="")),
        _document(BAD, kind=Kind.BOILERPLATE),
    ],
)
def test_what_nobody_translated_is_not_checked(document: Document) -> None:
    assert _all(run_checks(document)) == []


def test_each_check_has_a_name_of_its_own() -> None:
    assert len({c.NAME for c in CHECKS}) == len(CHECKS) == 9


@pytest.mark.parametrize("text", ["", " ", "\n", "…", "“", "1" * 500, "가" * 3000, "\ud7a3\u0301", "🛳️"])
def test_no_text_breaks_a_check(text: str) -> None:
    for way in (("ko", "en"), ("en", "ko")):
        for check in CHECKS:
            for segment in (_segment(text, "x"), _segment("가나다", text), _segment(text, text)):
                assert all(f.check == check.NAME for f in check.check(segment, *way))
