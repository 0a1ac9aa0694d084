"""directory.xlsx: who works where, in which role, and who stands in for whom. Opens no file by itself."""

from pipeline.directory.asking import acting, find_department, may_ask, named_deputy
from pipeline.directory.mistakes import DirectoryError, Mistake
from pipeline.directory.reading import read_directory
from pipeline.directory.writing import write_directory

__all__ = [
    "DirectoryError",
    "Mistake",
    "acting",
    "find_department",
    "may_ask",
    "named_deputy",
    "read_directory",
    "write_directory",
]
