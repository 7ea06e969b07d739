"""Chinese characters that stand for countries and institutions in Korean headlines."""

from __future__ import annotations

# One character for a name; used only where a glossary has the name.
HEADLINE = {
    "미국": "美", "일본": "日", "중국": "中", "북한": "北", "한국": "韓", "영국": "英", "독일": "獨", "프랑스": "佛", "러시아": "露",
    "대만": "臺", "인도": "印", "호주": "濠", "이탈리아": "伊", "유럽연합": "歐", "베트남": "越", "몽골": "蒙",
}  # fmt: skip
CHARACTERS = frozenset(HEADLINE.values())
