"""Turns the raw answers of a form into values, each with its cell and its faults. Finds no answer."""

from dataclasses import dataclass
from datetime import date

from pipeline.form.answers import Answer, Row
from pipeline.form.choices import action_in
from pipeline.form.fields import EVERYTHING, TYPES, URGENCIES
from pipeline.form.grid import Book, column_letters
from pipeline.form.messages import problem, words
from pipeline.form.sheetform import SheetForm
from pipeline.form.signwords import says_refused
from pipeline.form.systems import (
    find_system,
    is_everything,
    is_guessed,
    nearest_systems,
    split_systems,
    with_level,
)
from pipeline.form.values import (
    Reading,
    is_untouched,
    read_date,
    read_email,
    read_formula,
    read_id,
    read_name,
    read_text,
    typed_text,
)
from pipeline.form.whose import employee_rows, identity_of, numbers_of
from pipeline.form.words import key
from pipeline.model import (
    ALL_ACCESS,
    AccessLine,
    Action,
    Employee,
    Form,
    FormReading,
    Language,
    Problem,
    ProblemKind,
    RequestType,
    System,
    Urgency,
)

_ACTION_OF: dict[RequestType | None, Action] = {
    None: "grant",
    "new": "grant",
    "change": "change",
    "revoke": "revoke",
}


def read_values(
    form: SheetForm, book: Book, catalogue: tuple[System, ...], today: date, language: Language
) -> FormReading:
    """The form's values with the problems of single values; what is missing is judged by the checks."""
    return _Filling(book.date1904, catalogue, today, language).read(form)


@dataclass(frozen=True)
class _Split:
    """One row of the access table, one system of it."""

    row: Row
    system: str
    level: str


class _Filling:
    """Collects values, cells and problems while the answers are gone through once, top down."""

    def __init__(
        self, date1904: bool, catalogue: tuple[System, ...], today: date, language: Language
    ) -> None:
        self.date1904, self.catalogue, self.today, self.language = date1904, catalogue, today, language
        self.problems: list[Problem] = []
        self.cells: dict[str, str] = {}

    def read(self, form: SheetForm) -> FormReading:
        day = self._date("request_date", form.fields.get("request_date"))
        kind = self._type(form)
        requester = {
            name: self._value(f"requester_{name}", form.fields.get(f"requester_{name}"), name)
            for name in ("name", "position", "email", "department", "division")
        }
        urgency = self._urgency(form)
        revises = self._value("revises", form.fields.get("revises"), "text")
        for table in ("employees", "items"):
            if table in form.tables:
                self._place(table, form.tables[table])
        rows = employee_rows(form, self.date1904)
        numbers = numbers_of(rows)
        employees = tuple(self._employee(i, row, numbers) for i, row in enumerate(rows))
        split = [one for row in form.items for one in self._split(row)]
        lines = tuple(self._line(i, one, employees, kind) for i, one in enumerate(split))
        signed = form.signoff
        head = self._value("division_head_name", signed.name, "name")
        signature = signed.by
        if signed.signature is not None:
            self._place("signature", signed.signature)
            trouble = read_formula(signed.signature) if signed.by != "image" else None
            if trouble:
                self._say("signature", trouble)
                signature = "none"
            elif signature == "none" and urgency == "emergency" and says_refused(signed.signature.shown):
                # Only a head who has not been asked yet may sign afterwards.
                shown = signed.signature.shown
                self._say("signature", Reading(trouble="signature_refused", kind="invalid", shown=shown))
        signed_on = self._date("signed_on", signed.signed_on, lenient=True)
        filled = Form(
            day, kind, revises, requester["name"], requester["position"], requester["email"],
            requester["department"], requester["division"], head, signature, signed_on, employees, lines,
            signed.signature.shown[:200] if signature == "typed" and signed.signature else "", urgency,
        )  # fmt: skip
        return FormReading(filled, tuple(self.problems), self.cells, signature_sha256=signed.sha256)

    def _place(self, path: str, answer: Answer) -> None:
        self.cells[path] = f"{answer.sheet}!{column_letters(answer.column)}{answer.row}"

    def _say(self, path: str, reading: Reading, **facts: object) -> None:
        kind: ProblemKind = reading.kind  # type: ignore[assignment]
        said = {"text": reading.shown, **facts}
        found = problem(reading.trouble, path, kind, self.cells.get(path, ""), self.language, said)
        self.problems.append(found)

    def _value(self, path: str, answer: Answer | None, how: str) -> str:
        if answer is None:
            return ""
        self._place(path, answer)
        if how == "email":
            reading = read_email(answer)
        elif how == "employee_id":
            reading = read_id(answer, self.date1904)
        else:
            reading = read_name(answer) if how in {"name", "position"} else read_text(answer)
        if reading.trouble:
            self._say(path, reading)
        return reading.value

    def _date(
        self, path: str, answer: Answer | None, is_end: bool = False, lenient: bool = False
    ) -> date | None:
        return self._date_reading(path, answer, is_end, lenient).day

    def _date_reading(
        self, path: str, answer: Answer | None, is_end: bool = False, lenient: bool = False
    ) -> Reading:
        if answer is None:
            return Reading()
        self._place(path, answer)
        reading = read_date(answer, self.date1904, self.today, is_end)
        if reading.trouble and not lenient:
            self._say(path, reading)
        return reading

    def _type(self, form: SheetForm) -> RequestType | None:
        choice = form.types
        if choice is None:
            return None
        self._place("request_type", choice.answer)
        if len(choice.chosen) == 1:
            return choice.chosen[0]
        trouble = read_formula(choice.answer)
        if trouble:
            self._say("request_type", trouble)
        elif choice.chosen:
            names = " + ".join(TYPES[c][self.language] for c in choice.chosen)
            self._say("request_type", Reading(trouble="many_types", kind="ambiguous", shown=names))
        elif not choice.printed and not is_untouched(choice.answer):
            shown = typed_text(choice.answer)
            self._say("request_type", Reading(trouble="unknown_type", kind="unknown", shown=shown))
        return None

    def _urgency(self, form: SheetForm) -> Urgency:
        """What cannot be understood is said, and counts as normal: no form goes back for it."""
        choice = form.urgency
        if choice is None:
            return "normal"
        self._place("urgency", choice.answer)
        if len(choice.chosen) == 1:
            return choice.chosen[0]
        if choice.chosen or choice.unread:
            shown = " + ".join(URGENCIES[level][self.language] for level in choice.chosen)
            facts = {"text": shown or typed_text(choice.answer) or choice.answer.shown}
            cell = self.cells["urgency"]
            self.problems.append(
                problem("unknown_urgency", "urgency", "unknown", cell, self.language, facts, "warning")
            )
        return "normal"

    def _employee(self, index: int, row: Row, numbers: list[int]) -> Employee:
        path = f"employees[{index}]"
        values = {
            n: self._value(f"{path}.{n}", row.get(n), n) for n in ("name", "employee_id", "position", "email")
        }
        return Employee(
            numbers[index], values["name"], values["employee_id"], values["position"], values["email"]
        )

    def _split(self, row: Row) -> list[_Split]:
        system = row.get("system")
        text = typed_text(system) if system else ""
        if not text:
            return [_Split(row, "", "")]
        level = row.get("access_level")
        if system and level and (level.row, level.column) == (system.row, system.column):
            # "Sistem & Level Akses" asks for both in one cell.
            alone = {**row, "access_level": level._replace(text="")}
            return [_Split(alone, *with_level(text, self.catalogue))]
        raw = system.cell.text if system and system.cell and system.text is None else text
        return [_Split(row, name, level) for name, level in split_systems(raw or text, self.catalogue)]

    def _line(
        self, index: int, one: _Split, employees: tuple[Employee, ...], request: RequestType | None
    ) -> AccessLine:
        row, path = one.row, f"items[{index}]"
        code, text = self._system(f"{path}.system", row.get("system"), one.system)
        action = self._action(f"{path}.action", row.get("action"), request)
        if code == ALL_ACCESS and action == "revoke":
            text = EVERYTHING["id"]
        level = one.level or self._value(f"{path}.access_level", row.get("access_level"), "text")
        if "access_level" in row:
            self._place(f"{path}.access_level", row["access_level"])
        start = self._date_reading(f"{path}.start_date", row.get("start_date"))
        end = self._date(f"{path}.end_date", row.get("end_date"), is_end=True)
        if start.end and end and start.end != end:
            self._say(f"{path}.start_date", Reading(trouble="two_dates", kind="ambiguous", shown=start.shown))
        end = end or start.end
        need = self._value(f"{path}.justification", row.get("justification"), "text")
        return AccessLine(
            no=index + 1,
            employee_no=self._whose(f"{path}.employee_no", row, employees),
            system=code,
            system_text=text,
            access_level=level,
            action=action,
            start_date=start.day,
            end_date=end,
            justification=need,
        )

    def _system(self, path: str, answer: Answer | None, text: str) -> tuple[str, str]:
        """The code of a row's system, "" where none is known, and its label, else what was written."""
        if answer is None:
            return "", text
        self._place(path, answer)
        trouble = read_formula(answer)
        if trouble:
            self._say(path, trouble)
        if not text:
            return "", text
        if is_everything(text):
            return ALL_ACCESS, text
        system = find_system(text, self.catalogue)
        if system is None and not trouble:
            near = ", ".join(s.label(self.language) for s in nearest_systems(text, self.catalogue))
            hint = words("nearest", self.language, {"names": near}) if near else ""
            unknown = Reading(trouble="unknown_system", kind="unknown", shown=text)
            self._say(path, unknown, nearest=hint)
        elif system is not None and is_guessed(text, self.catalogue):
            facts = {"text": text, "system": system.label(self.language)}
            cell = self.cells[path]
            self.problems.append(
                problem("guessed_system", path, "unknown", cell, self.language, facts, "warning")
            )
        return (system.code, system.label_id) if system else ("", text)

    def _action(self, path: str, answer: Answer | None, request: RequestType | None) -> Action:
        if answer is None or answer.is_empty:
            return _ACTION_OF[request]
        self._place(path, answer)
        action = action_in(answer.shown)
        if action is None:
            self._say(path, Reading(trouble="unknown_action", kind="unknown", shown=answer.shown))
        return action or _ACTION_OF[request]

    def _whose(self, path: str, row: Row, employees: tuple[Employee, ...]) -> int | None:
        """The employee an access row is for: by number, by NIK or by name. None: all of the form."""
        answer = row.get("employee_no")
        if answer is not None and not answer.is_empty:
            self._place(path, answer)
            text = read_id(answer, self.date1904).value or answer.shown
            if key(text) in {"semua", "all", "seluruh", "semua karyawan", "all employees"}:
                return None
            for employee in employees:
                if text == str(employee.no) or key(text) in {key(employee.name), key(employee.employee_id)}:
                    return employee.no
            self._say(path, Reading(trouble="unknown_employee_no", kind="unknown", shown=text))
            return None
        who: Row = {n: row[n] for n in ("name", "employee_id") if n in row}
        identity = identity_of(who, self.date1904)
        for employee in employees if identity else ():
            if identity in (key(employee.employee_id), key(employee.name)):
                return employee.no
        return None
