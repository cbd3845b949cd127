"""Every change to a plan: reading a text into a concept, mending its nodes, adopting it."""

from trekker.plan.actions.forecasts import keep_forecasts
from trekker.plan.actions.leads import set_parties
from trekker.plan.actions.lines import note_export, remove_line, save_line
from trekker.plan.actions.locks import NotAConcept
from trekker.plan.actions.nodes import (
    CodeTaken,
    GoalUnderItself,
    add_goal,
    add_indicator,
    correct_action,
    correct_goal,
    correct_indicator,
    correct_moment,
    note_choice,
    remove_node,
    settle_remark,
)
from trekker.plan.actions.versions import (
    NothingChanged,
    ReasonMissing,
    adopt,
    copy_version,
    discard,
    start_version,
    store_proposal,
)

__all__ = [
    "CodeTaken",
    "GoalUnderItself",
    "NotAConcept",
    "NothingChanged",
    "ReasonMissing",
    "add_goal",
    "add_indicator",
    "adopt",
    "copy_version",
    "correct_action",
    "correct_goal",
    "correct_indicator",
    "correct_moment",
    "discard",
    "keep_forecasts",
    "note_choice",
    "note_export",
    "remove_line",
    "remove_node",
    "save_line",
    "set_parties",
    "settle_remark",
    "start_version",
    "store_proposal",
]
