"""The roles of the code map: what the program asks a code number for.

Numbers and labels are the code map's, which a practice may replace; what a unit of a role
counts is the program's.
"""

from __future__ import annotations

HOUR_ROLES = frozenset(
    {
        "infusion-first",
        "infusion-more",
        "infusion-next",
        "hydration-first",
        "hydration-more",
        "chemo-infusion-first",
        "chemo-infusion-more",
        "chemo-infusion-next",
        "sc-infusion-first",
        "sc-infusion-more",
        "chemo-artery-first",
        "chemo-artery-more",
    }
)
"""Roles of which a unit is an hour of running time."""

ROLES = HOUR_ROLES | {
    "infusion-beside",
    "push-first",
    "push-next",
    "push-again",
    "chemo-unlisted",
    "chemo-push-first",
    "chemo-push-next",
    "injection",
    "chemo-injection",
    "hormonal-injection",
    "artery-push",
    "chemo-artery-push",
    "artery-pump-start",
    "pump-start",
    "pump-start-home",
    "pump-refill",
    "declot",
    "port-flush",
    "transfusion",
}
"""Every role; a code map has a number for each, and for nothing else."""

ADDON_ROLES = (
    "infusion-more",
    "infusion-next",
    "infusion-beside",
    "hydration-more",
    "push-next",
    "push-again",
    "chemo-infusion-more",
    "chemo-infusion-next",
    "chemo-push-next",
    "sc-infusion-more",
    "chemo-artery-more",
)
"""Roles that stand behind another code; which ones is the rulebook's."""

LATER_ROLES = frozenset({"chemo-unlisted", "pump-start-home"})
"""Roles that only an option's choice leads to, so that their numbers may begin after the rules do."""
