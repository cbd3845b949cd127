import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def spin(apps, schema_editor):
    """Give what was there before a thread each, the same for what its next version took along word for word."""
    goals = apps.get_model("plan", "Goal").objects.select_related("version")
    threads = {}
    for goal in goals.order_by("version__number", "pk"):
        same = ("goal", goal.version.plan_id, goal.version.year, goal.code)
        goal.thread = threads.setdefault(same, uuid.uuid4())
        goal.save(update_fields=["thread"])
    actions = apps.get_model("plan", "Action").objects.select_related("goal__version")
    taken = set()
    for action in actions.order_by("goal__version__number", "pk"):
        same = (action.goal.thread, action.text)
        thread = threads.setdefault(same, uuid.uuid4())
        # Two actions of one version that say the same stay two.
        if (action.goal.version_id, thread) in taken:
            thread = uuid.uuid4()
        taken.add((action.goal.version_id, thread))
        action.thread = thread
        action.save(update_fields=["thread"])


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0002_forecast"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="thread",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False, verbose_name="draad"),
        ),
        migrations.AddField(
            model_name="goal",
            name="thread",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False, verbose_name="draad"),
        ),
        migrations.RunPython(spin, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            name="Representative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party", models.CharField(max_length=120, verbose_name="organisatie van het plan")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="represents",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "vertegenwoordiger",
                "verbose_name_plural": "vertegenwoordigers",
                "constraints": [
                    models.UniqueConstraint(fields=("account", "party"), name="account_once_a_party")
                ],
            },
        ),
    ]
