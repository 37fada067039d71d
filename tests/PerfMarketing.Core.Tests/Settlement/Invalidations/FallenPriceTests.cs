using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Invalidations;

/// <summary>Invalid results of periods whose price has fallen since they were earned.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class FallenPriceTests
{
    private const string Noon = "2026-04-05T12:00:00Z";

    private static readonly PayoutModel Falling = Pay.Volume(new(10.Eur, UpTo: 2), new(1.Eur));

    // 10.00 and 1.00 were earned, -9.00 re-priced: 2.00 stand for both, of which 10 of 11 are the first one's.
    [Fact]
    public void A_line_has_its_part_of_what_the_period_is_paid_now()
    {
        CampaignRun run = Two();
        run.Entries.Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            "earning 10.00 EUR", "earning 1.00 EUR", "repricing -9.00 EUR");

        InvalidationDecision decision = run.Invalidate(InvalidOn("i1", day: 3), At(Noon));

        decision.Taken.Should().Be(1.82m.Eur);
        Total(run).Should().Be(0.18m.Eur, "the second sale is valid");
        run.Invalidate(InvalidOn("i2", day: 3), At(Noon)).Reason!.Code.Should().Be(
            InvalidationReasons.Nothing, "all of the first one is taken");
        run.Invalidate(InvalidOn("i3", day: 4), At(Noon)).Taken.Should().Be(0.18m.Eur);
        Total(run).Should().Be(0.Eur);
    }

    [Fact]
    public void More_than_is_paid_now_is_refused()
    {
        CampaignRun run = Two();

        InvalidationDecision decision = run.Invalidate(
            InvalidOn("i1", day: 3) with { Part = null, Amount = 1.83m.Eur }, At(Noon));

        decision.Reason!.ToString().Should().Be(
            "invalidation.too-much (asked: 1.83 EUR, left: 1.82 EUR)");
    }

    [Fact]
    public void A_number_is_of_what_counted_and_takes_of_what_is_paid_now()
    {
        CampaignRun run = Two();

        InvalidationDecision decision = run.Invalidate(
            Marches("i1") with { Quantity = 1 }, At(Noon));

        decision.Entries.Select(static e => $"{e.OutcomeId} {e.Amount} {e.Invalidated!.Quantity}").Should().Equal(
            "o1 -0.91 EUR 0.5", "o2 -0.09 EUR 0.5");
    }

    [Fact]
    public void Whatever_is_invalid_nobody_owes_for_what_stands()
    {
        int taken = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            Random random = new(seed);
            PayoutModel model = Pay.Volume(
                new(random.Next(9, 20).Percent, UpTo: random.Next(2, 11)), new(random.Next(0, 9).Percent));
            CampaignRun run = Settle(Contract(model).ToCampaign(), [.. AnyLog(random)]);
            Total(run).Should().BeGreaterThanOrEqualTo(0.Eur, $"seed {seed}");
            for (int i = 0; i < 6; i++)
            {
                InvalidationDecision decision = run.Invalidate(
                    InvalidOn($"i{i}", random.Next(3, 20)) with { Part = random.Next(1, 101).Percent }, At(Noon));
                taken += decision.Answer == BookingAnswer.Booked ? 1 : 0;
                Total(run).Should().BeGreaterThanOrEqualTo(0.Eur, $"seed {seed}, {i}");
            }

            run.Invalidate(Marches("all") with { Part = 100.Percent }, At(Noon));
            Total(run).Should().Be(0.Eur, $"seed {seed}");
        }

        taken.Should().BeGreaterThan(100);
    }

    private static CampaignRun Two() => Settle(
        Contract(Falling).ToCampaign(),
        Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
        Of(Sale("o2", "2026-03-04T12:00:00Z", 100.Eur)));

    private static IEnumerable<CampaignInput> AnyLog(Random random) => Enumerable.Range(3, 12).Select(day =>
        Of(Sale($"o{day}", $"2026-03-{day:00}T12:00:00Z", Money.FromMinor(random.Next(1, 9_999), Currency.Eur))));
}
