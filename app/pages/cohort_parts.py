"""The parts of the cohort report as they are shown, on the page and in the PDF alike."""

from dataclasses import dataclass, field

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`kind` is "" or "head": a row that begins a group. `tags` stand beside the first cell."""

    cells: Cells
    kind: str = ""
    tags: Cells = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The first column is text, all others are numbers; `paper` is the last one where there is."""

    head: Cells
    rows: tuple[Row, ...]
    paper: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG with what it shows in words; or, without one, why there is none."""

    title: str
    told: str
    alt: str
    svg: str | None


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A box of the flow, and who left before it."""

    title: str
    patients: int
    left: Cells


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its title, and what there is of flow, pictures, tables and notes."""

    name: str
    title: str
    table: Table | None = None
    flow: tuple[FlowBox, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: Cells = ()
    warnings: Cells = field(default=())
