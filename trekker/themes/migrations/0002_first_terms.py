from django.db import migrations

THEMES = [
    ("digital_inclusion", "digitale inclusie", "", None),
    ("digital_help", "digihulp", "digihulp, digihelper", "digital_inclusion"),
    ("human_centred_services", "mensgerichte dienstverlening", "", "digital_inclusion"),
    ("digital_accessibility", "digitale toegankelijkheid", "", "digital_inclusion"),
    ("outreach", "outreaching", "", "digital_inclusion"),
    ("online_safety", "online veiligheid", "cyberveiligheid", "digital_inclusion"),
    ("inclusive_communication", "inclusieve communicatie", "", None),
]
AUDIENCES = [
    ("local_government_staff", "medewerkers van lokale besturen", ""),
    ("professionals", "professionals", ""),
    ("network_members", "leden van het netwerk", ""),
    ("frontline_staff", "eerstelijnsmedewerkers", ""),
    ("managers", "leidinggevenden", ""),
]


def fill(apps, schema_editor):
    """The terms that measures name, and a few to start with."""
    Theme, Audience = apps.get_model("themes", "Theme"), apps.get_model("themes", "Audience")
    known = {}
    for code, name, words, part_of in THEMES:
        known[code] = Theme.objects.create(code=code, name=name, words=words, part_of=known.get(part_of))
    for code, name, words in AUDIENCES:
        Audience.objects.create(code=code, name=name, words=words)


class Migration(migrations.Migration):
    dependencies = [("themes", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
