using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Payouts.Periods.PeriodSample;

namespace PerfMarketing.Tests.Payouts.Periods;

/// <summary>What holds for every period, whatever the numbers.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The numbers must come out the same each time.")]
public sealed class PeriodPropertyTests
{
    private const int SeedCount = 10_000;

    [Fact]
    public void Parts_of_a_month_sum_to_the_whole_under_every_convention()
    {
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Random random = new(seed);
            YearMonth month = new(2020 + random.Next(10), 1 + random.Next(12));
            DateRange all = DateRange.Of(month);
            var whole = Money.FromMinor(random.NextInt64(1, 10_000_000), Currency.Eur);
            LocalDate[] cuts =
            [
                .. Enumerable.Range(0, random.Next(4)).Select(_ => all.From.PlusDays(random.Next(1, 28)))
                    .Append(all.From).Append(all.To!.Value).Distinct().Order(),
            ];
            foreach (PeriodProration proration in new[]
            {
                PeriodProration.Actual, PeriodProration.Fixed30, PeriodProration.Fixed28,
            })
            {
                Money sum = Money.Zero(Currency.Eur);
                for (int i = 1; i < cuts.Length; i++)
                {
                    Money part = Context(month, new DateRange(cuts[i - 1], cuts[i])).PartOf(whole, proration);
                    part.MinorUnits.Should().BeGreaterThanOrEqualTo(0);
                    sum += part;
                }

                sum.Should().Be(whole, $"seed {seed}, {month}, {proration}");
            }
        }
    }

    [Fact]
    public void Balance_of_a_draw_is_what_was_advanced_and_not_repaid()
    {
        for (int seed = 0; seed < SeedCount / 10; seed++)
        {
            Random random = new(seed);
            PeriodSample sample = new();
            Draw draw = new(Money.FromMinor(random.NextInt64(1, 500_000), Currency.Eur));
            decimal posted = 0;
            decimal earned = 0;
            for (int month = 1; month <= 12; month++)
            {
                decimal brought = random.NextInt64(-50_000, 900_000) / 100m;
                PricedPeriod closed = sample.Brought($"2026-{month:00}", earned: brought).Close(
                    draw, $"2026-{month:00}", month == 5 ? "2026-05-01/2026-05-12" : null);
                posted += closed.Amount.Amount;
                earned += brought;

                closed.Closing.Amount.Should().Be(-posted, "seed {0}", seed).And.BeLessThanOrEqualTo(0);
                (brought + closed.Amount.Amount).Should().BeLessThanOrEqualTo(Math.Max(brought, draw.Amount.Amount));
            }
        }
    }

    [Fact]
    public void Pool_that_is_carried_forward_pays_its_rate_of_the_highest_total()
    {
        for (int seed = 0; seed < SeedCount / 10; seed++)
        {
            Random random = new(seed);
            PeriodSample sample = new();
            Pooled pooled = new(35.Percent) { Of = Measure.OfFact("net"), Carry = PeriodCarry.Forward };
            decimal total = 0;
            decimal highest = 0;
            decimal paid = 0;
            for (int month = 1; month <= 12; month++)
            {
                // Amounts of whole 20 cents, so that 35 % of each is on the grid.
                decimal net = random.NextInt64(-5_000, 9_000) / 5m;
                total += net;
                highest = Math.Max(highest, total);
                paid += sample.Brought($"2026-{month:00}", facts: ("net", net)).Close(pooled, $"2026-{month:00}")
                    .Amount.Amount;

                paid.Should().Be(highest * 0.35m, "seed {0}, month {1}", seed, month);
            }
        }
    }

    [Fact]
    public void Order_in_which_results_came_changes_nothing()
    {
        PeriodPayout[] kinds =
        [
            new Growth(50.Percent), new Milestone([new(3, 10.Eur)]) { Counting = PeriodCounting.Lifetime },
            new Every(2, 5.Eur) { Of = Measure.Count }, new PerformanceBonus(2.Percent, 10.Eur),
            new Override(10.Percent), new Guarantee(500.Eur), new Draw(500.Eur), new Pooled(10.Percent),
        ];
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            (string Month, int Value, string Partner)[] results =
            [
                .. Enumerable.Range(0, 12).Select(_ => (
                    $"2026-{random.Next(1, 4):00}", random.Next(1, 900), random.Next(3) == 0 ? "p-mail" : Blog)),
            ];
            foreach (PeriodPayout kind in kinds)
            {
                Closed(kind, results).Should().Be(Closed(kind, results.OrderBy(_ => random.Next())));
            }
        }
    }

    private static string Closed(PeriodPayout kind, IEnumerable<(string Month, int Value, string Partner)> results)
    {
        PeriodSample sample = new();
        foreach ((string month, int value, string partner) in results)
        {
            sample.Brought(month, value: value, earned: value / 10, partner: partner);
        }

        return string.Join(' ', Enumerable.Range(1, 3).Select(m => sample.Close(kind, $"2026-{m:00}"))
            .Select(static c => $"{c.Amount} {c.Closing} {string.Join(' ', Lines(c))}"));
    }

    private static PeriodContext Context(YearMonth month, DateRange inForce) => new()
    {
        Period = ContractCalendar.Utc.Month(month),
        Partner = new(Blog),
        History = new(Currency.Eur),
        InForce = [inForce],
    };
}
