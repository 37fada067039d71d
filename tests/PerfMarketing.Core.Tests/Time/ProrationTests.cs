using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;
using P = PerfMarketing.Time.ProrationConvention;

namespace PerfMarketing.Tests.Time;

public sealed class ProrationTests
{
    // Source: cases/billing-cases.json, kinds proration-factor and proration-days; factors at scale 9, half up.
    public static TheoryData<string, P, string, string, string, string, decimal> Cases => new()
    {
        { "prorate-actual-2023-05-23", P.Actual, "2023-05-23", "2023-06-15", "2023-06-23", "23/31", 0.741935484m },
        { "prorate-actual-2023-02-23", P.Actual, "2023-02-23", "2023-03-15", "2023-03-23", "20/28", 0.714285714m },
        { "prorate-actual-2024-02-23", P.Actual, "2024-02-23", "2024-03-15", "2024-03-23", "21/29", 0.724137931m },
        { "prorate-fixed30-2023-06-23", P.Fixed30, "2023-06-23", "2023-07-15", "2023-07-23", "22/30", 0.733333333m },
        { "prorate-fixed30-2023-02-23", P.Fixed30, "2023-02-23", "2023-03-15", "2023-03-23", "22/30", 0.733333333m },
        { "prorate-fixed30-2024-02-23", P.Fixed30, "2024-02-23", "2024-03-15", "2024-03-23", "22/30", 0.733333333m },
        { "days-fixed28-2023-06-23", P.Fixed28, "2023-06-23", "2023-07-15", "2023-07-23", "20/28", 0.714285714m },
    };

    // Source: cases/billing-cases.json, kind proration-factor, monthly with a cycle day.
    public static TheoryData<string, string, int, Ratio, decimal> Cycles => new()
    {
        { "cycles-13-28", "2011-02-01/2011-02-14", 1, new(13, 28), 0.464285714m },
        { "cycles-14-29-leap", "2012-02-01/2012-02-15", 1, new(14, 29), 0.482758621m },
        { "cycles-8-28", "2011-02-07/2011-02-15", 7, new(8, 28), 0.285714286m },
        { "cycles-half", "2011-02-10/2011-02-24", 10, new(1, 2), 0.5m },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_part_counts_its_days_by_the_convention(
        string id, P convention, string from, string to, string periodEnd, string share, decimal factor)
    {
        Ratio found = Proration.Share(
            DateRange.Parse($"{from}/{to}"), DateRange.Parse($"{from}/{periodEnd}"), convention);

        found.Should().Be(Ratio.Parse(share), id);
        Rounded(found).Should().Be(factor, id);
    }

    [Theory]
    [InlineData("prorate-fixed30-2023-06-23", P.Fixed30, "2023-06-23/2023-07-15", 22)]
    [InlineData("prorate-fixed30-2023-02-23", P.Fixed30, "2023-02-23/2023-03-15", 22)]
    [InlineData("days-fixed28-2023-06-23", P.Fixed28, "2023-06-23/2023-07-15", 20)]
    [InlineData("a short month has all its days", P.Fixed30, "2023-02-01/2023-03-01", 30)]
    [InlineData("the 31st counts as the 30th", P.Fixed30, "2023-03-01/2023-03-31", 29)]
    [InlineData("as there are", P.Actual, "2024-02-01/2024-03-01", 29)]
    public void Days_are_counted_by_the_convention(string id, P convention, string dates, int days) =>
        Proration.Days(DateRange.Parse(dates), convention).Should().Be(days, id);

    [Theory]
    [MemberData(nameof(Cycles))]
    public void A_cycle_starts_on_its_day_of_the_month(
        string id, string part, int cycleDay, Ratio share, decimal factor)
    {
        DateRange dates = DateRange.Parse(part);
        Ratio found = Proration.Share(dates, Proration.CycleOf(dates.From, cycleDay));

        found.Should().Be(share, id);
        Rounded(found).Should().Be(factor, id);
    }

    [Fact]
    public void An_inclusive_end_counts_its_last_date()
    {
        // Source: cases/billing-cases.json, "coefficient-17-31": 17 of 31 days, 0.5483870967741935.
        DateRange part = DateRange.Inclusive(new(2024, 1, 15), new(2024, 1, 31));

        Proration.Share(part, DateRange.Of(new YearMonth(2024, 1))).Should().Be(new Ratio(17, 31));
    }

    [Theory]
    [InlineData("2026-02-14", 31, "2026-01-31/2026-02-28")]
    [InlineData("2026-02-28", 31, "2026-02-28/2026-03-31")]
    [InlineData("2026-03-30", 31, "2026-02-28/2026-03-31")]
    [InlineData("2026-01-01", 15, "2025-12-15/2026-01-15")]
    [InlineData("2024-02-29", 29, "2024-02-29/2024-03-29")]
    public void A_cycle_day_that_a_month_lacks_is_its_last(string date, int cycleDay, string cycle) =>
        Proration.CycleOf(DateText.Parse(date).Value, cycleDay).ToString().Should().Be(cycle);

    [Theory]
    [InlineData(P.Actual)]
    [InlineData(P.Fixed30)]
    [InlineData(P.Fixed28)]
    public void The_whole_is_one_and_cycles_tile_time(P convention)
    {
        for (int cycleDay = 1; cycleDay <= 31; cycleDay++)
        {
            DateRange cycle = Proration.CycleOf(new(2023, 1, 1), cycleDay);
            for (int i = 0; i < 24; i++)
            {
                LocalDate end = cycle.To!.Value;
                DateRange next = Proration.CycleOf(end, cycleDay);
                next.From.Should().Be(end);
                Proration.Share(cycle, cycle, convention).Should().Be(Ratio.One);
                DateRange most = new(cycle.From, end.PlusDays(-1));
                Proration.Share(most, cycle, convention).Should().BeLessThanOrEqualTo(Ratio.One);
                cycle = next;
            }
        }
    }

    [Theory]
    [InlineData("2026-03-01/2026-04-02", "2026-03-01/2026-04-01")]
    [InlineData("2026-02-28/2026-03-02", "2026-03-01/2026-04-01")]
    [InlineData("2026-03-01/..", "2026-03-01/2026-04-01")]
    [InlineData("2026-03-01/2026-03-02", "2026-03-01/..")]
    public void A_part_outside_the_period_is_refused(string part, string period) =>
        FluentActions.Invoking(() => Proration.Share(DateRange.Parse(part), DateRange.Parse(period)))
            .Should().Throw<ArgumentException>();

    [Fact]
    public void A_fixed_convention_needs_months() =>
        FluentActions.Invoking(() => Proration.Share(
                DateRange.Parse("2026-03-01/2026-03-02"), DateRange.Parse("2026-03-01/2026-03-08"), P.Fixed30))
            .Should().Throw<ArgumentException>();

    private static decimal Rounded(Ratio ratio) =>
        decimal.Round((decimal)ratio.Numerator / ratio.Denominator, 9, MidpointRounding.AwayFromZero);
}
