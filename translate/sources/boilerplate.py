"""The furniture of news pages: lines that belong to the page, not to the article.

Two kinds of evidence.  Some lines are furniture wherever they stand (a copyright line, a share button).  Others open a box
or the page's tail (추천 뉴스, 많이 본 뉴스, 관련기사): whether what follows them is the article again, `page_parts` decides.
When in doubt a line is part of the article: a sentence lost is worse than a button kept.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

_BUTTONS = (
    "본문 ?바로가기|메뉴 ?바로가기|메뉴|메뉴 열기|전체 ?메뉴|주메뉴|로그인|로그아웃|회원가입|마이페이지|검색|검색창 열기|구독|구독중|구독하기|구독신청|기사 ?공유(하기)?|공유|공유하기|SNS (공유|보내기)|"
    "인쇄|인쇄하기|프린트|스크랩|스크랩하기|북마크|즐겨찾기|글자 ?크기( ?(조절|조정|변경|설정|작게|크게|변경하기|조절하기|키우기|줄이기))*|글씨 ?크기( ?조절(하기)?)?|폰트 ?크기.{0,6}|가|가가|가\\+|가-|작게|크게|작게 크게|다크모드|"
    "닫기|창닫기|열기|펼치기|접기|더보기|\\+ ?더보기|전체보기|기사 ?전체보기|이전|다음|이전 ?기사|다음 ?기사|이전다음기사|왼쪽|오른쪽|왼쪽 오른쪽|목록|목록으로|위로|맨 ?위로|TOP|top|홈|HOME|댓글|댓글 ?(쓰기|보기|달기|열기|닫기|삭제)|"
    "소셜 댓글|전체 댓글|100자평|좋아요|싫어요|슬퍼요|화나요|훈훈해요|감동이에요|후속기사 ?원해요|쏠쏠정보|흥미진진|공감백배|분석탁월|후속강추|추천|추천해요|응원|공감|카카오톡|카카오스토리|페이스북|트위터|밴드|네이버 ?(밴드|블로그)|"
    "라인|엑스|X|URL ?복사|링크 ?복사|주소 ?복사|메일|이메일|이메일 보내기|기사 ?듣기|본문 ?듣기|음성으로 듣기|텍스트 음성 변환 서비스 사용하기|기사를 읽어드립니다|TTS|요약|AI ?요약|본문 ?요약봇?|요약 ?보기|TALK|톡|요약봇|번역|번역 ?설정|기사 ?원문|원문 ?보기|PDF|PDF보기|지면보기|지면PDF|"
    "바로가기|복사하기|본문 ?글씨 ?(줄이기|키우기)|앱 ?다운로드|알림|알림 ?설정|뉴스레터( 신청)?|제보|제보하기|기사 ?제보|고객센터|회사소개|광고|광고문의|ADVERTISEMENT|AD|제휴문의|이용약관|개인정보( ?처리방침| ?취급방침)?|기사 ?내용 ?요약|이 ?시간 ?뉴스|"
    "청소년 ?보호 ?정책|저작권 ?규약|사이트맵|RSS|PC ?버전|모바일 ?버전|기자 ?(페이지|프로필|구독)|PICK 안내|언론사별|랭킹|신문보기|팩트체크|프리미엄|NAVER|네이버|기사 ?섹션 ?분류 ?안내|도움말 삭제기준|구독자 \\d+|응원 \\d+|"
    "URL|줄이기|URL ?줄이기|구독 안내|사진 확대|첨부파일|첨부|이미지 ?(확대|크게) ?보기|사진 ?(확대|크게) ?보기|확대|원본보기|영상 ?보기|재생|일시정지|음소거|배속|기사입력|히단 배너 영역|하단 배너 영역|"
    "Skip to (main )?content|Home|National|Menu|Search|Share|Share this article|Print|Email|Save|Subscribe|Sign (in|up)|Log ?in|Register|Facebook|Twitter|Copy (URL|link)|Comments?|Leave a comment|Font size|Listen|Advertisement|\\(END\\)|END|Read more|"
    "More|Close|Most (popular|viewed|read)|Korean|English|Back to top"
)
_SHARES = "카카오톡|카카오스토리|페이스북|트위터|밴드|네이버|URL ?복사|엑스|X|라인|이메일|인쇄|스크랩|링크 복사|텔레그램|핀터레스트"
# Names of sections: furniture before the headline and after the end, in the article perhaps a heading.
_SECTIONS = re.compile(
    r"^(?:보도자료|보도참고자료|설명자료|운세|날씨|포토|영상|사진|동영상|카드뉴스|인포그래픽|사설|칼럼|오피니언|정치|정치 ?일반|정책|정책뉴스|경제|경제 ?일반|사회|사회 ?일반|국제|국제 ?일반|세계|문화|생활|생활/?·?문화|스포츠|연예|엔터|TV|IT·?/?과학|과학|건강|라이프|부동산|증권|금융|산업|"
    r"전국|지역|북한|외교·?/?안보|국방|청와대|국회|법원|검찰|교육|환경|노동|최신 ?(?:기사|뉴스)|속보|뉴스|뉴스 ?\d|홈|(?:홈|뉴스|전체)\s?[>›»].*|.{2,8}\s?[>›]\s?.{2,8}(?:\s?[>›]\s?.{2,8})*)$"
)
# An outlet by its name's ending, at the head of a menu's line: 새벽일보 | 국방·북한.
_OUTLET = re.compile(r"^[가-힣]{1,6}(?:신문|일보|뉴스|통신|방송|경제|매일|타임스|타임즈|저널|데일리|투데이)$")
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# The article has ended where one of these stands after its body.
_RIGHTS = re.compile(
    r"무단\s?(?:전재|복제|배포)|(?:저작권자|Copyright|ⓒ|©|\(c\))[^.]{0,60}(?:All [Rr]ights? [Rr]eserved|무단|금지|저작권)|"
    r"^[<〈\[(]?\s*저작권자|^(?:Copyright\s*)?[ⓒ©]\s?\S|[Aa]ll [Rr]ights? [Rr]eserved|^Copyright\b"
)
_ALWAYS = re.compile(
    "|".join(
        (
            rf"^(?:{_BUTTONS})$",
            rf"^(?:(?:{_SHARES})\s*(?:\(으\)?로\)?\s?기사보내기|공유|에 공유|로 공유|보내기)?\s*)+$",
            r"\(으\)?로\)?\s?기사보내기|^SNS\s?기사보내기",
            r"^#[\w·&]+(?:\s*#[\w·&]+)*$",
            r"^(?:(?:좋아요|싫어요|슬퍼요|화나요|훈훈해요|후속기사 ?원해요|감동이에요|추천|공감|댓글)\s?\d+\s*){2,}$",
            r"^제?\d{2,5}호$|^지면\s?[:：]?\s?(?:(?:19|20)\d\d|[A-Z]?\d{1,2}면?$)",
            r"^(?:좋아요|슬퍼요|화나요|댓글|공감|추천|조회(?:수)?|읽음)\s*:?\s*\(?[\d,]+\)?(?:개|건)?$",
            r"^(?:대표\s?전화|전화|팩스|FAX|TEL|Tel)\s*[:.]?\s*\(?0\d",
            r"(?:사업자\s?등록\s?번호|사업자번호|통신판매업\s?신고|등록번호\s*[:：]?\s*[가-힣]{0,3}\s?,?\s?[가-힣]?\d|정기간행물)",
            r"(?:청소년\s?보호\s?책임자|개인정보\s?(?:관리|보호)?\s?책임자|고충처리인)\s*[:：]?\s*[가-힣]{2,4}",
            r"^(?:발행인|편집인|발행·편집인|발행인·편집인|인쇄인|회장|대표이사|제호|편집국장)\s*[:：]?\s*[가-힣]{2,4}(?:\s|$|[|Il·,/])",
            r"^\(?(?:우편번호\s*)?\d{5}\)?\s+[가-힣]+(?:특별시|광역시|시|도)\s.*(?:로|길|동)\s?\d",
            r"^(?:주소|본사)\s*[:：]?\s*[가-힣]+(?:특별시|광역시|시|도)\s",
            r"(?:추천|관련|인기|많이\s?본|맞춤|핫|주요|최신|실시간|랭킹|이\s?시각)\s?(?:뉴스|기사|이슈|포토|영상|클릭)\s*(?:by|BY)\s?\w+",
            r"^(?:Taboola|Dable|데이블|타불라)\b",
            r"^(?:▶|▷|☞|※|►|◆|■|▲|➤|→|\[)?\s*(?:네이버|카카오|유튜브|텔레그램|구글|다음|페이스북|인스타그램)[가-힣A-Za-z,' ]{0,24}(?:구독|채널|팔로우|에서 만나|추가)",
            r"(?:구독|팔로우|좋아요)(?:과|와)?\s?(?:[가-힣]+를?\s)?(?:눌러|부탁|하기$|신청|▶|→|바로가기|해\s?주세요|하고\s.{0,20}(?:보세요|받으세요|만나세요))",
            r"^(?:▶|▷|☞|►|➤)\s?.*(?:구독|제보|바로가기|클릭|채널|보러가기|기사|뉴스레터|이벤트|@|https?:|앱)",
            r"^(?:제보는|제보하기|■\s?제보|기사\s?제보|제보)(?:$|.*(?:카톡|카카오톡|이메일|전화|@|\d{3,4}-\d{4}|채널))",
            r"^\[?\s*(?:관련\s?기사|관련\s?뉴스|이\s?기사와 함께|함께 보면 좋은|이런 기사 어때요)\s*\]?\s*[:：]?",
            r"기자의?\s?(?:다른\s?기사|구독|기사\s?(?:더\s?보기|모음)|페이지|기사\s?구독)",
            r"^본 (?:기사|콘텐츠|저작물)(?:는|은).{0,60}(?:저작권|라이선스|공공누리)",
            r"^\[자료\s?제공\s?:",
            r"^\[?.{0,16}(?:재판매\s?및\s?DB\s?금지)\]?$",
            r"^(?:이\s?)?기사(?:를|가)\s?(?:추천|후원|마음에|좋으셨|공유)",
            r"언론사가 직접 선정한 이슈$|^텍스트 음성 변환(?: 서비스)?$|^AI\s?요약\s?(?:beta|베타)$|^[가-힣]{2,4} 기자 외 \d+명$",
            r"^Your browser does not support|^.{2,12} 후원하기$|댓글 정책을 결정합니다",
            r"^이 기사는 언론사에서 .{1,10} 섹션으로 분류했습니다",
            r"^(?:\d{1,2}\s)?[가-힣 ]{2,12}(?:면|판)\s?(?:\d+단|TOP)\s?(?:기사)?$",
            r"^(?:읽어주기 기능은|브라우저에서만 사용|로그인을? 해\s?주세요|100자평을|댓글을 (?:입력|작성|남)|삭제한 댓글은|그래도 삭제하시겠|비밀번호$|계정을 선택하시면)",
            r"^(?:항상 시민과 함께|진실을 후원|.{2,12}에 후원|후원하기)",
            r"^.{2,24}\s바로가기\]?$",
            r"^[▼▶]?\s?.{0,8}면(?:에서|에|으로)\s?(?:계속|이어)",
            r"AI\s?기술을 활용해 기사를 요약|기사의 모든 내용은 원문을 확인",
            r"^\d+개의 댓글|^댓글\s?\(?\d+\)?$|^\d{1,2}:\d\d(?:\s?/\s?\d{1,2}:\d\d)?$",
            r"^(?:Follow|Like) us on|^Sign up for|^Subscribe to|^Terms of (?:use|service)|^Privacy [Pp]olicy|^(?:Related|Recommended|Popular|Trending|Latest) (?:articles?|news|stories)|^Most (?:viewed|read|popular)|^(?:Read|See) (?:more|also):",
        )
    ),
    re.IGNORECASE,
)
_BUTTON = re.compile(rf"^(?:{_BUTTONS})$", re.IGNORECASE)
_BUTTON_ROW = re.compile(rf"^(?:{_BUTTONS})(?:\s+(?:{_BUTTONS}))+$", re.IGNORECASE)
# Lines after which a box of other articles, or the page's tail, begins.
_OPENS = re.compile(
    r"^(?:\W{0,3})(?:추천\s?(?:뉴스|기사)|당신을 위한|맞춤\s?뉴스|[가-힣A-Za-z ]{0,12}많이\s?본|가장\s?많이|실시간\s?(?:인기|뉴스|랭킹|주요|뜨거운)|인기\s?(?:뉴스|기사)|[가-힣A-Za-z]{0,8}\s?주요\s?(?:뉴스|기사)$|"
    r"최신\s?(?:뉴스|기사)|오늘의\s?(?:뉴스|주요|핫|추천)|핫\s?(?:뉴스|이슈|클릭|포토)|이\s?시각\s?(?:주요|추천|많이|뉴스|헤드라인)|관련\s?(?:뉴스|기사|키워드|태그)|랭킹\s?뉴스|함께\s?(?:볼만한|본|읽으면)|이런 기사|"
    r"에디터\s?(?:추천|픽)|소셜\s?댓글|댓글\s?\d*$|댓글\s?쓰기|포토\s?(?:뉴스|갤러리)$|연재|기획·?연재|네티즌|스폰서|AD\s?링크|투데이|뉴스\s?스탠드|신문\s?보기|회사\s?소개|"
    r"패밀리\s?사이트|Family [Ss]ite|이전\s?기사|다음\s?기사|섹션별|[가-힣A-Za-z]{2,8}\s?(?:헤드라인|PICK|언론사가 직접)|이슈\s?[가-힣]{0,6}$|제보하기$|"
    r"(?:[Rr]elated|[Rr]ecommended|[Pp]opular|[Tt]rending|[Ll]atest) (?:[Aa]rticles?|[Nn]ews|[Ss]tories)$|[Mm]ost (?:[Vv]iewed|[Rr]ead|[Pp]opular)$)",
    re.IGNORECASE,
)
_RELATED = re.compile(r"^(?:\W{0,3})(?:관련\s?(?:뉴스|기사)|함께\s|이런 기사|[Rr]elated)")
_PROSE = re.compile(r"[가-힣](?:[^.?!]|[.]\d){8,80}(?:다|요|까|죠|음|함|임)[.?!][\"”’)\]]{0,2}(?:\s|$)|[가-힣].{8,80}(?:다|요|까|죠)[\"”’][고며](?:\s|$)")
_ENGLISH_PROSE = re.compile(r"[a-z].{30,200}[a-z0-9)%][.?!][\"”’)]{0,2}(?:\s|$)")


def plain(line: str) -> str:
    """A line without the bullets and bars that pages put around buttons."""
    return line.strip().strip("•·|-–—▪ ").strip()


def ends_page(line: str) -> bool:
    """True for a line of rights: ⓒ, 무단 전재 및 재배포 금지, All rights reserved."""
    text = plain(line)
    if not _RIGHTS.search(text):
        return False
    # 그는 음원을 무단 복제한 혐의를 받는다: an article may speak of it.
    return not _PROSE.search(text) or bool(re.search(r"(?:무단\s?전재|[ⓒ©]|저작권자|All [Rr]ights).{0,80}(?:금지|금합니다|Reserved|reserved)", text))


def is_furniture(line: str) -> bool:
    """True for a line that is furniture wherever it stands; hardly ever for a line of prose."""
    text = plain(line)
    if not text:
        return bool(line.strip())  # a bar between two buttons
    if ends_page(line) or re.search(r"공공누리.{0,40}조건에 따라|게시물 운영원칙에 따라", text):
        return True
    cells = re.split(r"\s*[|>]\s*", text)
    sections = cells[1:] if len(cells) > 1 and is_outlet(cells[0]) else cells
    words = [word for cell in sections for word in ([cell] if _SECTIONS.match(cell) else re.split(r"\s*[·ㆍ/,]\s*|\s+", cell))]
    if len(cells) + len(words) > 2 and all(_BUTTON.match(word) or _SECTIONS.match(word) for word in words):
        return True  # a menu in one line
    if len(text) < 120 and _BUTTON_ROW.match(text):
        return True
    match = _ALWAYS.search(text)
    if not match:
        return False
    return not (is_prose(text) and (match.start() > 0 or len(text) > 60 or re.search(r"[가-힣](?<!니)다[.]", text)))


# A portal's reading machine, one setting a line; each of the words alone may be a table's.
_VOICE = frozenset(("성별", "남성", "여성", "말하기 속도", "매우 느림", "느림", "보통", "빠름", "매우 빠름"))


def voice_settings(lines: Sequence[str]) -> set[int]:
    """Numbers of the lines with a reading machine's settings: 성별, 남성, 여성, 말하기 속도, 느림, 보통, 빠름."""
    found: set[int] = set()
    named = [line.strip() in _VOICE for line in lines]
    for is_voice, group in itertools.groupby(range(len(lines)), key=named.__getitem__):
        run = list(group)
        if is_voice and any(lines[i].startswith("말하기") for i in run):
            found.update(run)
    return found


def is_outlet(line: str) -> bool:
    """True for an outlet's name alone, as far as its ending tells: 새벽일보."""
    return bool(_OUTLET.match(plain(line)))


def is_section(line: str) -> bool:
    """True for a section's name or a path of such: 정치, 홈 > 뉴스 > 지역."""
    return bool(_SECTIONS.match(plain(line)))


def opens_box(line: str) -> bool:
    """True for a line with which a box of other articles or the page's tail begins."""
    text = plain(line).strip("[]<> ")
    return len(text) <= 40 and bool(_OPENS.match(text)) and not is_prose(text)


def opens_related(line: str) -> bool:
    """True for a box that pages also put into the middle of an article: 관련기사."""
    return bool(_RELATED.match(plain(line).strip("[]<> ")))


def is_prose(line: str) -> bool:
    """True for a sentence of some length with its ending."""
    return bool(_PROSE.search(line)) or (not re.search("[가-힣]", line) and bool(_ENGLISH_PROSE.search(line)))
