"""What Reable knows: typed shapes, a strict reader, one compiled and hashed form."""

from reable.knowledge.base import Knowledge, canonical, to_plain
from reable.knowledge.compile import Folder, read_folder
from reable.knowledge.faults import Fault, KnowledgeFaulty
from reable.knowledge.load import CompiledBroken, load_knowledge, load_words, write_knowledge
from reable.knowledge.overlay import Overlaid, lay_over
from reable.knowledge.shapes.words import Words

__all__ = [
    "CompiledBroken",
    "Fault",
    "Folder",
    "Knowledge",
    "KnowledgeFaulty",
    "Overlaid",
    "Words",
    "canonical",
    "lay_over",
    "load_knowledge",
    "load_words",
    "read_folder",
    "to_plain",
    "write_knowledge",
]
