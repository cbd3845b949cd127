import django.db.models.deletion
from django.db import migrations, models


def leave_the_past(apps, schema_editor):
    """Ask nobody about what was over before feedback could be asked."""
    apps.get_model('events', 'Event').objects.filter(state='HELD').update(asks_feedback=False)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_initial'),
        ('feedback', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='asks_feedback',
            field=models.BooleanField(default=True, verbose_name='vraag na afloop feedback'),
        ),
        migrations.AddField(
            model_name='event',
            name='evaluation',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='event', to='feedback.evaluation', verbose_name='evaluatie'),
        ),
        migrations.RunPython(leave_the_past, migrations.RunPython.noop, elidable=True),
    ]
