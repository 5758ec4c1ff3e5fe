"""An engine that remembers asks for what is new alone, and says the same as one that does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Rule
from scanner.evaluate.interface import Outcome
from scanner.evaluate.memory import RememberingEngine

RULES = [catalogs.load().rules[name] for name in ("workload.host_pid", "workload.host_ipc")]


class Counting:
    """Fails every second rule for inputs that hold `bad`, and breaks for `broken`."""

    forkable = True
    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.loads = 0

    def load(self, data: Mapping[str, Any], rules: Sequence[Rule]) -> None:
        self.loads += 1

    def judge(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        self.asked.extend(inputs)
        for index, text in enumerate(inputs):
            if "bad" in text:
                yield index, 1, Outcome(fail=[{"message": text, "path": []}])
            if "broken" in text:
                yield index, 0, Outcome(error="broke")

    def close(self) -> None:
        pass


def round_of(
    engine: RememberingEngine, inputs: list[str], data: Any = None
) -> list[tuple[int, int, Outcome]]:
    engine.load({"scan": data}, RULES)
    return list(engine.judge(RULES, inputs))


def test_only_what_is_new_is_asked() -> None:
    counting = Counting()
    engine = RememberingEngine(counting)
    inputs = ["good", "bad 1", "bad 2"]
    first = round_of(engine, inputs)
    assert first == list(Counting().judge(RULES, inputs))
    assert round_of(engine, inputs) == first
    assert counting.asked == inputs
    changed = ["good", "bad 3", "bad 2"]
    assert round_of(engine, changed) == list(Counting().judge(RULES, changed))
    assert counting.asked == [*inputs, "bad 3"]
    assert counting.loads == 1
    assert engine.judged == 4


def test_equal_inputs_in_one_round_are_answered_each() -> None:
    assert [index for index, _, _ in round_of(RememberingEngine(Counting()), ["bad", "bad"])] == [0, 1]


def test_what_a_round_did_not_ask_for_is_forgotten() -> None:
    counting = Counting()
    engine = RememberingEngine(counting)
    round_of(engine, ["bad"])
    round_of(engine, ["good"])
    round_of(engine, ["bad"])
    assert counting.asked == ["bad", "good", "bad"]


def test_errors_are_not_remembered() -> None:
    counting = Counting()
    engine = RememberingEngine(counting)
    assert round_of(engine, ["broken", "broken"]) == round_of(engine, ["broken", "broken"])
    assert counting.asked == ["broken"] * 4


def test_other_data_make_everything_new() -> None:
    counting = Counting()
    engine = RememberingEngine(counting)
    round_of(engine, ["bad"], data=1)
    round_of(engine, ["bad"], data=2)
    assert counting.asked == ["bad", "bad"]
    assert counting.loads == 2
