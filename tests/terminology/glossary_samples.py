"""Glossaries that the tests of file formats share, and hypothesis strategies for more of them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import strategies as st

from translate.terminology.formats import tsv
from translate.terminology.termbase import Glossary, Row, Status

SAMPLE = """\
# title: Fleet desk
# owner: Harbor bureau
# languages: ko-en
# priority: 3
# written by hand, sorted by machine
source\ttarget\tvariants\tstatus\tpart_of_speech\tdomain\tnote\treviewer
\\#바다지킴이\t#SeaKeepers\t\tpreferred\t\t\t\t
기뢰탐색함\tminehunter\t기뢰 탐색함|mine hunter\tpreferred\tnoun\tnavy\tone word, "minehunter"\tYun
기뢰탐색함\tmine searching ship\t\tforbidden\tnoun\tnavy\t\t
# the fleet was renamed in spring
남해함대사령부\tSouth Sea Fleet Command\t남함사|SSFC\tpreferred\tproper noun\tnavy\t\t
남해함대사령부\tSouthern Fleet Headquarters\t\tdeprecated\tproper noun\tnavy\t\t
돌고래호\t\t\tdo-not-translate\tproper noun\t\t\t
수중로봇\tunderwater robot\tko:UUV|en:UUV\tpreferred\tnoun\tnavy\t\t
수중로봇\tundersea robot\t\tadmitted\tnoun\tnavy\t\t
해무\t\t\tproposed\tnoun\tweather\t\t
# end of list
"""


def sample() -> Glossary:
    """The sample glossary."""
    return tsv.read(SAMPLE.encode(), "fleet.tsv")


def bare(row: Row) -> Row:
    """A row without what a file's place gives it."""
    return replace(row, line=0, comment=(), more=tuple((k, v) for k, v in row.more if v))


_KOREAN = (
    "가각간갈감강개거검고공관구국군권금기나남내노단당대도동라력령로리마명무미민바방법부북비사산상서선성소수시안양여연영오"
    "외용우원위유의이인자장전정제조주중지차총타통평포하한함합항해행호화환황회힘"
)
korean = (
    st.text(st.sampled_from(_KOREAN + " ·-"), min_size=2, max_size=12)
    .map(lambda s: " ".join(s.split()))
    .filter(lambda s: any("가" <= c <= "힣" for c in s))
)
english = (
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEF019 -'.,&()\"/;=+@#<>"), min_size=1, max_size=24)
    .map(lambda s: " ".join(s.split()))
    .filter(lambda s: s != "" and not s.startswith(("ko:", "en:")) and any(c.isalpha() for c in s))
)
notes = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs")), max_size=20).map(
    lambda s: unicodedata.normalize("NFC", " ".join(s.split()))
)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows of several concepts: distinct sources, each with a preferred row and perhaps others."""
    made: list[Row] = []
    sources = draw(st.lists(korean, min_size=1, max_size=6, unique_by=lambda s: s.replace(" ", "")))
    for source in sources:
        targets = draw(st.lists(english, min_size=1, max_size=3, unique_by=str.casefold))
        domain, part = draw(st.sampled_from(["", "navy", "law"])), draw(st.sampled_from(["", "noun", "verb"]))
        for index, target in enumerate(targets):
            rest = [Status.ADMITTED, Status.DEPRECATED, Status.FORBIDDEN]
            status = draw(st.sampled_from(rest)) if index else Status.PREFERRED
            made.append(Row(source, target, (), status, part, domain, draw(notes)))
    return made
