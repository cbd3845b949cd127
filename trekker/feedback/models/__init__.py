"""The records of asking afterwards."""

from trekker.feedback.models.evaluation import Evaluation, EvaluationQuerySet, Invitation, Mode, SealedAnswer
from trekker.feedback.models.followup import FollowUp
from trekker.feedback.models.lesson import Lesson, RoomNote
from trekker.feedback.models.questionnaire import Question, Questionnaire, QuestionnaireQuerySet
from trekker.feedback.models.response import Answer, AnswerTag, Imprint, Response

__all__ = [
    "Answer",
    "AnswerTag",
    "Evaluation",
    "EvaluationQuerySet",
    "FollowUp",
    "Imprint",
    "Invitation",
    "Lesson",
    "Mode",
    "Question",
    "Questionnaire",
    "QuestionnaireQuerySet",
    "Response",
    "RoomNote",
    "SealedAnswer",
]
