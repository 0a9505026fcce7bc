"""After how many minutes of running an infusion's units change: what a timeline marks with quiet ticks.

The numbers are those of the rulebook and the payer, for one infusion that runs by itself; what
stands beside it may move them, and then the line's own reason says so.

    a drug    16 (no longer a push), 91, 151, 211 ...
    a fluid   31 (the least that is billed), 91, 151, 211 ...
"""

from __future__ import annotations

from desktop_app.coding.options import Options
from desktop_app.coding.rulebook import Thresholds
from desktop_app.core.orders import Category, Order


def unit_minutes(thresholds: Thresholds, options: Options, order: Order, most: int) -> tuple[int, ...]:
    """Return each minute, up to ``most``, from which one unit more is counted; none for what has no units."""
    if not order.runs or order.category in {Category.TRANSFUSION, Category.OTHER} or order.goes_home_running:
        return ()
    fluid = order.category is Category.HYDRATION
    first = options.hydration_min if fluid else thresholds.push_longest_minutes + 1
    second = thresholds.hour_minutes + thresholds.added_hour_more_than_minutes + 1
    further = range(second, most + 1, thresholds.hour_minutes)
    return (first, *further) if first <= most else ()
