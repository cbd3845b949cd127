"""What can be done about asking afterwards, a module per subject."""

from trekker.feedback.actions import answering, evaluations, following, questionnaires

__all__ = ["answering", "evaluations", "following", "questionnaires"]
