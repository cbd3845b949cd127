import csv
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.organisations import registry
from trekker.organisations.actions import load_organisations
from trekker.organisations.models import MailDomain, Organisation, OtherSource, Partnership, Standing

Kind = Organisation.Kind
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
RECORDS = registry.read()
pytestmark = pytest.mark.django_db


def load(records=RECORDS):
    return load_organisations(records=records, by=None, now=NOW)


@pytest.fixture
def loaded():
    load()


def named(name: str, kind: Kind = Kind.MUNICIPALITY) -> Organisation:
    return Organisation.objects.get(name=name, kind=kind)


def municipalities_counted(day: date, region: str) -> int:
    counted = Standing.objects.on(day).values("counted")
    return (
        Organisation.objects.active_on(day)
        .filter(pk__in=counted, kind=Kind.MUNICIPALITY, region=region)
        .count()
    )


def with_field(name: str, **changes):
    """Give the register as if it said something else of one municipality."""
    return [
        replace(record, fields={**record.fields, **changes})
        if record.fields["name"] == name and record.fields["kind"] == Kind.MUNICIPALITY
        else record
        for record in RECORDS
    ]


@pytest.mark.usefixtures("loaded")
class TestTheRegister:
    @pytest.mark.parametrize(
        ("day", "flanders"),
        [
            (date(2018, 12, 31), 308),
            (date(2019, 1, 1), 300),
            (date(2024, 12, 31), 300),
            (date(2025, 1, 1), 285),
            (date(2026, 11, 1), 285),
        ],
    )
    def test_counts_the_municipalities_of_each_time(self, day, flanders):
        assert municipalities_counted(day, "flanders") == flanders
        assert municipalities_counted(day, "brussels_capital_region") == 19

    def test_agrees_with_every_predecessor_that_statbel_names(self):
        with (registry.FOLDER / "municipalities.csv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["predecessor_names"]]

        assert len(rows) == 20
        for row in rows:
            now = Organisation.objects.get(nis_code=row["nis_code"], kind=Kind.MUNICIPALITY)
            merged = {
                (each.name.removesuffix(" (voor fusie)"), each.merged_on) for each in now.merged_from.all()
            }
            told = set(row["predecessor_names"].split(";"))
            assert {name for name, _ in merged} <= told
            assert {day for _, day in merged} <= {date.fromisoformat(row["merged_on"])}
            # One predecessor may have gone on under its own record, at times with a new name.
            assert len(told) - len(merged) == (0 if now.founded_on else 1)

    def test_an_ocmw_counts_for_its_municipality_of_that_day(self):
        ocmw = named("OCMW Kortessem", Kind.OCMW)

        counted = [
            ocmw.standings.get(from_on__lte=day, until_on__gt=day).counted.name
            for day in (date(2024, 12, 31), date(2025, 1, 1))
        ]

        assert counted == ["Kortessem", "Hasselt"]

    def test_names_what_the_register_calls_by_its_place_alone(self):
        assert named("District Deurne", Kind.DISTRICT).counts_as == named("Antwerpen")
        assert named("OCMW Hasselt", Kind.OCMW).counts_as == named("Hasselt")
        assert named("APB Campus Vesta", Kind.PROVINCIAL_AGENCY).counts_as.name == "Provincie Antwerpen"

    def test_every_ocmw_district_and_agency_counts_for_another(self):
        kinds = [Kind.OCMW, Kind.DISTRICT, Kind.MUNICIPAL_AGENCY, Kind.PROVINCIAL_AGENCY]

        assert not Organisation.objects.filter(kind__in=kinds, counts_as=None).exists()

    def test_every_organisation_has_its_domains_and_partners(self):
        assert Organisation.objects.count() == 1181
        assert MailDomain.objects.filter(domain="hasselt.be", organisation=named("Hasselt")).exists()
        assert Partnership.objects.count() == 2657
        assert Partnership.objects.filter(association__name="Hout & Blooteland").exists()
        assert not Partnership.objects.filter(association__name="AGB Stadsontwikkeling Diksmuide").exists()

    def test_who_stopped_on_an_unknown_day_is_closed_without_a_day(self):
        stopped = named("Digipolis", Kind.IGS)

        assert (stopped.is_closed, stopped.closed_on) == (True, None)


@pytest.mark.usefixtures("loaded")
class TestLoadingAgain:
    def test_changes_nothing(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(10):
            report = load()

        assert report.changes == 0

    def test_takes_over_what_the_register_says_anew(self):
        report = load(with_field("Hasselt", website="https://nieuw.example"))

        assert report.changed == 1
        assert named("Hasselt").website == "https://nieuw.example"

    def test_keeps_what_people_changed(self):
        Organisation.objects.filter(pk=named("Hasselt").pk).update(website="https://onze.example")

        report = load(with_field("Hasselt", website="https://nieuw.example", postal_code="3501"))

        assert (report.changed, report.kept) == (1, 1)
        assert (named("Hasselt").website, named("Hasselt").postal_code) == ("https://onze.example", "3501")

    def test_keeps_a_mended_merger_whole(self):
        Organisation.objects.filter(pk=named("Kortessem").pk).update(merged_on=date(2025, 2, 1))

        load(with_field("Kortessem", merged_into=None, merged_on=None))

        assert named("Kortessem").merged_into == named("Hasselt")
        assert named("Kortessem").merged_on == date(2025, 2, 1)

    def test_does_not_bring_back_a_domain_or_a_partnership_that_people_took_out(self):
        MailDomain.objects.filter(domain="hasselt.be").delete()
        Partnership.objects.filter(participant=named("Hasselt")).delete()

        report = load()

        assert report.changes == 0
        assert not MailDomain.objects.filter(domain="hasselt.be").exists()

    def test_follows_a_new_domain_and_a_partner_who_left(self):
        def moved(record):
            if record.fields["name"] == "Hasselt":
                return replace(record, mail_domain="nieuw.example")
            return replace(record, participants=record.participants[1:])

        before = Partnership.objects.count()
        load([moved(record) for record in RECORDS])

        assert {each.domain for each in named("Hasselt").mail_domains.all()} == {"nieuw.example"}
        assert Partnership.objects.count() < before

    def test_passes_by_a_double_that_was_merged(self):
        agency = named("Digipolis", Kind.IGS)
        OtherSource.objects.create(organisation=named("Hasselt"), uri=agency.uri)
        agency.delete()

        assert load().added == 0

    def test_says_what_the_register_no_longer_has_and_leaves_it(self):
        report = load([record for record in RECORDS if record.fields["name"] != "Digipolis"])

        assert report.gone == 1
        assert named("Digipolis", Kind.IGS)

    def test_writes_a_line_in_the_log_of_what_changed(self, account_of):
        officer = account_of(Role.PROGRAMME_OFFICER)
        load_organisations(records=with_field("Hasselt", postal_code="3501"), by=officer, now=NOW)

        line = lines_of([named("Hasselt")]).first()
        assert (line.action, line.user, line.timestamp) == ("organisations.loaded", officer, NOW)
        assert line.message == "bijgewerkt uit het register"


class TestTheCommand:
    def test_stores_nothing_on_a_dry_run(self, capsys):
        call_command("load_organisations", "--dry-run")

        assert "1181 organisaties toegevoegd" in capsys.readouterr().out
        assert not Organisation.objects.exists()

    def test_says_0_changes_the_second_time(self, capsys):
        call_command("load_organisations")
        call_command("load_organisations")

        assert capsys.readouterr().out.endswith("0 wijzigingen.\n")
