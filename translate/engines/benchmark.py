"""How fast an engine is on this machine: a short text of our own, translated in a process of its own."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from translate.engines import Request
from translate.engines.registry import is_endpoint, open_engine
from translate.settings import Settings

TEXT = (
    "국회는 11일 본회의를 열어 내년도 예산안을 의결했다.",
    "예산은 올해보다 4.2% 늘어난 712조 원이며, 국방비가 66조 원을 차지한다.",
    "두 나라 국방장관은 서울에서 만나 확장억제를 강화하는 방안을 논의했다.",
    "장관은 회담 뒤 기자들에게 “연합 방위 태세는 그 어느 때보다 굳건하다”고 말했다.",
    "합동참모본부는 북한이 동해상으로 단거리 탄도미사일 두 발을 발사했다고 밝혔다.",
    "미사일은 약 350km를 날아가 공해에 떨어졌으며 피해는 보고되지 않았다.",
    "기상청은 주말까지 중부 지방에 최대 80mm의 비가 내리겠다고 예보했다.",
    "한국은행은 기준금리를 연 2.5%로 동결하고 물가 흐름을 더 지켜보기로 했다.",
    "부산항의 지난달 컨테이너 물동량은 1년 전보다 3% 줄어든 205만 개였다.",
    "시민단체들은 새 법안이 개인정보를 충분히 보호하지 못한다며 수정을 요구했다.",
    "대표팀은 후반 추가 시간에 터진 결승골로 2대 1 역전승을 거두었다.",
    "새 전시는 다음 달 3일부터 국립중앙박물관에서 석 달 동안 열린다.",
)


@dataclass(frozen=True)
class Speed:
    """``ready`` seconds from the start to the first sentence; ``characters`` of English a second after that.

    ``memory`` is the process's largest, in bytes, None for an endpoint, whose memory is elsewhere.
    """

    engine: str
    ready: float
    characters: float
    memory: int | None


def measure(name: str, settings: Settings) -> Speed:
    """The engine's speed in a fresh process, so that neither memory nor warm caches are another engine's.

    Raises TranslateError where the engine cannot be opened.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, name, settings).result()


def _measured(name: str, settings: Settings) -> Speed:
    began = time.monotonic()
    engine = open_engine(name, settings)
    requests = [Request(line) for line in TEXT]
    list(engine.translate(requests[:1], "ko", "en"))
    ready = time.monotonic()
    made = sum(len(hypotheses[0].text) for hypotheses in engine.translate(requests[1:], "ko", "en") if hypotheses)
    done = time.monotonic()
    unit = 1 if sys.platform == "darwin" else 1024
    memory = None if is_endpoint(name) else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return Speed(engine.name, ready - began, made / (done - ready), memory)
