using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Payouts.Models;

/// <summary>Models made of other models: floor, factor, sum, best of.</summary>
public sealed class CompositionTests
{
    private static readonly PayoutModel Graduated = Pay.Tiered(new(1m.Eur, UpTo: 10), new(3m.Eur));

    [Theory]
    [InlineData("2.00 EUR", "revenue-share 0.60 EUR\nfloor 0.40 EUR\ntotal 1.00 EUR")]
    [InlineData("10.00 EUR", "revenue-share 3.00 EUR\ntotal 3.00 EUR")]
    [InlineData("0.00 EUR", "revenue-share 0.00 EUR\ntotal 0.00 EUR")]
    public void Floor_raises_what_pays_too_little_but_not_what_pays_nothing(string value, string lines) =>
        Pay.RevenueShare(30.Percent).FlooredAt(1.Eur).Compute(new(Money.Parse(value))).Explain().Should().Be(lines);

    [Fact]
    public void Floor_holds_for_the_whole_outcome_before_the_credit_share()
    {
        PayoutContext context = new PayoutContext(100.Eur) with
        {
            Quantity = 1,
            Counted = Tally.Zero(Currency.Eur) with { Count = 0.4m, Quantity = 0.4m },
            Share = new Ratio(2, 5),
            IsCumulative = true,
        };

        Graduated.FlooredAt(5.Eur).Compute(context).Explain().Should()
            .Be("tier-1 0.40 EUR\nfloor 1.60 EUR\ntotal 2.00 EUR");
        Pay.Sum(Graduated, Pay.Fixed(1.Eur).FlooredAt(5.Eur)).Compute(context).Total.Should().Be((Accrual)2.40m.Eur);
    }

    [Fact]
    public void Factor_shows_what_it_adds_and_at_which_rate()
    {
        Payout payout = Pay.RevenueShare(6.Percent).IncreasedBy(33.5m.Percent).Compute(new(100.Eur));

        payout.Explain().Should().Be("revenue-share 6.00 EUR\nmultiplied 2.01 EUR\ntotal 8.01 EUR");
        payout.Lines[1].Rate.Should().Be(33.5m.Percent);
    }

    [Theory]
    [InlineData("2", "20.00 EUR")]
    [InlineData("0.5", "5.00 EUR")]
    [InlineData("1", "10.00 EUR")]
    public void Factor_multiplies(string factor, string total) =>
        Pay.RevenueShare(10.Percent).Times(Parsed(factor)).Compute(new(100.Eur)).Total.ToString().Should().Be(total);

    [Fact]
    public void Sum_adds_lines_in_order() =>
        Pay.Fixed(20.Eur).Plus(Pay.RevenueShare(5.Percent)).Plus(Pay.Fixed(1.Eur)).Compute(new(200.Eur)).Explain()
            .Should().Be("fixed 20.00 EUR\nrevenue-share 10.00 EUR\nfixed 1.00 EUR\ntotal 31.00 EUR");

    [Fact]
    public void Sum_that_grows_stays_one_sum() =>
        Pay.Fixed(1.Eur).Plus(Pay.Fixed(2.Eur)).Plus(Pay.Fixed(3.Eur))
            .Should().Be(Pay.Sum(Pay.Fixed(1.Eur), Pay.Fixed(2.Eur), Pay.Fixed(3.Eur)));

    // reference/partner-platforms.md 2.2: a system that compared cents with per cents let a flat 0.50 beat 30 %.
    [Theory]
    [InlineData("30 % of 10.00 beats a flat 0.50", "10.00 EUR", "revenue-share 3.00 EUR\ntotal 3.00 EUR")]
    [InlineData("a flat 0.50 beats 30 % of 1.00", "1.00 EUR", "fixed 0.50 EUR\ntotal 0.50 EUR")]
    public void Best_compares_money_and_keeps_only_the_winners_lines(string because, string value, string lines)
    {
        PayoutContext context = new(Money.Parse(value));
        PayoutModel share = Pay.RevenueShare(30.Percent);
        PayoutModel flat = Pay.Fixed(0.50m.Eur);

        Pay.BestOf(share, flat).Compute(context).Explain().Should().Be(lines, because);
        Pay.BestOf(flat, share).Compute(context).Explain().Should().Be(lines, because);
    }

    [Fact]
    public void Best_of_equals_is_the_earlier_one() =>
        Pay.BestOf(Pay.Fixed(1.Eur).Times(2), Pay.Fixed(2.Eur)).Compute(new(0.Eur)).Lines.Should().HaveCount(2);

    [Fact]
    public void Best_keeps_the_lines_before_it_and_many_of_its_own()
    {
        PayoutModel many = Pay.Sum([.. Enumerable.Repeat(Pay.Fixed(1.Eur), 12)]);
        PayoutModel best = Pay.BestOf(Pay.Fixed(3.Eur).CappedAt(2.Eur), many, Pay.Fixed(5.Eur));

        Payout payout = Pay.Sum(Pay.Fixed(7.Eur), best).Compute(new(0.Eur));

        payout.Lines.Should().HaveCount(13);
        payout.Lines.Sum(static l => l.Amount.Amount).Should().Be(19);
        payout.Total.Should().Be((Accrual)19.Eur);
    }

    [Fact]
    public void Best_in_a_cumulative_clause_compares_what_the_credited_part_earns()
    {
        PayoutModel model = Pay.BestOf(Graduated, Pay.RevenueShare(10.Percent));
        PayoutContext early = new PayoutContext(20.Eur) with
        {
            Counted = Tally.Zero(Currency.Eur) with { Count = 0.5m, Quantity = 0.5m },
            Share = new Ratio(1, 2),
            IsCumulative = true,
        };

        model.Compute(early).Explain().Should()
            .Be("revenue-share 2.00 EUR\ncredit-share -1.00 EUR\ntotal 1.00 EUR");
        model.Compute(early with { Before = Tally.Zero(Currency.Eur) with { Quantity = 10 } }).Explain().Should()
            .Be("tier-2 1.50 EUR\ntotal 1.50 EUR");
    }

    private static decimal Parsed(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
