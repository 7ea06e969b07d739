# ruff: noqa: E501 - patterns read better unbroken
"""Patterns of a news page's single lines: times, bylines, captions, list lines, questions and answers."""

from __future__ import annotations

import re

TIME = re.compile(
    r"^(?:•\s*)?(?:(?:기사\s?)?(?:등록|입력|수정|송고|승인|게재|발행|최종\s?(?:수정|업데이트)|최초\s?(?:입력|등록)|업데이트|작성|게시|최종편집)(?:일|시간|일시)?\s*[:：]?\s*)?"
    r"(?:19|20)\d\d\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}|"
    r"^(?:등록|입력|수정|승인)\s*:?\s*\d\d\.\d\d\.\d\d\b|^(?:보도\s?(?:시점|일시)|배포(?:\s?시점|일시)?)\s*[:：]?\s*20\d\d|"
    # A release's second day: (5. 8.(금) 조간).
    r"^\(\d{1,2}\.\s?\d{1,2}\.\s?\([월화수목금토일]\)\s?(?:조간|석간)\)$"
)
_MONTH = r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
ENGLISH_TIME = re.compile(
    rf"^(?:(?:Published|Updated|Posted|Last updated|Modified|All News|Release date)\s*[:.]?\s*)(?:\d{{1,2}}:\d\d\s*,?\s*)?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH}|20\d\d[-./]\d).*$|"
    rf"^(?:\d{{1,2}}:\d\d,?\s+)?{_MONTH}\s+\d{{1,2}},\s+20\d\d(?:\s*(?:,|at|-)?\s*\d{{1,2}}:\d\d.{{0,16}})?$"
)
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
REPORTER = r"(?:기자|특파원|논설위원|선임기자|전문기자|수습기자|인턴기자|객원기자|통신원|앵커|PD|에디터|평론가|칼럼니스트)"
_NAMES = r"[가-힣]{2,4}(?:(?:[·,ㆍ]\s?|\s(?=[가-힣]{3}[\s·,]))[가-힣]{2,4}){0,3}"
_EMAILS = rf"{EMAIL}(?:\s?,\s?{EMAIL}){{0,3}}"
BYLINE = re.compile(
    rf"^(?:\[[^\]]{{2,40}}{REPORTER}\]|\([^)]{{1,20}}=[^)]{{1,20}}\)\s*(?:{_NAMES}\s?{REPORTER}(?:\s*=)?)?|"
    rf"(?:[가-힣A-Za-z·]{{2,12}}\s?[=|]\s?|\[[^\]]{{2,24}}\]\s*)?(?:[가-힣A-Za-z]{{2,12}}\s)?{_NAMES}\s?{REPORTER}\s*(?:=|[|/(]?\s*{EMAIL}\)?)?|기자\s?[가-힣]{{2,4}}|"
    rf"(?:글|사진|글·사진|취재|정리|영상|취재\s?기자|촬영\s?기자|영상\s?취재|영상\s?편집|그래픽|자막)\s?[=:/ ]\s?[가-힣]{{2,4}}\s?{REPORTER}?(?:\s{EMAIL})?(?:\s?[/,|]\s?[가-힣 ]{{2,8}}\s?[=:]\s?[가-힣]{{2,4}})*|"
    rf"글\s?[=:]?\s?{_NAMES}\s?{REPORTER}(?:\s{EMAIL}\s?|\s?[·/,|]\s?)사진\s?[=:]?\s?{_NAMES}(?:\s?{REPORTER})?(?:\s{EMAIL})?|글[ ·/,]?\s?사진\s[가-힣]{{2,4}}\s?(?:\(\w+\)|{REPORTER})?|\((?:영상|촬영|취재|그래픽)[가-힣 ]*\s?:\s?[^()]{{2,60}}\)|"
    rf"[◎◇■]?\s?(?:공감언론\s)?(?:[가-힣]{{2,6}}\s)?{_EMAILS})\s*$"
)
LEADING = re.compile(
    rf"^(\[[^\]]{{2,40}}{REPORTER}[^\]]{{0,12}}\]|\([^)=]{{1,20}}=[^)]{{1,20}}\)\s*(?:{_NAMES}\s?{REPORTER}\s*=)?|"
    rf"[가-힣]{{2,8}}=(?:[가-힣]{{2,12}}\s)?[가-힣]{{2,4}}\s?{REPORTER}\s*=?|\[[가-힣A-Za-z· ]{{2,16}}=[^\]]{{2,20}}\]\s*{_NAMES}\s?{REPORTER}\s*=|"
    rf"{_NAMES}\s?{REPORTER}\s?=)\s*(?=\S)"
)
# A caption as agencies write it under the picture's title: (서울=통신) 이름 기자 = 12일 …
PICTURED = re.compile(rf"^\([^()=]{{1,20}}=[^()=]{{1,20}}\)\s*{_NAMES}\s?{REPORTER}\s*=\s*\S")
# The reporter behind the last sentence: 말했다. /한도윤 기자 doyun@…
TRAILING = re.compile(rf"(?<=[.])\s*/?\s*((?:[가-힣]{{2,8}}\s?=\s?)?{_NAMES}\s?{REPORTER}\s*(?:[(]?{EMAIL}[)]?)?|{EMAIL})$")
DATELINE = re.compile(r"^([A-Z][A-Z./ -]+(?:,\s+[A-Z][\w. ]+?)?(?:,\s+\w+\.?\s+\d{1,2})?\s+\([\w. ]+\)\s+(?:--|—|–))\s*(?=\S)")
ENGLISH_BYLINE = re.compile(
    r"^(?:By\s+[A-Z][\w.'-]+(?:\s+[A-Z][\w.'-]+){0,3}(?:(?:\s+and|,)\s+[A-Z].{0,60})?|[A-Z][A-Z ]+,\s+\w+\.?\s+\d{1,2}\s+\([\w ]+\)\s+--|\(?[\w.+-]+@[\w.-]+\.\w+\)?)\s*$"
)
CAPTION = re.compile(
    r"(?:\[?\s?사진\s?[=:/]|\(\s?사진\s?[=:]|/\s?(?:사진|연합뉴스|뉴시스|뉴스1|AP|AFP|로이터|REUTERS|신화|EPA|교도)|사진\s?제공|\[사진|자료사진|"
    r"\((?:연합뉴스|뉴시스|뉴스1)(?:\s?제공)?\)|=\s?(?:연합뉴스|뉴시스|뉴스1|AP|AFP)(?:\s?제공)?\s*$|제공\s?사진|ⓒ\s?(?:연합뉴스|뉴시스|뉴스1|AP|AFP|로이터))"
)
# A caption by its credit at the end, whatever the agency's name.
CREDIT = re.compile(
    rf"(?:[.다]\s?/\s?(?![가-힣= ]{{2,16}}{REPORTER})[가-힣A-Za-z0-9·= ]{{2,20}}|(?:있다|모습|모습이다|보인다)[.]?\s?/?\s?(?:[가-힣]+\s?=\s?)?{_NAMES}\s?{REPORTER}(?:\s?{EMAIL})?|\S\s?/\s?(?:연합뉴스|뉴시스|뉴스1|AP|AFP|로이터|조선중앙통신|노동신문|신화)\S{{0,12}}|자료\s?사진\)?|공동취재단\)?|사진\s?=\s?\S.{{0,16}}|"
    rf"20\d\d\.\s?\d{{1,2}}\.\s?\d{{1,2}}\.?\s?(?:\S+\s)?{EMAIL}.{{0,24}}|20\d\d\.\s?\d{{1,2}}\.\s?\d{{1,2}}/뉴스1.{{0,20}}|\S\s[가-힣 ]{{2,12}}\s제공\.?\)?|ⓒ\s?[가-힣A-Za-z0-9=]{{2,12}}|[가-힣]{{2,8}}DB|"
    rf"[.]\s\[[가-힣]{{2,4}}\s?{REPORTER}\]|AI로 생성한 이미지\]?|[.]\s?[\[(]?(?:(?:[A-Z]{{2,5}}|로이터|신화|교도)\s?[=·/]?\s?)?(?:연합뉴스|뉴시스|뉴스1|AP|AFP|로이터|EPA|신화|게티이미지\S*|셔터스톡|픽사베이)(?:TV)?(?:\s?(?:제공|자료사진))?[\])]?|재판매 및 DB 금지\]?)\s*$"
)
ENGLISH_CREDIT = re.compile(r"\((?:Yonhap|AP|AFP|Reuters|EPA|Xinhua|Kyodo|Newsis|News1|Photo courtesy.{0,40}|Courtesy.{0,40}|PHOTO NOT FOR SALE)\)\s*(?:\(END\))?$|[.]\s\([A-Z][^()]{2,40}\)$|(?:via|/)\s?(?:REUTERS|Reuters|AP|AFP|Yonhap)\s*$|/Pool\b")
ENGLISH_CAPTION = re.compile(
    r"(?:via REUTERS|/Pool|\bReuters\b|Getty Images|\bAP Photo\b|\(AP\b|\bAFP\b|\bEPA\b|pose for|/Yonhap|\(Yonhap\)|\bphoto\b|\bfile\b|"
    r"^[A-Z][A-Z ]+,\s*[A-Z][A-Z ]+\s*-\s*[A-Z]+ \d)",
    re.IGNORECASE,
)
# ○○지법 is a court whose name is kept back, no list line.
ITEM = re.compile(r"^(?:(?!([○△□●◇◎])\1)[▲△▶▷■□◆◇●○◎※✔☑–\-*•‣▪]\s?|[ㅇo]\s|[①-⑳㉠-㉭]\s?|\(?\d{1,2}[.)]\s|[가-하]\.\s)(?=\S)")
# How a question ends without its mark; 증가, 필요, 코로나 and 다섯 중 하나 end list lines.
_ASKING = (
    r"(?:[?까]|\S[는은인던한된운큰런른쁜]가|누군가|건가|[은는인던을할될일올갈볼날]지|(?<!코로)(?<!중 하)(?<!루)(?<!이오)나|(?<![필수주개중강소동가])요)\.?\??$"
)
# ―책을 쓰게 된 계기는. is a question only with the long dash: a hyphen begins list lines too.
QUESTION = re.compile(
    rf"^(?:Q\s?\d*\s?[.:)]|문\s?[:.)]|[―—–-]{{1,2}}\s?.{{3,}}{_ASKING}|[―—]{{1,2}}\s?.{{2,}}(?:[은는]|는데)\.?\??$|▶?\s?질문\s?\d*\s?[:.]|[<〈\[]질문\s?\d*[>〉\]])"
)
ANSWER = re.compile(r"^(?:A\s?\d*\s?[.:)]|답\s?[:.)]|▶?\s?답변?\s?\d*\s?[:.]|[<〈\[]답변?\s?\d*[>〉\]])")
# What an agency writes under its last line.
END_MARK = re.compile(r"^[(\[<]\s?끝\s?[)\]>]\.?$")
FINAL = re.compile(r"(?:[.?!。]|[다요죠까]|다[\"”’])[\"”’)\]]*$")
