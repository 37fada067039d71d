using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What a leg measures when it is priced again is what it measured at first, as far as that stands.</summary>
public sealed class LegMeasureCorrectionTests
{
    // p-blog and p-shop share the credit of 200.00; half of it comes back, then the rest.
    [Theory]
    [InlineData("assist", "p-mail 5.00; p-mail -2.50; p-mail -2.50")]
    [InlineData("override", "net 5.00; net -2.50; net -2.50")]
    [InlineData("who has no part in the measured leg", "p-other 0.00; p-other 0.00; p-other 0.00")]
    [InlineData("who is paid by the partner that the measured leg pays", "p-other 5.00; p-other -2.50; p-other -2.50")]
    public void Returns_take_back_their_part(string kind, string expected)
    {
        CampaignRun run = RunOf(kind);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r2", "o1", "2026-03-05T12:00:00Z", 100.Eur)));

        string.Join("; ", run.Entries.Where(static e => e.Contract.Value == "measured")
            .Select(static e => $"{e.Partner} {e.Amount.Amount:0.00}")).Should().Be(expected, kind);
    }

    // A version that reaches back and changes nothing of the price.
    [Theory]
    [InlineData("assist", "p-mail 5.00")]
    [InlineData("override", "net 5.00")]
    [InlineData("who has no part in the measured leg", "p-other 0.00")]
    [InlineData("who is paid by the partner that the measured leg pays", "p-other 5.00")]
    public void Amendments_to_the_same_price_change_nothing(string kind, string expected)
    {
        CampaignRun run = RunOf(kind, isAmended: true);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Expire(At("2026-04-02T00:00:00Z"));

        LedgerEntry[] entries = [.. run.Entries.Where(static e => e.Contract.Value == "measured")];
        $"{entries[0].Partner} {entries.Sum(static e => e.Amount.Amount):0.00}".Should().Be(expected, kind);
    }

    private static CampaignRun RunOf(string kind, bool isAmended = false)
    {
        bool isChain = kind.StartsWith("who is paid", StringComparison.Ordinal);
        string payee = kind switch { "assist" => "p-mail", "override" => "net", _ => "p-other" };
        ContractDraft measured = From("measured", payee, LegMeasureTests.OfLeg(50, "own"), isChain ? "p-blog" : "acme");
        measured = (kind switch
        {
            "assist" => measured.Assisting(),
            "override" => measured.OnResultsOf("p-blog").OnResultsOf("p-shop"),
            _ => measured,
        }).EffectiveFrom(new(2026, 1, 1));
        CampaignDraft campaign = CampaignDraft.For("x", "acme").AttributedBy(new Linear())
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("other", "p-shop", Pay.RevenueShare(10.Percent))).With(measured);
        if (isAmended)
        {
            ContractDraft second = measured.Amend(
                new(2026, 3, 1), static d => d with { Clauses = [d.Clauses[0] with { Hold = Duration.FromDays(1) }] });
            campaign = campaign.With(second).With(ContractHistory.Of("measured")
                .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = measured.Payer })
                .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new(payee) })
                .Then(new ContractEvent.Proposed(2) { At = At("2026-03-18T12:00:00Z"), By = measured.Payer })
                .Then(new ContractEvent.Accepted(2) { At = At("2026-03-20T12:00:00Z"), By = new(payee) }));
        }

        // Of the chain the partner below brings what the one above is credited with.
        string first = kind switch { "assist" or "override" => "p-blog", _ => "p-other" };
        return kind switch
        {
            "assist" => Run(campaign, Click(9, "p-mail"), Click(10, "p-blog"), Click(11, "p-shop")),
            "override" => Run(campaign, Click(10, "p-blog"), Click(11, "p-shop")),
            _ when isChain => Run(campaign, Click(10, first), Click(11, "p-shop")),
            _ => Run(campaign, Click(10, first), Click(11, "p-blog")),
        };
    }

    private static JourneyTouch Click(int hour, string partner) =>
        Touch(partner, $"2026-03-01T{hour:00}:00:00Z");

    private static ContractDraft From(string id, string partner, PayoutModel pays, string payer = "acme") =>
        ContractDraft.For(id).PaidBy(payer).WithPartner(partner).In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", pays, static c => c.Correcting(CorrectionPolicy.Reprice));
}
