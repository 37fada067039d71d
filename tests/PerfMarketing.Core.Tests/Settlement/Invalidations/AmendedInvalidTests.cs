using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Invalidations;

/// <summary>Amended terms pay as little for what is invalid as the terms before.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class AmendedInvalidTests
{
    private const string Before = "2026-03-15T12:00:00Z";

    // o1 is invalid by half and o2 as a whole. 10 % become 20 %, or 5 %.
    [Theory]
    [InlineData(20, "10.00 EUR", "40.00 EUR")]
    [InlineData(5, "2.50 EUR", "10.00 EUR")]
    public void As_large_a_part_is_invalid_as_before(int percent, string half, string whole)
    {
        CampaignRun run = Begin(Amended(Pay.RevenueShare(10.Percent), Pay.RevenueShare(percent.Percent)));
        run.Invalidate(InvalidOn("i3", day: 3) with { Part = 50.Percent }, At(Before));
        run.Invalidate(InvalidOn("i10", day: 10), At(Before));
        Total(run).Should().Be(5.Eur);

        run.Expire(At("2026-04-02T00:00:00Z"));

        Total(run).ToString().Should().Be(half);
        Amendment[] amended = [.. run.Entries.OfType<Amendment>()];
        amended.Select(static a => a.Invalid.ToString()).Should().Equal(half, whole);
        amended.Select(static a => TermJson.Parse(TermJson.Write(a), CampaignRecord.Read)).Should().Equal(amended);
    }

    // Half of what is invalid stays by the schedule of the clause: 2.50 of o1. It stays under the new terms too, as far
    // as they pay so much.
    [Theory]
    [InlineData(20, "22.50 EUR", "2.50 EUR")]
    [InlineData(1, "3.00 EUR", "0.50 EUR")]
    public void What_a_schedule_left_with_the_partner_stays(int percent, string total, string kept)
    {
        CampaignRun run = Begin(Amended(
            Pay.RevenueShare(10.Percent),
            Pay.RevenueShare(percent.Percent),
            static k => k.TakenBackBy(ClawbackSchedule.UpTo(60, 50.Percent))));
        run.Invalidate(InvalidOn("i3", day: 3) with { Part = 50.Percent }, At(Before));
        run.Process(Of(Retracted("c1", "o2", Before)));
        Total(run).Should().Be(17.5m.Eur, "7.50 of 10.00, and 10.00 of 20.00");

        run.Expire(At("2026-04-02T00:00:00Z"));

        EarningState first = run.State.Find(new("o1"))!.Earnings[0];
        first.Kept.ToString().Should().Be(kept);
        (first.Net - first.Kept).Should().Be(first.Invalid, "the other half is invalid");
        Total(run).ToString().Should().Be(total);
    }

    [Fact]
    public void Period_is_worth_what_its_valid_results_are_worth_by_the_new_terms()
    {
        int amended = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            Random random = new(seed);
            (PayoutModel first, PayoutModel second) = (AnyModel(random), AnyModel(random));
            Outcome[] sales = [.. Enumerable.Range(3, random.Next(2, 9)).Select(day => Sale(
                $"o{day}", $"2026-03-{day:00}T12:00:00Z", Money.FromMinor(random.Next(1, 9_999), Currency.Eur)))];
            bool[] isInvalid = [.. sales.Select(_ => random.Next(3) == 0)];
            CampaignRun expected = Settle(
                Amended(second, second, Reevaluated), [.. sales.Where((_, i) => !isInvalid[i]).Select(Of)]);
            CampaignRun run = new(Amended(first, second, Reevaluated).Build(), new Touches());
            for (int i = 0; i < sales.Length; i++)
            {
                run.Process(Of(sales[i]));
                for (int k = 0; k <= i; k++)
                {
                    if (isInvalid[k] && (random.Next(2) == 0 || i == sales.Length - 1))
                    {
                        run.Invalidate(InvalidOn($"i{k}", k + 3), i == sales.Length - 1 ? At(Before) : sales[i].At);
                    }
                }
            }

            run.Expire(At("2026-04-02T00:00:00Z"));

            Total(run).Should().Be(Total(expected), $"seed {seed}");
            amended += run.Entries.OfType<Amendment>().Any(static a => a.Amount.MinorUnits != 0) ? 1 : 0;
        }

        amended.Should().BeGreaterThan(60);
    }

    private static PayoutModel AnyModel(Random random) => Pay.Volume(
        new(Percentage.FromFraction(random.Next(0, 2_000) / 10_000m), UpTo: random.Next(1, 4)),
        new(Percentage.FromFraction(random.Next(0, 2_000) / 10_000m), UpTo: random.Next(4, 8)),
        new(Percentage.FromFraction(random.Next(0, 2_000) / 10_000m)));

    private static CampaignRun Begin(CampaignDraft draft)
    {
        CampaignRun run = new(draft.Build(), new Touches());
        foreach (CampaignInput sale in TwoSales)
        {
            run.Process(sale);
        }

        return run;
    }
}
