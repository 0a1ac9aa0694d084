"""The one error of this package: a workbook that cannot be edited without harm is left as it is."""


class Refused(ValueError):
    """Nothing was written. `reason` is a word for programs, the message is for people.

    not-a-workbook, truncated, encrypted, signed, duplicate-parts, too-large, xml (what no ordinary program
    writes), no-sheet, no-table, no-column, below (content below the table that cannot be moved), no-room,
    array-formula, value (a value that no cell can hold)
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
