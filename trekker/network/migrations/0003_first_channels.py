from django.db import migrations

CHANNELS = [
    {
        "code": "newsletter_digital_inclusion",
        "name": "Nieuwsbrief digitale inclusie",
        "kind": "NEWSLETTER",
        "makes_members": True,
        "words": "nieuwsbrief, netwerk",
    },
    {
        "code": "teams_channel",
        "name": "Teams-kanaal netwerk digitale inclusie",
        "kind": "TEAMS",
        "makes_members": False,
        "words": "teams, online kennisdeling",
    },
]


def add_channels(apps, schema_editor):
    channel = apps.get_model("network", "Channel")
    for fields in CHANNELS:
        channel.objects.get_or_create(code=fields["code"], defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("network", "0002_initial")]
    operations = [migrations.RunPython(add_channels, migrations.RunPython.noop)]
