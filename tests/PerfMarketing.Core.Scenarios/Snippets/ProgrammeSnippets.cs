using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/programmes.md.</summary>
public sealed class ProgrammeSnippets
{
    [Fact]
    public void Enrol_and_amend()
    {
        #region enrol
        ContractDraft terms = ContractDraft.For("shop")
            .PaidBy("acme")
            .In(Currency.Eur, "Europe/Berlin")
            .WithNotice(14)
            .Pays("lead", Pay.Fixed(2.Eur))
            .Pays("sale", Pay.RevenueShare(8.Percent));

        ClauseDraft gold = terms.Clauses[1] with { Pays = Pay.RevenueShare(10.Percent) };
        Programme programme = ProgrammeDraft.For("acme-shop", terms)
            .WithGroup("gold", new() { Clauses = [gold] })
            .Build();

        EnrolmentDecision decision = programme.Enrol(new(new("p-anna"), From: new LocalDate(2026, 5, 1))
        {
            Group = new("gold"),
            Terms = new() { Removes = [new("lead")] },
        });
        #endregion

        Contract enrolled = decision.Contract!.Build();
        enrolled.Id.Value.Should().Be("shop.p-anna");
        enrolled.Clauses.Should().ContainSingle().Which.Pays.Should().Be(Pay.RevenueShare(10.Percent));
        decision.Changes.Select(c => c.ToString()).Should().Equal(
            "programme.clause-replaced (clause: sale, layer: group)",
            "programme.clause-removed (clause: lead, layer: partner)");
        CampaignJson.ParseProgramme(ContractPages.Json("docs/programmes.md", 0)).Should().Be(programme.ToDraft());

        #region amend
        Programme next = (programme.ToDraft() with
        {
            Version = 2,
            Contract = terms with
            {
                Clauses = [terms.Clauses[0], terms.Clauses[1] with { Pays = Pay.RevenueShare(7.Percent) }],
            },
        }).Build();

        EnrolmentDecision amended = next.Amend(enrolled, announcedOn: new LocalDate(2026, 7, 1));
        #endregion

        amended.Contract!.Clauses.Should().Equal(gold);
        amended.Contract.Effective!.Value.From.Should().Be(new LocalDate(2026, 7, 16));
    }
}
