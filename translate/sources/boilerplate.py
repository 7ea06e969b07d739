"""The furniture of Korean news pages: lines that belong to the page, not to the article.

Two kinds of evidence.  Some lines are furniture wherever they stand (a copyright line, a share button).  Others open the
page's tail (추천 뉴스, 많이 본 뉴스, the publisher's address): what follows them is furniture too unless it is prose.
When in doubt a line is part of the article: a sentence lost is worse than a button kept.
"""

from __future__ import annotations

import re

_BUTTONS = (
    "본문 바로가기|메뉴|메뉴 열기|전체메뉴|로그인|로그아웃|회원가입|마이페이지|검색|구독|구독하기|구독신청|기사 공유|기사공유|공유|공유하기|SNS 공유|"
    "인쇄|인쇄하기|프린트|스크랩|즐겨찾기|글자 ?크기( ?(조절|변경|설정|작게|크게))?|글씨크기|가|가가|작게|크게|다크모드|닫기|창닫기|열기|펼치기|접기|더보기|전체보기|"
    "이전|다음|이전기사|다음기사|이전 기사|다음 기사|왼쪽|오른쪽|왼쪽 오른쪽|목록|목록으로|위로|맨위로|TOP|top|홈|댓글|댓글 ?(쓰기|보기|달기|열기|닫기)?|"
    "소셜 댓글|전체 댓글|좋아요|싫어요|슬퍼요|화나요|훈훈해요|후속기사 원해요|추천|추천해요|응원|공감|카카오톡|카카오스토리|페이스북|트위터|밴드|네이버 ?(밴드|블로그)|"
    "라인|엑스|X|URL ?복사|링크 ?복사|주소 ?복사|메일|이메일|이메일 보내기|기사 ?듣기|음성으로 듣기|TTS|요약|AI ?요약|번역|기사원문|원문보기|PDF|지면보기|지면PDF|"
    "앱 다운로드|알림|알림 ?설정|뉴스레터( 신청)?|제보|기사제보|기사 제보|고객센터|회사소개|광고|광고문의|ADVERTISEMENT|AD|제휴문의|이용약관|개인정보( ?처리방침| ?취급방침)?|"
    "청소년보호정책|저작권규약|사이트맵|RSS|PC버전|모바일버전|운세|날씨|포토|영상|사진|동영상|카드뉴스|인포그래픽|사설|칼럼|오피니언|정치|경제|사회|국제|세계|문화|스포츠|연예|IT·?과학|과학|건강|라이프|부동산|증권|산업|전국|지역|북한"
)
_ALWAYS = re.compile(
    "|".join(
        (
            rf"^(?:{_BUTTONS})$",
            r"^(?:좋아요|슬퍼요|화나요|댓글|공감|추천|조회(?:수)?|읽음)\s*:?\s*[\d,]+(?:개|건)?$",
            r"무단\s?(?:전재|복제|배포)",
            r"(?:저작권자|Copyright|ⓒ|©|\(c\))[^.]{0,60}(?:All [Rr]ights? [Rr]eserved|무단|금지|저작권)",
            r"^(?:저작권자\s*)?[ⓒ©]\s?\S",
            r"[Aa]ll [Rr]ights? [Rr]eserved",
            r"^(?:대표\s?전화|전화|팩스|FAX|TEL|Tel)\s*[:.]?\s*\(?0\d",
            r"(?:사업자\s?등록\s?번호|사업자번호|통신판매업\s?신고|등록번호\s*[:：]?\s*[가-힣]{0,3}\s?,?\s?[가-힣]?\d|정기간행물)",
            r"(?:청소년보호책임자|개인정보관리책임자|고충처리인)\s*[:：]?\s*[가-힣]{2,4}",
            r"^(?:발행인|편집인|발행·편집인|인쇄인|회장|대표이사)\s*[:：]?\s*[가-힣]{2,4}(?:\s|$|[|Il·,])",
            r"^\(?\d{5}\)?\s+[가-힣]+(?:특별시|광역시|시|도)\s.*(?:로|길|동)\s?\d",
            r"^(?:주소|본사)\s*[:：]?\s*[가-힣]+(?:특별시|광역시|시|도)\s",
            r"(?:추천|관련|인기|많이\s?본|맞춤|핫|주요|최신|실시간|랭킹|이\s?시각)\s?(?:뉴스|기사|이슈|포토|영상|클릭)\s*(?:by|BY)\s?\w+",
            r"^(?:Taboola|Dable|데이블|타불라)\b",
            r"^(?:▶|▷|☞|※|►|◆|■|▲|➤|→|\[)?\s*(?:네이버|카카오|유튜브|텔레그램|구글|다음|페이스북|인스타그램)[가-힣A-Za-z' ]{0,20}(?:구독|채널|팔로우|에서 만나|추가)",
            r"(?:구독|팔로우|좋아요)(?:과|와)?\s?(?:[가-힣]+를?\s)?(?:눌러|부탁|하기|신청|▶|→|바로가기)",
            r"^(?:▶|▷|☞|►|➤)\s",
            r"^(?:제보는|제보하기|기사\s?제보|제보)\b.*(?:카톡|카카오톡|이메일|전화|@|\d{3,4}-\d{4}|채널)",
            r"^\[?\s*(?:관련\s?기사|관련\s?뉴스|이\s?기사와 함께|함께 보면 좋은)\s*\]?\s*[:：]?",
            r"기자의?\s?(?:다른\s?기사|구독|기사\s?더\s?보기|페이지)",
            r"^(?:카카오톡|페이스북|트위터|밴드)(?:\s(?:카카오톡|페이스북|트위터|밴드|URL\s?복사|공유|X|라인))+$",
            r"^본 (?:기사|콘텐츠|저작물)(?:는|은).{0,60}(?:저작권|라이선스|공공누리)",
            r"^(?:이\s?)?기사(?:를|가)\s?(?:추천|후원|마음에|좋으셨|공유)",
            r"^(?:\d{1,2}\s)?[가-힣 ]{2,12}(?:면|판)\s?(?:\d+단|TOP)\s?(?:기사)?$",
        )
    )
)
# Lines after which the page's tail begins.
_TAIL = re.compile(
    r"^(?:\W{0,3})(?:추천\s?뉴스|당신을 위한|맞춤\s?뉴스|많이\s?본|가장\s?많이|실시간\s?(?:인기|뉴스|랭킹|주요)|인기\s?(?:뉴스|기사)|주요\s?(?:뉴스|기사)|"
    r"최신\s?(?:뉴스|기사)|오늘의\s?(?:뉴스|주요|핫)|핫\s?(?:뉴스|이슈|클릭|포토)|이\s?시각\s?(?:주요|추천|많이)|관련\s?(?:뉴스|기사)|랭킹\s?뉴스|"
    r"에디터\s?(?:추천|픽)|소셜\s?댓글|댓글\s?\d*|포토\s?(?:뉴스|갤러리)|연재|기획·?연재|네티즌|스폰서|AD\s?링크|투데이|뉴스\s?스탠드|신문\s?보기|회사\s?소개|"
    r"독자\s?여러분|패밀리\s?사이트|Family [Ss]ite|이전\s?기사|다음\s?기사|섹션별)"
)
_PROSE = re.compile(r"[가-힣][^.?!]{12,}(?:다|요|까|죠)[.?!][\"”’)]?(?:\s|$)")


def is_furniture(line: str) -> bool:
    """True for a line that is furniture wherever it stands; never for a line of prose of some length."""
    text = line.strip().strip("•·|-–—▪ ")
    if not text:
        return False
    if _PROSE.search(text) and not re.search(r"무단\s?(?:전재|복제)|All [Rr]ights? [Rr]eserved", text):
        return False
    return bool(_ALWAYS.search(text))


def opens_tail(line: str) -> bool:
    """True for a line with which the page's tail begins."""
    text = line.strip().strip("•·|-–—▪[] ")
    return len(text) <= 40 and bool(_TAIL.match(text)) and not _PROSE.search(text)


def is_prose(line: str) -> bool:
    """True for a line that is surely the article's: a Korean sentence of some length with its ending."""
    return bool(_PROSE.search(line))
