from datetime import UTC, date, datetime

import pytest

from trekker.kernel import merging
from trekker.kernel.audit import lines_of
from trekker.organisations import actions
from trekker.organisations.models import MailDomain, Organisation, OtherSource, Partnership, Standing
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory, PartnershipFactory

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def domains(organisation: Organisation) -> set[str]:
    return set(MailDomain.objects.filter(organisation=organisation).values_list("domain", flat=True))


class TestAddOrganisation:
    def test_adds_a_partner_that_counts_for_itself(self):
        partner = actions.add_organisation(
            name="Digidak",
            kind=Organisation.Kind.PARTNER,
            mail_domains=["@Digidak.example", ""],
            by=None,
            now=NOW,
        )

        assert Standing.objects.get(organisation=partner).counted == partner
        assert domains(partner) == {"digidak.example"}
        assert lines_of([partner]).get().action == "organisations.added"


class TestCorrectOrganisation:
    def correct(self, organisation, domains=None, **facts):
        return actions.correct_organisation(
            organisation=organisation, facts=facts, mail_domains=domains, by=None, now=NOW
        )

    def test_settles_again_what_it_counts_for(self):
        ocmw, municipality = OrganisationFactory(ocmw=True), OrganisationFactory()

        self.correct(ocmw, counts_as=municipality)

        assert Standing.objects.get(organisation=ocmw).counted == municipality

    def test_refuses_what_would_count_for_itself_and_stores_nothing(self):
        municipality = OrganisationFactory()
        ocmw = OrganisationFactory(ocmw=True, counts_as=municipality)

        with pytest.raises(actions.CountsInCircle):
            self.correct(municipality, counts_as=ocmw)

        municipality.refresh_from_db()
        assert municipality.counts_as is None

    def test_logs_the_names_of_the_fields_that_changed(self):
        organisation = OrganisationFactory(name="Oud")

        self.correct(organisation, name="Nieuw", province=organisation.province)

        assert lines_of([organisation]).get().data == {"fields": ["name"]}

    def test_changes_and_logs_nothing_when_nothing_differs(self):
        organisation = MailDomainFactory(domain="zelfde.example").organisation

        self.correct(organisation, name=organisation.name, domains=["zelfde.example"])

        assert not lines_of([organisation]).exists()

    def test_makes_the_mail_domains_those_given(self):
        organisation = MailDomainFactory(domain="oud.example").organisation

        self.correct(organisation, domains=["nieuw.example"])

        assert domains(organisation) == {"nieuw.example"}


class TestMergeOrganisations:
    def merge(self, kept, dropped):
        return actions.merge_organisations(kept=kept, dropped=dropped, by=None, now=NOW)

    def test_takes_over_what_only_the_other_knew(self):
        kept = OrganisationFactory(website="", postal_code="3500")
        dropped = OrganisationFactory(website="https://www.hasselt.example", postal_code="9999")

        self.merge(kept, dropped)

        kept.refresh_from_db()
        assert (kept.website, kept.postal_code) == ("https://www.hasselt.example", "3500")

    def test_keeps_what_was_corrected_meanwhile(self):
        kept = OrganisationFactory(note="oud")
        Organisation.objects.filter(pk=kept.pk).update(note="nieuw")

        self.merge(kept, OrganisationFactory())

        kept.refresh_from_db()
        assert kept.note == "nieuw"

    def test_refuses_one_that_was_merged_meanwhile(self):
        kept, dropped = OrganisationFactory(), OrganisationFactory()
        Organisation.objects.get(pk=dropped.pk).delete()

        with pytest.raises(actions.NoLongerThere):
            self.merge(kept, dropped)

    def test_drops_a_row_that_may_not_stand_twice(self):
        kept, dropped, igs = OrganisationFactory(), OrganisationFactory(), OrganisationFactory(igs=True)
        for organisation in (kept, dropped):
            MailDomainFactory(organisation=organisation, domain="zelfde.example")
            PartnershipFactory(association=igs, participant=organisation)

        self.merge(kept, dropped)

        assert domains(kept) == {"zelfde.example"}
        assert Partnership.objects.get().participant == kept

    def test_lets_those_that_counted_for_the_one_count_for_the_other(self):
        kept, dropped = OrganisationFactory(), OrganisationFactory()
        ocmw = OrganisationFactory(ocmw=True, counts_as=dropped)

        self.merge(kept, dropped)

        assert Standing.objects.get(organisation=ocmw).counted == kept

    def test_takes_out_the_links_between_the_two(self):
        dropped = OrganisationFactory(igs=True)
        kept = OrganisationFactory(merged_into=dropped, merged_on=date(2025, 1, 1))
        Organisation.objects.filter(pk=dropped.pk).update(counts_as=kept)
        PartnershipFactory(association=dropped, participant=kept)

        self.merge(kept, dropped)

        kept.refresh_from_db()
        assert (kept.merged_into, kept.merged_on) == (None, None)
        assert not Partnership.objects.exists()

    def test_remembers_the_source_so_that_a_refresh_passes_it_by(self):
        kept, dropped = OrganisationFactory(), OrganisationFactory(uri="http://bron.example/1")

        self.merge(kept, dropped)

        assert OtherSource.objects.get(organisation=kept).uri == "http://bron.example/1"

    def test_keeps_the_log_of_both(self):
        kept, dropped = OrganisationFactory(), OrganisationFactory(name="Dubbel")
        actions.correct_organisation(organisation=dropped, facts={"note": "hier"}, by=None, now=NOW)

        self.merge(kept, dropped)

        assert [line.action for line in lines_of([kept])] == [
            "organisations.merged",
            "organisations.corrected",
        ]


class TestDifferences:
    def test_shows_the_fields_that_differ_as_the_screen_does(self):
        kept = OrganisationFactory(name="Hasselt", population=80000, is_closed=True, postal_code="3500")
        dropped = OrganisationFactory(name="Hasselt", ocmw=True, postal_code="3500")

        found = merging.differences(kept, dropped)

        assert [(each.label, each.kept, each.dropped) for each in found] == [
            ("soort", "gemeente", "OCMW"),
            ("inwoners (schatting)", "80000", "–"),
            ("gestopt", "ja", "nee"),
        ]

    def test_counts_what_moves_without_what_is_derived(self):
        dropped = MailDomainFactory().organisation

        assert [(each.label, each.count) for each in merging.preview(dropped, without={Standing})] == [
            ("maildomeinen", 1)
        ]
