"""What a keyword search would count stands in the student's rows, word by word."""

import numpy as np

from reable.learn.examples import Example
from reable.learn.keywords import with_keywords
from reable.learn.training import Taught
from reable.understand.features import Place, own_features


def sentence(words, label):
    said = words.split()
    return Example(
        [Place(word, word, before, before) for before, word in zip(["\n", *said], said, strict=False)], label, "w"
    )


SENTENCES = (
    sentence("buttons beat me", "dressing"),
    sentence("buttons hurt", "dressing"),
    sentence("stairs beat me", "climbing"),
    sentence("stairs hurt", "climbing"),
)


def weights(word):
    nothing = Taught(
        ("climbing", "dressing"), np.zeros(0, np.int64), np.zeros((0, 2), np.float32), np.zeros((1, 2), np.float32)
    )
    found = with_keywords(nothing, SENTENCES)
    climbing, dressing = found.rows[np.searchsorted(found.buckets, own_features(word, word)[0])]
    return climbing, dressing


def test_a_word_speaks_for_the_label_it_stands_with_alone():
    climbing, dressing = weights("buttons")

    assert climbing == 0
    assert dressing > 0


def test_a_word_of_both_speaks_less_and_for_both_alike():
    climbing, dressing = weights("beat")

    assert climbing == dressing > 0
    assert dressing < weights("buttons")[1]


def test_what_was_learned_stays_and_is_added_to():
    bucket = own_features("buttons", "buttons")[0]
    learned = Taught(
        ("climbing", "dressing"), np.array([bucket]), np.array([[0.5, 0.25]], np.float32), np.zeros((1, 2), np.float32)
    )

    found = with_keywords(learned, SENTENCES)

    row = found.rows[np.searchsorted(found.buckets, bucket)]
    assert row[0] == np.float32(0.5)
    assert row[1] > 0.25
