"""How long negative information stands in what is given out (保存期限).

At most five years from the end of the conduct, then it is kept as archive only, as the provincial rules on
credit information have it (Henan, Zhejiang, Shandong, Shanghai). An office may keep it shorter, never longer.
"""

from models.types import Day, Polarity, add_months, day_after, day_before, last_day

LONGEST = 60
"""Months."""


def kept_until(polarity: Polarity, occurred_on: Day, ended_on: Day | None, months: int) -> Day | None:
    """The last day on which an entry stands in summaries; None where nothing ends that.

    Where only the month or the year of the conduct is known, its first day counts: doubt shortens the period.
    """
    if polarity is not Polarity.NEGATIVE:
        return None
    return last_day(ended_on or occurred_on, months)


def last_past(today: Day, months: int) -> Day:
    """The last end of a conduct whose period of so many months is over today; what ended later stands."""
    found = day_after(add_months(today, -months))  # off by a day or two where months have other lengths
    while last_day(found, months) >= today:
        found = day_before(found)
    return found
