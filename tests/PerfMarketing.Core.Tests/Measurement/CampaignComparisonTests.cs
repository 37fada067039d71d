using System.Text.Json;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Measurement;

public sealed class CampaignComparisonTests
{
    private static readonly Instant End = At("2026-05-01T00:00:00Z");

    private static readonly JourneyTouch[] Touches =
        [Touch("p-mail", "2026-03-01T09:00:00Z"), Touch("p-blog", "2026-03-01T10:00:00Z")];

    [Fact]
    public void Costs_are_divided_by_what_happened_and_not_by_what_was_paid_for()
    {
        CampaignComparison made = Compare(
            [Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Contract(Pay.Fixed(7.Eur)).ToCampaign()],
            Of(Sale("o1", "2026-03-02T10:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-03-02T11:00:00Z", 50.Eur)),
            Of(Sale("before", "2026-02-02T11:00:00Z", 70.Eur)),
            Of(Sale("lead", "2026-03-02T11:00:00Z") with { Kind = "lead", Quantity = 3 }),
            Of(Returned("r1", "o1", "2026-03-09T10:00:00Z", 20.Eur)));

        made.Results.Kinds.Select(static k => $"{k.Kind} {k.Count} {k.Quantity} {k.Value}")
            .Should().Equal("lead 1 3 []", "sale 3 3 [200.00 EUR]");
        made.Campaigns.Select(static c => c.Costs[0].Cost).Should().Equal(13.Eur, 12.60m.Eur);
        made.Campaigns[0].Costs[0].ShareOfRevenue.Should().Be(new Ratio(13, 200));
        made.Campaigns[0].Costs[0].PerAcquisition!.Value.Rounded.Should().Be(Accrual.Parse("4.333333 EUR"));
        made.Campaigns[0].Costs[0].PerLead.Should().Be(new UnitCost(13.Eur, 3));
        made.Campaigns[0].Costs[0].PerClick.Should().BeNull("nobody clicked");
        made.Campaigns[1].Differences.Select(Text).Should().Equal(
            "o1 8.00 EUR -> 5.60 EUR comparison.other-price", "o2 5.00 EUR -> 7.00 EUR comparison.other-price");
    }

    [Fact]
    public void What_is_booked_by_hand_for_one_alone_is_named()
    {
        CampaignRun plain = Run(Contract(Pay.Fixed(7.Eur)).ToCampaign(), Touches);
        CampaignRun booked = Run(Contract(Pay.Fixed(7.Eur)).ToCampaign(), Touches);
        foreach ((string id, int amount) in new[] { ("b1", 25), ("b2", 5) })
        {
            booked.Book(
                new()
                {
                    Id = new(id),
                    Contract = new("acme-2026"),
                    Partner = new("p-blog"),
                    Amount = ((decimal)amount).Eur,
                    At = At("2026-03-02T10:00:00Z"),
                    Author = "ann",
                    Note = "goodwill",
                },
                At("2026-03-02T10:00:00Z"));
        }

        CampaignComparison made = CampaignComparison.Of([new("plain", plain), new("booked", booked)]);

        made.Campaigns[1].Differences.Select(static d => $"{d.Booking} {d.Partner} {d.Period} {d.Delta} {d.Reason}")
            .Should().Equal(
                "b1 p-blog  25.00 EUR comparison.booked", "b2 p-blog  5.00 EUR comparison.booked");
        OutcomeDifference first = made.Campaigns[1].Differences[0];
        TermReader.Read(TermNode.Of(first), [], OutcomeDifference.Read).Should().Be(first);
    }

    [Theory]
    [InlineData("\"kept\":[\"7.00 EUR\",\"8.00 EUR\"]", "\"kept\":[\"7.00 EUR\"]")]
    [InlineData("\"kept\":[\"7.00 EUR\",\"8.00 EUR\"]", "\"kept\":[\"7.00 EUR\",\"8.00 USD\"]")]
    [InlineData("\"kept\":[\"7.00 EUR\",\"8.00 EUR\"]", "\"kept\":[]")]
    [InlineData("\"after\":\"8.00 EUR\"", "\"after\":\"8.00 USD\"")]
    [InlineData("\"quantity\":1,\"amount\":\"8.00 EUR\"", "\"quantity\":0.000000000001,\"amount\":\"8.00 EUR\"")]
    public void Stored_comparison_that_cannot_be_is_refused(string found, string stored)
    {
        CampaignRun seven = Run(Contract(Pay.Fixed(7.Eur)).ToCampaign(), Touches);
        CampaignRun eight = Run(Contract(Pay.Fixed(8.Eur)).ToCampaign(), Touches);
        seven.Process(Of(Sale("o1", "2026-03-02T10:00:00Z", 80.Eur)));
        eight.Process(Of(Sale("o1", "2026-03-02T10:00:00Z", 80.Eur)));
        string json = TermJson.Write(CampaignComparison.Of([new("seven", seven), new("eight", eight)]));
        json.Should().Contain(found);

        Func<CampaignComparison> read = () => TermJson.Parse(
            json.Replace(found, stored, StringComparison.Ordinal)
                .Replace("\"cost\":\"8.00 EUR\",\"quantity\":0.0", "\"cost\":\"9999999999999.00 EUR\",\"quantity\":0.0",
                    StringComparison.Ordinal),
            CampaignComparison.Read);

        read.Should().Throw<JsonException>();
        TermJson.Parse(json, CampaignComparison.Read).Campaigns.Should().HaveCount(2);
    }

    // Of 16.00 nobody takes 18.00, of 20.00 somebody does.
    [Fact]
    public void An_invalidation_that_is_refused_under_one_is_why_the_other_costs_less()
    {
        List<(string, CampaignRun)> runs = [];
        foreach (int price in (int[])[8, 10])
        {
            CampaignRun run = Run(Contract(Pay.Fixed(((decimal)price).Eur)).ToCampaign(), Touches);
            run.Process(Of(Sale("o1", "2026-03-02T10:00:00Z")));
            run.Process(Of(Sale("o2", "2026-03-02T11:00:00Z")));
            run.Invalidate(
                new()
                {
                    Id = new("i1"),
                    Contract = new("acme-2026"),
                    Partner = new("p-blog"),
                    From = At("2026-03-01T00:00:00Z"),
                    To = At("2026-04-01T00:00:00Z"),
                    Amount = 18.Eur,
                    At = At("2026-04-02T12:00:00Z"),
                    Author = "ann",
                    Note = "bots",
                },
                At("2026-04-02T12:00:00Z")).Answer
                .Should().Be(price == 8 ? BookingAnswer.Refused : BookingAnswer.Booked);
            runs.Add(($"{price}", run));
        }

        CampaignComparison.Of(runs).Campaigns[1].Differences.Select(static d => $"{d.Before} {d.After} {d.Reason}")
            .Should().Equal(
                "8.00 EUR 1.00 EUR comparison.other-invalidation (invalidation: i1)",
                "8.00 EUR 1.00 EUR comparison.other-invalidation (invalidation: i1)");
    }

    [Fact]
    public void Tests_duplicates_and_what_was_returned_are_no_results()
    {
        CampaignComparison made = Compare(
            [Contract(Pay.Fixed(7.Eur)).ToCampaign()],
            Of(Sale("o1", "2026-03-02T10:00:00Z", 100.Eur) with { OrderId = new("A-1") }),
            Of(Sale("o2", "2026-03-02T11:00:00Z", 50.Eur) with { OrderId = new("A-1") }),
            Of(Sale("o3", "2026-03-02T12:00:00Z", 50.Eur) with { IsTest = true }),
            Of(Sale("o4", "2026-03-02T13:00:00Z", 50.Eur) with { Quantity = -1 }),
            Of(Sale("o5", "2026-03-02T14:00:00Z", 50.Eur)),
            Of(Retracted("r5", "o5", "2026-03-03T14:00:00Z")));

        made.Results.Kinds.Should().Equal(new ResultCount("sale", 1, 1, [100.Eur]));
    }

    [Fact]
    public void Clicks_are_outcomes_or_else_touchpoints()
    {
        CampaignDraft draft = ContractDraft.For("c").PaidBy("acme").WithPartner("p-blog").In(Currency.Eur, "Etc/UTC")
            .Pays("click", Pay.Fixed(0.50m.Eur)).Pays("sale", Pay.Fixed(3.Eur)).ToCampaign();
        CampaignInput sale = Of(Sale("o1", "2026-03-02T10:00:00Z"));
        CampaignInput clicks = Of(Sale("k1", "2026-03-02T10:00:00Z") with { Kind = "click", Quantity = 40 });
        ComparisonBasis basis = new() { ClickTouches = 12 };

        Compare([draft], basis, sale).Campaigns[0].Costs[0].PerClick.Should().Be(new UnitCost(3.Eur, 12));
        Compare([draft], basis, sale, clicks).Campaigns[0].Costs[0].PerClick.Should().Be(new UnitCost(23.Eur, 40));
    }

    [Fact]
    public void Who_gains_and_who_loses_by_other_credit()
    {
        CampaignDraft last = Contract(Pay.Fixed(10.Eur)).ToCampaign();
        CampaignComparison made = Compare(
            [last, last.AttributedBy(new FirstTouch()), last.AttributedBy(new Linear())],
            Of(Sale("o1", "2026-03-02T10:00:00Z")));

        made.Parties.Select(static p => $"{p.Party} {p.Kept} {p.ChangeUnder(1)} {p.ChangeUnder(2)}").Should().Equal(
            "p-blog [10.00 EUR, 0.00 EUR, 5.00 EUR] -10.00 EUR -5.00 EUR",
            "p-mail [0.00 EUR, 10.00 EUR, 5.00 EUR] 10.00 EUR 5.00 EUR");
        made.Campaigns[1].Differences.Select(Text).Should().Equal("o1 10.00 EUR -> 10.00 EUR comparison.other-credit");
        made.Campaigns[1].Differences[0].Parties.Should().Equal(
            new PartyChange(new("p-blog"), 10.Eur, 0.Eur), new PartyChange(new("p-mail"), 0.Eur, 10.Eur));
    }

    [Fact]
    public void Each_difference_says_why()
    {
        ContractDraft fixedPrice = Contract(Pay.Fixed(10.Eur));
        CampaignDraft first = fixedPrice.ToCampaign();
        CampaignInput sale = Of(Sale("o1", "2026-03-02T10:00:00Z", 100.Eur));
        CampaignInput back = Of(Returned("r1", "o1", "2026-03-03T10:00:00Z", 50.Eur));
        string[] reasons =
        [
            Why(first, Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign(), sale),
            Why(first, first with { Flight = new(new(2026, 4, 1), null) }, sale),
            Why(first with { Flight = new(new(2026, 4, 1), null) }, first, sale),
            Why(first, (fixedPrice with { Id = new("other-2026") }).ToCampaign() with { Flight = null }, sale),
            Why(first, first.BudgetedAt(monthly: 4.Eur, CapBehavior.StopAndReject), sale),
            Why(first, Contract(Pay.Fixed(10.Eur), c => c.Correcting(CorrectionPolicy.UntilFullReturn)).ToCampaign(),
                sale, back),
            Why(first, InDollars(), sale),
        ];

        reasons.Should().Equal(
            "comparison.pending",
            $"comparison.refused (because: {SettlementReasons.OutsideFlight})",
            $"comparison.accepted (because: {SettlementReasons.OutsideFlight})",
            "same",
            "comparison.refused (because: settlement.over-budget)",
            "comparison.other-correction",
            "comparison.other-currency");
    }

    [Fact]
    public void Currencies_stand_side_by_side_and_never_add_up()
    {
        CampaignComparison made = Compare(
            [Contract(Pay.Fixed(10.Eur)).ToCampaign(), InDollars()], Of(Sale("o1", "2026-03-02T10:00:00Z")));

        made.Campaigns.Select(static c => string.Join(' ', c.Costs.Select(static x => x.Cost)))
            .Should().Equal("10.00 EUR", "9.00 USD");
        made.Campaigns[1].Differences.Select(Text).Should().BeEquivalentTo(
            "o1 10.00 EUR -> 0.00 EUR comparison.other-currency", "o1 0.00 USD -> 9.00 USD comparison.other-currency");
        made.Parties.Select(static p => p.Kept.ToString())
            .Should().Equal("[10.00 EUR, 0.00 EUR]", "[0.00 USD, 9.00 USD]");
    }

    [Fact]
    public void A_payer_in_between_keeps_its_margin()
    {
        CampaignDraft direct = Contract(Pay.Fixed(10.Eur)).ToCampaign();
        CampaignDraft chained = CampaignDraft.For("acme-2026", "acme")
            .With(ContractDraft.For("in").PaidBy("acme").WithPartner("net").In(Currency.Eur, "Etc/UTC")
                .Pays("sale", Pay.Fixed(12.Eur)))
            .With(ContractDraft.For("out").PaidBy("net").WithPartner("p-blog").In(Currency.Eur, "Etc/UTC")
                .Pays("sale", Pay.Fixed(9.Eur)));
        CampaignComparison made = Compare([direct, chained], Of(Sale("o1", "2026-03-02T10:00:00Z")));

        made.Campaigns.Select(static c => $"{c.Costs[0].Cost} {c.Costs[0].Margin}")
            .Should().Equal("10.00 EUR 0.00 EUR", "12.00 EUR 3.00 EUR");
        made.Parties.Select(static p => $"{p.Party} {p.IsIntermediary} {p.Kept}").Should().Equal(
            "net True [0.00 EUR, 3.00 EUR]", "p-blog False [10.00 EUR, 9.00 EUR]");
    }

    [Theory]
    [InlineData("10.00 EUR", "3", "3.333333 EUR")]
    [InlineData("-10.00 EUR", "3", "-3.333333 EUR")]
    [InlineData("0.01 EUR", "20000", "0.000001 EUR")]
    [InlineData("0.01 EUR", "20001", "0.00 EUR")]
    [InlineData("100 JPY", "0.5", "200 JPY")]
    public void Cost_of_one_is_rounded_once_half_away_from_zero(string cost, string quantity, string one) =>
        new UnitCost(Money.Parse(cost), decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture))
            .Rounded.Should().Be(Accrual.Parse(one));

    [Fact]
    public void Only_runs_of_one_log_are_compared()
    {
        Campaign campaign = Contract(Pay.Fixed(10.Eur)).ToCampaign().Build();
        CampaignRun one = Run(campaign, Touches);
        CampaignRun other = Run(campaign, Touches);
        one.Process(Of(Sale("o1", "2026-03-02T10:00:00Z")));
        other.Process(Of(Sale("o2", "2026-03-02T10:00:00Z")));

        FluentActions.Invoking(() => CampaignComparison.Of([("a", one), ("b", other)]))
            .Should().Throw<ArgumentException>().WithMessage("*'b' is not of the log*");
        FluentActions.Invoking(() => CampaignComparison.Of([("a", one), ("a", one)]))
            .Should().Throw<ArgumentException>().WithMessage("*a name of its own*");
        FluentActions.Invoking(static () => CampaignComparison.Of([])).Should().Throw<ArgumentException>();
    }

    private static CampaignDraft InDollars() => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
        .In(Currency.Usd, "Europe/Berlin").Pays("sale", Pay.Fixed(9m.Usd)).ToCampaign();

    private static string Why(CampaignDraft before, CampaignDraft after, params CampaignInput[] log) =>
        Compare([before, after], log).Campaigns[1].Differences.Select(static d => d.Reason.ToString())
            .FirstOrDefault("same");

    private static string Text(OutcomeDifference one) => $"{one.Outcome} {one.Before} -> {one.After} {one.Reason.Code}";

    private static CampaignComparison Compare(CampaignDraft[] campaigns, params CampaignInput[] log) =>
        Compare(campaigns, ComparisonBasis.Default, log);

    private static CampaignComparison Compare(
        CampaignDraft[] campaigns, ComparisonBasis basis, params CampaignInput[] log) =>
        CampaignComparison.Settle(
            [.. campaigns.Select(static (c, i) => ($"{i}", c.Build()))],
            [.. log.OrderBy(static i => i.RecordedAt)],
            static () => new AllTouches(),
            End,
            basis);

    private sealed class AllTouches : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(Touches);
    }
}
