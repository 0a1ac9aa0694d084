"""New cells and rows in the look of what stands around them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pipeline.register.package.cells import CellXml, RowXml, Value, make_cell, speaks_as_formula
from pipeline.register.package.changes import Growth, NewRow
from pipeline.register.package.formulas import Sharing, names_cells
from pipeline.register.package.markup import Grammar, attribute, escape, is_set, with_attribute
from pipeline.register.package.refusal import Refused

#: (style of a cell or None, "date", "moment", "text" or "plain") -> the style for a value of that kind
Restyle = Callable[[str | None, str], str | None]


@dataclass
class Dressing:
    """What decides the look of a cell."""

    grammar: Grammar
    restyle: Restyle
    from_1904: bool
    #: (first, last, style) of columns that have a style of their own
    columns: Sequence[tuple[int, int, str]] = ()
    sharing: Sharing = field(default_factory=Sharing)

    def cell(self, column: int, value: Value, style: str | None) -> CellXml:
        """A cell with this value in this style, or one like it that shows the value as what it is."""
        if value is not None:
            style = self.restyle(style, _kind(value))
        return make_cell(column, value, style, self.grammar, self.from_1904)

    def style_in(self, row: RowXml, column: int) -> str | None:
        """The style of a cell: its own, else its row's, else its column's."""
        cell = row.cells.get(column)
        if cell is not None:
            return cell.style
        if is_set(row.attributes, "customFormat"):
            return attribute(row.attributes, "s")
        return next((style for first, last, style in self.columns if first <= column <= last), None)

    def new_row(self, number: int, new: NewRow, pattern: RowXml, growth: Growth) -> RowXml:
        """Dressed as the row above; a calculated column goes on."""
        cells = {}
        for column in growth.columns:
            style = self.style_in(pattern, column)
            if column in new.values:
                cells[column] = self.cell(column, new.values[column], style)
                continue
            formula = self._formula(column, number, pattern, growth)
            if formula or style:
                tag = self.grammar.tag("f")
                body = b"<%s>%s</%s>" % (tag, formula, tag) if formula else b""
                cells[column] = replace(make_cell(column, None, style, self.grammar, False), body=body)
        if not set(new.values) <= set(growth.columns):
            raise Refused("no-column", "A value of a new row is for a column outside the table.")
        return RowXml(number, _attributes(new, pattern), cells)

    def _formula(self, column: int, number: int, pattern: RowXml, growth: Growth) -> bytes:
        """The table's own says the same in each row; if it names cells, the one above must be moved."""
        own = growth.formulas.get(column, b"")
        if own and not names_cells(own):
            return own
        above = pattern.cells.get(column)
        if above is None or not growth.formulas_go_on:
            return b""
        return self.sharing.moved_from(above, pattern.number, number, self.grammar)


def _kind(value: Value) -> str:
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return "moment"
    if isinstance(value, date):
        return "date"
    return "text" if speaks_as_formula(value) else "plain"


def _attributes(new: NewRow, pattern: RowXml) -> bytes:
    made = b""
    if is_set(pattern.attributes, "customFormat") and (style := attribute(pattern.attributes, "s")):
        made += b' s="%s" customFormat="1"' % style.encode()
    if new.height is not None:
        return with_height(made, new.height)
    height = attribute(pattern.attributes, "ht") if is_set(pattern.attributes, "customHeight") else None
    return made + (b' ht="%s" customHeight="1"' % escape(height) if height else b"")


def with_height(attributes: bytes, height: float) -> bytes:
    """A row's attributes with a height in points."""
    return with_attribute(with_attribute(attributes, "ht", f"{height:g}"), "customHeight", "1")
