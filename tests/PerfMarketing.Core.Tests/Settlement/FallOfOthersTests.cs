using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>A price that falls with the volume, where other terms or another system priced what was before.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class FallOfOthersTests
{
    // 10 %, and 1 % of all from the third on.
    private static readonly PayoutModel Falling = Pay.Volume(new(10.Percent, UpTo: 3), new(1.Percent));

    public static TheoryData<bool, PayoutModel, string> Priced => new()
    {
        // Lower than the terms pay for it after the fall: it stays.
        { false, Pay.RevenueShare(0.5m.Percent), "0.50, 0.50, 1.00, re-priced 0.00, 1.00" },
        { true, Pay.RevenueShare(0.5m.Percent), "0.50, 0.50, 1.00, re-priced 0.00, 1.00" },
        { false, Pay.RevenueShare(1.Percent), "1.00, 1.00, 1.00, re-priced 0.00, 1.00" },
        { true, Pay.RevenueShare(1.Percent), "1.00, 1.00, 1.00, re-priced 0.00, 1.00" },

        // Lower than before the fall: it falls to what the terms pay for it.
        { false, Pay.RevenueShare(6.Percent), "6.00, 6.00, 1.00, re-priced -10.00, 1.00" },
        { true, Pay.RevenueShare(6.Percent), "6.00, 6.00, 1.00, re-priced -10.00, 1.00" },

        // As high: the fall is all of it. Higher: it is as much.
        { false, Pay.RevenueShare(10.Percent), "10.00, 10.00, 1.00, re-priced -18.00, 1.00" },
        { true, Pay.RevenueShare(10.Percent), "10.00, 10.00, 1.00, re-priced -18.00, 1.00" },
        { false, Pay.RevenueShare(25.Percent), "25.00, 25.00, 1.00, re-priced -18.00, 1.00" },
        { true, Pay.RevenueShare(25.Percent), "25.00, 25.00, 1.00, re-priced -18.00, 1.00" },
    };

    [Theory]
    [MemberData(nameof(Priced))]
    public void What_other_terms_priced_falls_to_what_these_pay_for_it(
        bool isReevaluated, PayoutModel before, string paid)
    {
        CampaignRun run = Settle(
            Known(before, Falling, isReevaluated), [.. Sales("03-03", "03-04", "03-21", "03-22")]);

        string.Join(", ", run.Entries.Select(Text)).Should().Be(paid);
    }

    [Fact]
    public void Entry_says_what_of_the_fall_was_never_priced()
    {
        CampaignRun run = Settle(
            Known(Pay.RevenueShare(6.Percent), Falling, isReevaluated: true), [.. Sales("03-03", "03-04", "03-21")]);

        run.Entries.OfType<Repricing>().Single().Lines.Select(static l => $"{l.Code} {l.Amount}").Should().Equal(
            "repricing -18.00 EUR", "unpriced 8.00 EUR");
        run.State.TallyOf(run.Entries.OfType<Earning>().First().TallyKey, Currency.Eur).Accrued.Amount.Should().Be(3);
    }

    // Two sales were paid 0.50 each by another system.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_system_paid_stays_when_it_is_less_than_the_price_after_the_fall(bool isReevaluated)
    {
        CampaignRun run = Opened(Falling, isReevaluated, 1.Eur);
        Feed(run, [.. Sales("03-03", "03-04")]);

        run.Entries.Skip(1).Select(Text).Should().Equal("1.00", "re-priced 0.00", "1.00");
    }

    // As these terms price them, the two fall as if these terms had.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_system_paid_as_the_terms_do_falls_with_them(bool isReevaluated)
    {
        CampaignRun run = Opened(Falling, isReevaluated, 20.Eur);
        Feed(run, [.. Sales("03-03", "03-04"), Of(Retracted("c1", "o2", "2026-03-20T12:00:00Z"))]);

        run.Entries.Skip(1).Select(Text).Take(3).Should().Equal("1.00", "re-priced -18.00", "1.00");
        Total(run).Should().Be((-17m).Eur, "three are worth 3.00, of which 20.00 were paid elsewhere");
    }

    // The opening is of the first version, which pays 1 %.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_system_paid_under_terms_before_stays_too(bool isReevaluated)
    {
        CampaignRun run = Opened(
            Known(Pay.RevenueShare(1.Percent), Falling, isReevaluated), 2.Eur);
        Feed(run, [.. Sales("03-20", "03-21")]);

        run.Entries.Skip(1).Select(Text).Should().Equal("1.00", "re-priced 0.00", "1.00");
    }

    // Two thirds of values times such rates have more digits than a decimal: each is priced, and so was all.
    [Fact]
    public void What_one_version_prices_is_not_priced_as_a_whole()
    {
        PayoutModel model = Pay.Sum(
            Falling, new Multiplied(Pay.RevenueShare(1.1234567m.Percent), 1.333333333m), Pay.Fixed(1_000_000.Eur));
        CampaignRun run = Run(
            Contract(model).ToCampaign().AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"),
            Touch("p-blog", "2026-03-01T09:40:00Z"));
        for (int i = 1; i <= 20; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-{3 + i:00}T12:00:00Z", (100.37m + i).Eur)));
        }

        run.Entries.OfType<Earning>().Should().HaveCount(40);
        run.Entries.SelectMany(static e => e is Repricing r ? r.Lines : []).Select(static l => l.Code).Should()
            .Contain("repricing").And.NotContain("unpriced");
    }

    // The same after another version: parts of credit are read on the grid of quantities.
    [Fact]
    public void Rates_of_many_digits_leave_nobody_unpaid_after_another_version()
    {
        PayoutModel model = Pay.Sum(Falling, new Multiplied(Pay.RevenueShare(1.1234567m.Percent), 1.333333333m));
        CampaignRun run = Run(
            Known(Pay.RevenueShare(1.Percent), model, isReevaluated: false).AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"),
            Touch("p-blog", "2026-03-01T09:40:00Z"));
        for (int i = 1; i <= 20; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-{3 + i:00}T12:00:00Z", (100.37m + i).Eur)));
        }

        run.Entries.OfType<Earning>().Where(static e => e.Partner == new PartnerId("p-blog")).Should().HaveCount(20);
    }

    // Two million units at 0.01 and 2,000,000,000.00 each are more than an amount can be: nothing falls.
    [Fact]
    public void More_than_an_amount_can_be_takes_nothing_back()
    {
        PayoutModel model = Pay.Sum(
            Pay.Volume(new(0.02m.Eur, UpTo: 1_000_002), new(0.01m.Eur)), Pay.Fixed(2_000_000_000m.Eur));
        CampaignRun run = Settle(
            Known(Pay.Fixed(0.01m.Eur), model, isReevaluated: false),
            Of(Sale("o1", "2026-03-03T12:00:00Z") with { Quantity = 1_000_000 }),
            Of(Sale("o2", "2026-03-20T12:00:00Z")),
            Of(Sale("o3", "2026-03-21T12:00:00Z")),
            Of(Sale("o4", "2026-03-22T12:00:00Z")));

        run.Entries.Select(Text).Should().Equal(
            "10000.00", "2000000000.02", "2000000000.01", "re-priced 0.00", "2000000000.01");
    }

    // What the model measures of an order is not in the tally: what was before does not fall below nothing.
    [Fact]
    public void What_does_not_follow_from_the_tally_alone_falls_to_nothing_at_the_most()
    {
        PayoutModel mixed = Pay.Sum(Falling, Pay.RevenueShare(3.Percent).CappedAt(2.Eur));
        mixed.IsOrderFree.Should().BeFalse();

        CampaignRun run = Settle(
            Known(Pay.RevenueShare(1.Percent), mixed, isReevaluated: false), [.. Sales("03-03", "03-04", "03-21")]);

        run.Entries.Select(Text).Should().Equal("1.00", "1.00", "3.00", "re-priced -2.00");
    }

    [Fact]
    public void A_price_that_rises_again_pays_what_it_pays_for_all()
    {
        PayoutModel bent = Pay.Volume(new(10.Percent, UpTo: 3), new(1.Percent, UpTo: 5), new(12.Percent));
        CampaignRun run = Settle(
            Known(Pay.RevenueShare(1.Percent), bent, isReevaluated: true),
            [.. Sales("03-03", "03-04", "03-21", "03-22", "03-23")]);

        run.Entries.Select(Text).Should().Equal(
            "1.00", "1.00", "1.00", "re-priced 0.00", "1.00", "12.00", "re-priced 44.00");
    }

    // By 1 % until the 15th, then by the falling price: what is left is what it would have come to.
    [Fact]
    public void What_is_left_is_what_it_would_have_come_to_without_what_is_gone()
    {
        int fell = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            bool isOpened = random.Next(2) == 0;
            PayoutModel falling = Pay.Volume(
                new(random.Next(5, 20).Percent, UpTo: random.Next(2, 8)), new(random.Next(0, 9).Percent));
            PayoutModel before = isOpened ? falling : Pay.RevenueShare(random.Next(1, 12).Percent);
            Money paid = Money.FromMinor(random.Next(0, 2_000), Currency.Eur);
            CampaignRun Begin() => isOpened
                ? Opened(falling, isReevaluated: true, paid)
                : Run(Known(before, falling, isReevaluated: true), Blog);
            CampaignInput[] log = [.. Sales(Enumerable.Range(3, 20).Select(static d => $"03-{d:00}"))];
            int[] gone = [.. Enumerable.Range(1, log.Length).Where(_ => random.Next(3) == 0)];

            random.Shuffle(gone);
            CampaignInput[] goes =
                [.. gone.Select(static (o, i) => Of(Retracted($"g{o}", $"o{o}", $"2026-03-29T12:{i:00}:00Z")))];

            CampaignRun all = Begin();
            Feed(all, [.. log, .. goes]);
            CampaignRun rest = Begin();
            Feed(rest, [.. log.Where((_, i) => !gone.Contains(i + 1))]);

            Total(all).Should().Be(Total(rest), $"seed {seed}");
            Total(all).Should().BeGreaterThanOrEqualTo(isOpened ? 0.Eur - paid : 0.Eur, $"seed {seed}");
            fell += all.Entries.OfType<Repricing>().Any(static e => e.Amount.MinorUnits < 0) ? 1 : 0;
        }

        fell.Should().BeGreaterThan(50);
    }

    private static string Text(LedgerEntry entry) =>
        entry is Repricing ? $"re-priced {entry.Amount.Amount}" : $"{entry.Amount.Amount}";

    private static CampaignDraft Known(PayoutModel before, PayoutModel after, bool isReevaluated) =>
        AmendmentSample.Known(Amended(before, after, isReevaluated ? Reevaluated : null, from: new(2026, 3, 15)));

    private static CampaignRun Opened(PayoutModel model, bool isReevaluated, Money paid) =>
        Opened(Contract(model, isReevaluated ? Reevaluated : null).ToCampaign(), paid);

    private static CampaignRun Opened(CampaignDraft terms, Money paid)
    {
        CampaignRun run = Run(terms, Blog);
        run.Book(
            new ManualEarning
            {
                Id = new("t1"),
                Contract = new("acme-2026"),
                Partner = new("p-blog"),
                Kind = ManualKind.OpeningTally,
                At = At("2026-03-01T12:00:00Z"),
                Amount = 0.Eur,
                Author = "ann",
                Note = "Counted before the move",
                Tally = new() { Clause = new("sale"), Counted = new(2, 2, 200.Eur, paid) },
            },
            At("2026-03-01T12:00:00Z")).Answer.Should().Be(BookingAnswer.Booked);
        return run;
    }
}
