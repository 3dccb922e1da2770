"""The peer's arm: medspaCy in its best configuration (blank pipeline, sentencizer, target matcher, ConText).

Runs in an environment of its own; reads texts and patterns from standard input, writes seconds of CPU a text.
"""

import json
import statistics
import sys
import time

import spacy
from medspacy.context import ConText
from medspacy.ner import TargetMatcher, TargetRule


def main() -> None:
    """Build the pipeline once, then time it on all texts."""
    asked = json.load(sys.stdin)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = TargetMatcher(nlp)
    matcher.add(
        [TargetRule(" ".join(words), key, pattern=[{"LOWER": w} for w in words]) for key, words in asked["patterns"]]
    )
    context = ConText(nlp)
    runs = []
    for _ in range(asked["runs"]):
        begun = time.process_time()
        for text in asked["texts"]:
            context(matcher(nlp(text)))
        runs.append((time.process_time() - begun) / len(asked["texts"]))
    print(json.dumps({"seconds_per_text": statistics.median(runs)}))


if __name__ == "__main__":
    main()
