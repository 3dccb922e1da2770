"""What Reable knows: typed shapes, a strict reader, one compiled and hashed form.

Reading folders (`compile`, `overlay`) is imported where it is needed: answers need the compiled form alone.
"""

from reable.knowledge.base import Knowledge, canonical, to_plain
from reable.knowledge.faults import Fault, KnowledgeFaulty
from reable.knowledge.load import CompiledBroken, load_knowledge, load_words, write_knowledge
from reable.knowledge.shapes.words import Words

__all__ = [
    "CompiledBroken",
    "Fault",
    "Knowledge",
    "KnowledgeFaulty",
    "Words",
    "canonical",
    "load_knowledge",
    "load_words",
    "to_plain",
    "write_knowledge",
]
