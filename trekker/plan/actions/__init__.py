"""Every change to a plan: reading a text into a concept, mending its nodes, adopting it."""

from trekker.plan.actions.lines import remove_line, save_line
from trekker.plan.actions.nodes import (
    CodeTaken,
    GoalUnderItself,
    add_goal,
    add_indicator,
    correct_action,
    correct_goal,
    correct_indicator,
    remove_node,
    settle_remark,
)
from trekker.plan.actions.versions import (
    NotAConcept,
    NothingChanged,
    adopt,
    discard,
    start_version,
    store_proposal,
)

__all__ = [
    "CodeTaken",
    "GoalUnderItself",
    "NotAConcept",
    "NothingChanged",
    "add_goal",
    "add_indicator",
    "adopt",
    "correct_action",
    "correct_goal",
    "correct_indicator",
    "discard",
    "remove_line",
    "remove_node",
    "save_line",
    "settle_remark",
    "start_version",
    "store_proposal",
]
