using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Monetary;
using PerfMarketing.Tests.Budgets.Pacing;

namespace PerfMarketing.Tests.Budgets;

public sealed class DailyAverageTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_260_307, 1);
    private static readonly LocalDate First = new(2026, 11, 1);

    // Source: cases/budget-and-experiment-cases.json, areas google-limits, meta-limits, amazon-limits and money-split;
    // cases/platform-cases.json, area budget/*.
    [Theory]
    [InlineData("google-limits-1", 10, 20, 304)]
    [InlineData("google-budget-daily-2x", 10, 20, 304)]
    [InlineData("google-budget-100x30.4", 100, 200, 3_040)]
    public void Google_takes_twice_a_day_and_thirty_days_and_a_bit_a_month(string id, int average, int day, int month)
    {
        DailyAverage google = DailyAverage.Google(average.Eur);
        google.DayLimit(First, 0.Eur).Should().Be(day.Eur, id);
        google.WindowLimit(First).Should().Be(month.Eur, id);
    }

    [Fact]
    public void Google_counts_the_days_that_are_left_after_a_change()
    {
        AverageChange change = new(new(2026, 11, 24), 103.Eur);
        DailyAverage google = DailyAverage.Google(10.Eur);

        google.WindowLimit(change.On, change).Should().Be(173.Eur, "google-limits-3");
        google.DayLimit(new(2026, 11, 30), 170.Eur, change).Should().Be(3.Eur);
        google.DayLimit(First.PlusMonths(1), 0.Eur, change).Should().Be(20.Eur, "a new month begins anew");
    }

    [Fact]
    public void Google_takes_the_highest_of_several_averages_of_a_day() =>
        DailyAverage.Google(5.Eur).DayLimit(new(2026, 11, 3), 0.Eur, new(new(2026, 11, 3), 10.Eur), 50.Eur)
            .Should().Be(100.Eur, "10, then 50, then 5 in one day");

    [Fact]
    public void Google_has_no_day_where_conversions_are_paid()
    {
        DailyAverage paid = DailyAverage.GoogleConversions(10.Eur);
        paid.Flex.Should().BeNull("google-limits-5");
        paid.DayLimit(First, 0.Eur).Should().Be(304.Eur, "google-limits-5: only 30.4 times a month");
    }

    [Fact]
    public void Meta_takes_175_percent_a_day_and_seven_times_a_week()
    {
        DailyAverage meta = DailyAverage.Meta(100.Eur);
        LocalDate saturday = new(2026, 11, 7);

        meta.DayLimit(saturday, 0.Eur).Should().Be(175.Eur, "meta-limits-1");
        meta.WindowLimit(saturday).Should().Be(700.Eur, "meta-limits-1");
        (meta.StartOf(saturday), meta.StartOf(saturday.PlusDays(1)))
            .Should().Be((new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 8)), "meta-limits-1: from Sunday on");
        meta.DayLimit(saturday, 650.Eur).Should().Be(50.Eur);
        meta.WindowLimit(saturday, new(new(2026, 11, 4), 0.Eur)).Should().Be(400.Eur, "a first week has its days only");
    }

    [Fact]
    public void Amazon_carries_what_is_left_over()
    {
        DailyAverage amazon = DailyAverage.Amazon(100.Eur);
        amazon.DayLimit(First, 0.Eur).Should().Be(100.Eur);
        amazon.DayLimit(First.PlusDays(1), 90.Eur).Should().Be(110.Eur, "amazon-limits-1");
        amazon.DayLimit(First.PlusDays(2), 20.Eur).Should().Be(125.Eur, "no more than a quarter more");
        amazon.WindowLimit(new(2026, 12, 1)).Should().Be(3_100.Eur, "amazon-limits-1: a month of 31 days");
    }

    [Fact]
    public void By_default_unused_money_carries_up_to_twice_and_nothing_is_borrowed()
    {
        DailyAverage average = new(100.Eur);
        average.DayLimit(First, 0.Eur).Should().Be(100.Eur);
        average.DayLimit(First.PlusDays(1), 40.Eur).Should().Be(160.Eur);
        average.DayLimit(First.PlusDays(4), 40.Eur).Should().Be(200.Eur);
        average.DayLimit(First.PlusDays(1), 130.Eur).Should().Be(70.Eur, "a day that used too much is made up for");
        (average with { CarryUnused = false }).DayLimit(First.PlusDays(4), 40.Eur).Should().Be(100.Eur);
        AverageChange lowered = new(First.PlusDays(10), 900.Eur);
        (average with { Average = 50.Eur }).DayLimit(lowered.On, 900.Eur, lowered)
            .Should().Be(50.Eur, "past days do not count against a lower average");
    }

    // Source: cases/budget-and-experiment-cases.json, area money-split.
    [Fact]
    public void A_month_is_split_into_days_without_a_cent_lost()
    {
        long[] days = Allocation.Split(10_000, Enumerable.Repeat(1L, 31).ToArray());
        days.Count(static d => d == 323).Should().Be(18, "money-split-1");
        days.Count(static d => d == 322).Should().Be(13, "money-split-1");
        days.Sum().Should().Be(10_000);
    }

    [Fact]
    public void A_month_never_uses_more_than_its_limit_however_its_days_go() => Prop.ForAll(
        Gen.Choose(0, 300).ArrayOf(31).ToArbitrary(),
        Gen.Elements(DailyAverage.Google(100.Eur), DailyAverage.Amazon(100.Eur), new DailyAverage(100.Eur))
            .ToArbitrary(),
        static (wanted, average) =>
        {
            LocalDate date = new(2026, 12, 1);
            Money used = 0.Eur;
            foreach (int want in wanted)
            {
                Money limit = average.DayLimit(date, used);
                used += Money.Min(limit, want.Eur);
                if (limit.MinorUnits < 0 || limit > 200.Eur || used > average.WindowLimit(date))
                {
                    return false;
                }

                date = date.PlusDays(1);
            }

            return true;
        }).Check(Seeded);

    [Fact]
    public void Terms_are_read_as_they_were_written_and_checked()
    {
        DailyAverage[] all =
        [
            new(7.5m.Eur), DailyAverage.Google(10.Eur), DailyAverage.GoogleConversions(10.Eur),
            DailyAverage.Meta(10.Eur), DailyAverage.Amazon(10.Eur) with { CarryUnused = false },
        ];
        all.Should().AllSatisfy(static d =>
        {
            PacingTermsTests.Again(d, DailyAverage.Read).Should().Be(d);
            new DailyAverageValidator().Validate(d).IsValid.Should().BeTrue();
        });
        DailyAverage wrong = new(0.Eur) { Flex = 0.5m, Days = 32m, Window = (AverageWindow)7 };
        new DailyAverageValidator().Validate(wrong).Errors.Select(static e => e.ErrorCode).Should().BeEquivalentTo(
            BudgetCodes.AverageInvalid, BudgetCodes.FlexInvalid, BudgetCodes.DaysInvalid, BudgetCodes.WindowUndefined);
    }
}
