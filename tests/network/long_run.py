#!/usr/bin/env python3
"""Hold the engine against the slow evaluator on many random clusters (`make network-long`).

It stops at the first difference and prints the cluster, made as small as it still differs, and the question.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

import yaml

from tests.network.compared import Difference, compare, differences
from tests.network.generate import Generator, Object, Question
from tests.network.oracle import Oracle

_QUESTIONS = 100


def first_difference(seed: int) -> tuple[int, Difference | None]:
    """The seed, and the first question about its cluster that is answered differently."""
    return seed, next(differences(seed, _QUESTIONS), None)


def shrunk(objects: list[Object], questions: list[Question], ipblock_pods: bool) -> list[Object]:
    """The fewest objects about which some question is still answered differently."""
    at = 0
    while at < len(objects):
        fewer = objects[:at] + objects[at + 1 :]
        known = [question for question in questions if _is_about(fewer, question)]
        if next(compare(fewer, known, ipblock_pods), None):
            objects = fewer
        else:
            at += 1
    return objects


def _is_about(objects: list[Object], question: Question) -> bool:
    """The pods that it asks about are there."""
    pods = Oracle(objects).pods
    return all("/" not in end or end in pods for end in question[:2])


def main() -> int:
    """Run as many clusters as are asked for; 1 when one differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clusters", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.clusters)
    with ProcessPoolExecutor() as pool:
        for seed, difference in pool.map(first_difference, seeds, chunksize=50):
            if difference:
                generator = Generator(seed)
                objects = generator.cluster()
                questions = list(generator.questions(objects, _QUESTIONS))
                objects = shrunk(objects, questions, seed % 3 == 0)
                print(yaml.safe_dump_all(objects, sort_keys=False))
                print(f"# seed {seed}: {difference}", file=sys.stderr)
                pool.shutdown(cancel_futures=True)
                return 1
            done = seed - options.first + 1
            if done % 500 == 0:
                print(
                    f"{done} clusters, {done * _QUESTIONS} questions: all alike", file=sys.stderr, flush=True
                )
    print(f"{options.clusters} clusters from seed {options.first} on, {_QUESTIONS} questions each: all alike")
    return 0


if __name__ == "__main__":
    sys.exit(main())
