"""Notices that influence periods end, ready for the printer."""

from typing import NamedTuple

from app.context import AppContext
from app.errors import Invalid
from app.queries.lists import Asked
from app.queries.period_ends import period_ends
from app.words import ntr, tr


class Letters(NamedTuple):
    """The notices that belong to the list of what ends."""

    name: str
    """Of the file they are saved as, without the ending."""
    pdf: bytes
    """Empty where there is none."""
    staff_nos: tuple[str, ...]
    """Who is told, once for each period."""
    to_come: int
    again: int

    def sentence(self) -> str:
        """How many there are; whose is still to come, and whom somebody has to look at first."""
        counted = (
            (len(self.staff_nos), ntr("{n} notice.", "{n} notices.", len(self.staff_nos))),
            (
                self.to_come,
                ntr("{n} period ends later.", "{n} periods end later.", self.to_come),
            ),
            (
                self.again,
                ntr(
                    "{n} person did another wrong within the period and gets none; look at the file first.",
                    "{n} people did another wrong within the period and get none; look at the files first.",
                    self.again,
                ),
            ),
        )
        said = [words.format(n=n) for n, words in counted if n]
        return " ".join(said) or tr("No influence period ends in this month.")


def period_end_letters(context: AppContext, asked: Asked, language: str) -> Letters:
    """The notices to all whose influence period ends in the month.

    Raises Invalid where one cannot be drawn.
    """
    from app.reports.period_end import (  # reportlab only where something is printed
        missing_in,
        period_ends_pdf,
    )

    papers, to_come, again = context.ask(period_ends, asked, language)
    for paper in papers:
        if missing := missing_in(paper):
            sentence = tr("No font here can draw {characters} for {name}. Add a font that has them.")
            raise Invalid(sentence.format(characters=" ".join(missing), name=paper.name))
    month = (asked.until or context.today()) // 100
    name = f"{tr('Notices of the end')}-{month // 100}-{month % 100:02}"
    pdf = period_ends_pdf(papers, language) if papers else b""
    return Letters(name, pdf, tuple(paper.staff_no for paper in papers), to_come, again)
