"""Every form of ours is drawn the one way: errors first, one sentence per error, no asterisks."""

from django import forms
from django.template import Context, Template


class Signing(forms.Form):
    name = forms.CharField(label="Naam", error_messages={"required": "Vul je naam in."})
    place = forms.CharField(label="Plaats", help_text="Waar je werkt.")
    note = forms.CharField(label="Notitie", required=False)
    agrees = forms.BooleanField(label="Ik ga akkoord", required=False)
    way = forms.ChoiceField(label="Hoe?", choices=[("a", "Online")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput)


def drawn(**data: str) -> str:
    return Template("{{ form }}").render(Context({"form": Signing(data)}))


def test_every_error_is_listed_first_with_a_link_and_repeated_beside_its_field():
    html = drawn(place="Gent")

    assert html.index('role="alert"') < html.index("<label")
    assert '<a href="#id_name">Vul je naam in.</a>' in html
    assert html.count("Vul je naam in.") == 2
    assert 'aria-describedby="id_name_error"' in html
    assert "autofocus" in html


def test_a_sentence_of_django_itself_gets_the_label_in_the_list():
    assert '<a href="#id_place">Plaats: Dit veld is verplicht.</a>' in drawn(name="Mo").replace(
        "Dit is een verplicht veld.", "Dit veld is verplicht."
    )


def test_an_error_of_a_hidden_field_is_listed_without_a_link():
    assert "<li>Secret: " in drawn(name="Mo", place="Gent", way="a")


def test_optional_is_said_in_words_but_not_of_a_box_to_tick():
    html = drawn()

    assert html.count("niet verplicht") == 1
    assert "*" not in html


def test_answers_are_kept_and_help_is_tied_to_the_field():
    html = drawn(place="Gent")

    assert 'value="Gent"' in html
    assert 'aria-describedby="id_place_helptext"' in html


def test_a_group_of_choices_has_a_legend():
    assert "<legend>Hoe?</legend>" in drawn()


def test_a_good_form_lists_nothing():
    assert 'role="alert"' not in drawn(name="Mo", place="Gent", way="a", secret="x")
