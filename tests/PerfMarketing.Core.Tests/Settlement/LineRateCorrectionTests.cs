using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Returns of orders whose lines have rates of their own.</summary>
public sealed class LineRateCorrectionTests
{
    private static readonly ByLine Rates = Pay.ByLine(
        LineRate.OfSku("a", 10.Percent),
        LineRate.OfSku("b", 15.Percent),
        new LineRate(Pay.Fixed(1.Eur)) { Skus = ["c"] });

    // reference/partner-platforms.md §0.2, tezgah issue 144: halves captured at 10 % and 15 %; a refund of the first
    // takes back 10 % of it, and not the blended 12.5 %.
    [Theory]
    [InlineData("tezgah-refund-rate: the first half", 0, "-5.00 EUR", "-7.50 EUR")]
    [InlineData("tezgah-refund-rate: the second half", 1, "-7.50 EUR", "-5.00 EUR")]
    public void Returned_line_is_taken_back_at_its_own_rate(string id, int line, string first, string second)
    {
        CampaignRun run = Run(Contract(Rates).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Order(("a", 50, 1), ("b", 50, 1)))).Posted.Texts().Should().Equal("p-blog 12.50 EUR");

        run.Process(Of(Back("r1", line))).Posted.Texts().Should().Equal([$"p-blog {first}"], id);
        run.Process(Of(Back("r2", 1 - line))).Posted.Texts().Should().Equal([$"p-blog {second}"], id);
    }

    // 5.00 + 7.50 + 4 × 1.00 = 16.50.
    [Theory]
    [InlineData("a piece at a price of its own", 2, 1, "-1.00 EUR")]
    [InlineData("three pieces of four", 2, 3, "-3.00 EUR")]
    public void Pieces_are_taken_back_by_the_piece(string because, int line, int pieces, string expected)
    {
        CampaignRun run = Run(Contract(Rates).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Order(("a", 50, 1), ("b", 50, 1), ("c", 30, 4)))).Posted.Texts()
            .Should().Equal("p-blog 16.50 EUR");

        run.Process(Of(Back("r1", line, pieces))).Posted.Texts().Should().Equal([$"p-blog {expected}"], because);
    }

    [Theory]
    [InlineData("7.50 of 12.50 are left of the 10.00", CorrectionPolicy.Proportional, "-4.00 EUR", "-6.00 EUR")]
    [InlineData("repriced: 7.50 are below the cap", CorrectionPolicy.Reprice, "-2.50 EUR", "-7.50 EUR")]
    [InlineData("until full return", CorrectionPolicy.UntilFullReturn, "0.00 EUR", "-10.00 EUR")]
    public void Cap_of_the_order_goes_with_all_lines(
        string because, CorrectionPolicy policy, string first, string second)
    {
        CampaignRun run = Run(
            Contract(Rates.CappedAt(10.Eur), c => c.Correcting(policy)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Order(("a", 50, 1), ("b", 50, 1)))).Posted.Texts().Should().Equal("p-blog 10.00 EUR");

        run.Process(Of(Back("r1", 0))).Posted.Texts().Should().Equal([$"p-blog {first}"], because);
        run.Process(Of(Back("r2", 1))).Posted.Texts().Should().Equal([$"p-blog {second}"], because);
    }

    [Fact]
    public void Credit_shares_are_taken_back_at_the_line_s_rate()
    {
        CampaignRun run = Run(
            Contract(Rates).AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));
        run.Process(Of(Order(("a", 50, 1), ("b", 50, 1)))).Posted.Texts()
            .Should().Equal("p-blog 6.25 EUR", "p-mail 6.25 EUR");

        run.Process(Of(Back("r1", 0))).Posted.Texts().Should().Equal("p-blog -2.50 EUR", "p-mail -2.50 EUR");
    }

    // cases/platform-cases.json, multivendorx issue 976: 100 and shipping 20 at 10 %, then 50 of it is refunded; with
    // the gateway's 14 and 9 the shop is left with 96 and 56.
    [Theory]
    [InlineData("mvx-refund", 96, 56)]
    public void Shipping_is_out_of_what_is_paid_and_taken_back(string id, int netBefore, int netAfter)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent), c => c.PaidOn(new())).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        Outcome order = Order(("a", 100, 1)) with { Totals = new() { Shipping = 20.Eur } };

        Money paid = run.Process(Of(order)).Posted.Single().Amount;
        Money back = run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 50.Eur))).Posted.Single().Amount;

        (120.Eur - paid - 14.Eur).Should().Be(Money.Of(netBefore, Currency.Eur), id);
        (120.Eur - 50.Eur - paid - back - 9.Eur).Should().Be(Money.Of(netAfter, Currency.Eur), id);
    }

    [Fact]
    public void Excluded_line_moves_nothing_when_it_comes_back()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent), c => c.PaidOn(new() { ExcludedSkus = ["b"] })).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Order(("a", 50, 1), ("b", 50, 1)))).Posted.Texts().Should().Equal("p-blog 5.00 EUR");

        run.Process(Of(Back("r1", 1))).Posted.Texts().Should().Equal("p-blog 0.00 EUR");
        run.Process(Of(Back("r2", 0))).Posted.Texts().Should().Equal("p-blog -5.00 EUR");
    }

    [Fact]
    public void Order_of_excluded_articles_is_refused_and_says_why()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(3.Eur), c => c.PaidOn(new() { ExcludedSkus = ["a"] })).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        Decision decision = run.Process(Of(Order(("a", 50, 1))));

        decision.Outcome.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons.Should().ContainSingle(static r => r.Code == CommissionableReasons.NothingLeft);
        decision.Outcome.Decision.Notes.Select(static n => n.ToString()).Should()
            .Equal("commissionable.excluded (contract: acme-2026, term: sku, lines: 1)");
    }

    // Rule 8: 1,000 and 190 of tax at 12 % are 142.80, capped at 80, half of the credit each.
    [Fact]
    public void Commissionable_amount_comes_before_the_cap_and_the_cap_before_the_credit()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(12.Percent).CappedAt(80.Eur), c => c.PaidOn(new() { Tax = Inclusion.In }))
                .AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));
        Outcome order = Sale("o1", "2026-03-03T12:00:00Z") with { Lines = [new() { Net = 1_000.Eur, Tax = 190.Eur }] };

        run.Process(Of(order)).Posted.Texts().Should().Equal("p-blog 40.00 EUR", "p-mail 40.00 EUR");
        run.Entries.OfType<Earning>().Should().AllSatisfy(static e => e.Value.Should().Be((Accrual)1_190.Eur));
    }

    // 120 of which 30 are excluded: 90 do not reach the clause for 100 and more; 110 and 30 do.
    [Theory]
    [InlineData("what counts is below 100", 90, "p-blog 4.50 EUR")]
    [InlineData("what counts is 100 or more", 110, "p-blog 11.00 EUR")]
    public void Conditions_may_ask_for_the_commissionable_amount(string because, int counting, string expected)
    {
        CommissionableAmount terms = new() { ExcludedSkus = ["b"] };
        Condition large = When.Fact(OutcomeFacts.Commissionable).AtLeast(100.Eur);
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent), c => c.PaidOn(terms).If(large))
                .Pays("sale", Pay.RevenueShare(5.Percent), c => c.PaidOn(terms)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Order(("a", counting, 1), ("b", 30, 1)))).Posted.Texts().Should().Equal([expected], because);
    }

    [Fact]
    public void Later_clause_pays_for_what_an_earlier_one_excludes()
    {
        CampaignRun run = Run(
            Contract(
                Pay.Fixed(3.Eur),
                c => c.PaidOn(new() { ExcludedSkus = ["a"] }).If(When.Fact(OutcomeFacts.Commissionable).Above(0.Eur)))
                .Pays("sale", Pay.RevenueShare(1.Percent)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Order(("a", 50, 1)))).Posted.Texts().Should().Equal("p-blog 0.50 EUR");
    }

    // 80 and 60 of what counts reach the 8 % from 100 on: 4.00, 4.80 and 2.40 more for the first. Without the 80 all is
    // 5 % of 60.
    [Fact]
    public void Tally_is_evaluated_again_by_what_counts()
    {
        CampaignRun run = Run(
            Contract(
                new Tiered([new(5.Percent, UpTo: 100), new(8.Percent)]) { Mode = TierMode.Volume, Of = Measure.Value },
                c => c.PaidOn(new() { ExcludedSkus = ["b"] }) with
                {
                    Tally = new() { Corrections = TallyCorrections.Reevaluated },
                }).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Order(("a", 80, 1), ("b", 50, 1))));
        run.Process(Of(Order(("a", 60, 1)) with { Id = new("o2"), At = At("2026-03-04T12:00:00Z") }));
        run.Entries.Texts().Should().Equal("p-blog 4.00 EUR", "p-blog 4.80 EUR", "p-blog 2.40 EUR");

        run.Process(Of(Back("r1", 1)));
        run.Entries.Sum(static e => e.Amount.Amount).Should().Be(11.20m);
        run.Process(Of(Back("r2", 0)));
        run.Entries.Sum(static e => e.Amount.Amount).Should().Be(3m);
    }

    private static Outcome Order(params (string Sku, int Net, int Pieces)[] lines) =>
        Sale("o1", "2026-03-03T12:00:00Z") with
        {
            Lines =
            [
                .. lines.Select(static l =>
                    new OrderLine { Sku = l.Sku, Net = Money.Of(l.Net, Currency.Eur), Quantity = l.Pieces }),
            ],
        };

    private static LineReturn Back(string id, int line, int? pieces = null) => new()
    {
        Id = new(id),
        Outcome = new("o1"),
        At = At("2026-03-10T12:00:00Z"),
        Lines = [new() { Line = line, Quantity = pieces }],
    };
}
