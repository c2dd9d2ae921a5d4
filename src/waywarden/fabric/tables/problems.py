"""What can be wrong with a table somebody sends, said so that they can put it right."""

from dataclasses import dataclass


class UnreadableTable(Exception):
    """The file as a whole cannot be read; `sentence` says why and what to do."""

    is_plain = True

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CellRefused(ValueError):
    """One cell cannot be read; `sentence` says why, without naming row or column."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, by the row number the sender sees.

    >>> print(Problem(14, "amount", "'lots' is not a number."))
    Row 14, amount: 'lots' is not a number.
    """

    row_number: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"Row {self.row_number}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.sentence}"
