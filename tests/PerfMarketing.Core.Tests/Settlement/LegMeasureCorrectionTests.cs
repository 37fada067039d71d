using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
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

    // Of four touches the measuring contract permits three: one of p-blog's two, and both of p-shop's. It measures 10 %
    // of 200.00 for p-blog's third, and half of that is 3.33 for all of the credit: of which p-blog has a quarter here.
    [Theory]
    [InlineData(false, "p-blog 0.83 -0.41 -0.42; p-shop 1.67 -0.84 -0.83")]
    [InlineData(true, "p-blog 0.83 0.00 -0.41 -0.42; p-shop 1.67 0.00 -0.84 -0.83")]
    public void Contracts_that_permit_a_part_go_by_that_part_when_they_measure(bool isAmended, string expected)
    {
        ContractDraft measured = From("measured", "p-blog", LegMeasureTests.OfLeg(50, "own")).WithPartner("p-shop")
            .EffectiveFrom(new(2026, 1, 1)).Permitting(new() { Channels = [new("mail")] });
        CampaignDraft campaign = CampaignDraft.For("x", "acme").AttributedBy(new Linear())
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("other", "p-shop", Pay.RevenueShare(10.Percent))).With(measured);
        CampaignRun run = Run(
            isAmended ? Amended(campaign, measured, "p-blog", "p-shop") : campaign,
            Click(9, "p-blog") with { Channel = new("mail") },
            Click(10, "p-blog") with { Channel = new("search") },
            Click(11, "p-shop") with { Channel = new("mail") },
            Click(12, "p-shop") with { Channel = new("mail") });

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Expire(At("2026-04-02T00:00:00Z"));
        run.Process(Of(Returned("r1", "o1", "2026-04-04T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r2", "o1", "2026-04-05T12:00:00Z", 100.Eur)));

        string.Join("; ", run.Entries.Where(static e => e.Contract.Value == "measured").GroupBy(static e => e.Partner)
            .Select(static g => $"{g.Key} {string.Join(' ', g.Select(static e => $"{e.Amount.Amount:0.00}"))}"))
            .Should().Be(expected);
        LegDecision leg = run.State.Find(new("o1"))!.Decision!.Legs.Single(static l => l.Contract.Value == "measured");
        leg.Permitted.Should().Equal(new Credit(new("p-blog"), 1, 4), new Credit(new("p-shop"), 2, 4));
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(leg), failures, LegDecision.Read).Should().Be(leg);
    }

    private static CampaignDraft Amended(
        CampaignDraft campaign, ContractDraft measured, params string[] payees)
    {
        ContractDraft second = measured.Amend(
            new(2026, 3, 1), static d => d with { Clauses = [d.Clauses[0] with { Hold = Duration.FromDays(1) }] });
        ContractHistory history = ContractHistory.Of("measured")
            .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = measured.Payer });
        foreach (string payee in payees)
        {
            history = history.Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new(payee) });
        }

        history = history.Then(new ContractEvent.Proposed(2) { At = At("2026-03-18T12:00:00Z"), By = measured.Payer });
        foreach (string payee in payees)
        {
            history = history.Then(new ContractEvent.Accepted(2) { At = At("2026-03-20T12:00:00Z"), By = new(payee) });
        }

        return campaign.With(second).With(history);
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
            campaign = Amended(campaign, measured, payee);
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
