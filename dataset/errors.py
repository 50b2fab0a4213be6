"""The one tree of errors.

    FactlineError                 anything a user can mend; carries a remedy
    ├── InputError                an input that cannot be taken as it is
    │   ├── ArticleError          an article file: encoding, emptiness, identity
    │   │   └── ArticlesError     several of them at once
    │   ├── ManifestError         the table of articles
    │   ├── VocabularyError       a file of dataset/vocabulary
    │   ├── FactsError            facts.jsonl, or a fact that is not well formed
    │   └── ReviewError           a reviewer's decision that is not well formed, or that cannot be taken
    ├── OutputError               a place that cannot be written
    └── DatabaseError             a facts.db that cannot be served

A message names the thing that is wrong; the remedy says what to do about it.
Both fit on one line, so that a command can print them as one.
"""

from collections.abc import Sequence


def one_line(text: str) -> str:
    """Escape control characters: names of files come from outside and are printed."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


class FactlineError(Exception):
    """Base of all errors that a user can mend."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message = one_line(message)
        self.remedy = one_line(remedy)
        super().__init__(self.message, self.remedy)  # both, so that an error survives the way between processes

    def __str__(self) -> str:
        return f"{self.message}: {self.remedy}"


class InputError(FactlineError):
    """An input that cannot be taken as it is."""


class ArticleError(InputError):
    """An article file that is not what its name or its manifest row promises."""


class ArticlesError(ArticleError):
    """Several article files that cannot be taken, each with an error of its own."""

    def __init__(self, errors: Sequence[ArticleError]) -> None:
        self.errors = tuple(errors)
        super().__init__(f"{len(errors):,} article files cannot be taken", "mend them, or leave them out")


class ManifestError(InputError):
    """A table of articles that is missing, malformed or contradicts the files."""


class VocabularyError(InputError):
    """A vocabulary file that is missing, malformed or refers to nothing."""


class FactsError(InputError):
    """A facts file that is missing or malformed."""


class ReviewError(InputError):
    """A reviewer's decision that is not well formed, or that cannot be taken."""


class OutputError(FactlineError):
    """A place that cannot be written."""


class DatabaseError(FactlineError):
    """A fact database that is missing, damaged or of another make."""
