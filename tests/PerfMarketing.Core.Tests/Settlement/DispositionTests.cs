using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class DispositionTests
{
    [Theory]
    [InlineData(Dispositions.New, 10)]
    [InlineData(Dispositions.Contacted, 10)]
    [InlineData(Dispositions.Qualified, 10)]
    [InlineData(Dispositions.Won, 10)]
    [InlineData(Dispositions.Lost, 10)]
    [InlineData(Dispositions.Unreachable, 2.5)]
    [InlineData(Dispositions.Unqualified, 0)]
    [InlineData(Dispositions.Duplicate, 0)]
    [InlineData(Dispositions.WrongContact, 0)]
    [InlineData(Dispositions.NoConsent, 0)]
    [InlineData(Dispositions.Fraud, 0)]
    [InlineData("acme.unheard-of", 10)]
    public void A_disposition_leads_where_the_contract_says(string disposition, decimal kept)
    {
        ContractDraft contract = Contract(
            Pay.Fixed(10.Eur), static c => c.GradedBy(Dispositions.Usual(unreachable: 25.Percent)));
        CampaignRun run = Run(contract.ToCampaign(), Touch("p-blog", "2026-03-03T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));

        run.Process(Of(new Graded
        {
            Id = new("g1"), Outcome = new("o1"), At = At("2026-03-04T12:00:00Z"), Grade = disposition,
        }));

        run.Entries.Sum(static e => e.Amount.Amount).Should().Be(kept, "what was earned stays while it is held");
    }

    [Fact]
    public void The_usual_meanings_are_sound() =>
        Contract(Pay.Fixed(10.Eur), static c => c.GradedBy(Dispositions.Usual(0.Percent)))
            .TryBuild(out _, out FluentValidation.Results.ValidationResult result).Should().BeTrue(result.ToString());
}
