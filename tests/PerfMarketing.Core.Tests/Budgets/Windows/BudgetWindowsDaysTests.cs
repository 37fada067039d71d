using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Windows;

public sealed class BudgetWindowsDaysTests
{
    // Source: cases/budget-and-experiment-cases.json, areas google-limits, meta-limits and amazon-limits;
    // cases/platform-cases.json, area budget/*.
    [Theory]
    [InlineData("google-limits-1", 1_000, 2_000, 30_400)]
    [InlineData("google-budget-daily-2x", 1_000, 2_000, 30_400)]
    [InlineData("google-budget-100x30.4", 10_000, 20_000, 304_000)]
    public void Google_takes_twice_a_day_and_thirty_days_and_a_bit_a_month(
        string id, long average, long day, long month)
    {
        WindowLimit found = Of(BudgetWindowTerms.Google, average).LimitOn("2026-11-01T00:00");
        (found.Limit, found.WholeLimit).Should().Be((day, month), id);
    }

    [Fact]
    public void Google_counts_what_was_spent_and_the_days_that_are_left_after_a_change()
    {
        Spent spent = Of(BudgetWindowTerms.Google, 500) with { Uses = November((3, 9_000), (23, 1_300)) };
        spent = spent with { Limits = spent.Limits.Change(At("2026-11-24T09:00"), 1_000, 10_300) };

        WindowLimit found = spent.LimitOn("2026-11-24T09:00");

        (found.WholeLimit, found.WholeUsed).Should().Be((17_300, 10_300), "google-limits-3");
        spent.LimitOn("2026-11-24T08:59").WholeLimit.Should().Be(15_200, "the old average until then");
        (spent with { Uses = November((3, 9_000), (23, 1_300), (29, 6_700)) }).LimitOn("2026-11-30T09:00")
            .Limit.Should().Be(300, "what is left of the month");
        spent.LimitOn("2026-12-01T00:00").WholeLimit.Should().Be(30_400, "a new month begins anew");
    }

    [Fact]
    public void Google_takes_the_highest_of_several_averages_of_a_day()
    {
        Spent spent = Of(BudgetWindowTerms.Google, 1_000);
        spent = spent with
        {
            Limits = spent.Limits.Change(At("2026-11-03T09:00"), 5_000).Change(At("2026-11-03T15:00"), 500),
        };

        spent.LimitOn("2026-11-03T16:00").Limit.Should().Be(10_000, "10, then 50, then 5 in one day: twice 50");
        spent.LimitOn("2026-11-04T00:00").Limit.Should().Be(1_000, "twice 5 on the next");
    }

    [Fact]
    public void Google_has_no_day_where_conversions_are_paid()
    {
        WindowLimit found = Of(BudgetWindowTerms.GoogleConversions, 1_000).LimitOn("2026-11-01T00:00");
        (found.Flex, found.Limit).Should().Be((null, 30_400), "google-limits-5");
        found.Rule.Should().Be(WindowRule.Whole);
    }

    [Fact]
    public void Meta_takes_175_percent_a_day_and_seven_times_a_week()
    {
        Spent meta = Of(BudgetWindowTerms.Meta, 10_000);

        WindowLimit saturday = meta.LimitOn("2026-11-07T12:00");
        (saturday.Limit, saturday.WholeLimit).Should().Be((17_500, 70_000), "meta-limits-1");
        (saturday.Whole.Start, saturday.Whole.End).Should().Be(
            (On(2026, 11, 1), On(2026, 11, 8)), "meta-limits-1: Sunday to Saturday");
        (meta with { Uses = November((2, 65_000)) }).LimitOn("2026-11-07T12:00").Limit.Should().Be(5_000);
        (meta with { Limits = new(10_000) { Since = At("2026-11-04T18:00") } }).LimitOn("2026-11-07T12:00")
            .WholeLimit.Should().Be(40_000, "a first week has its days only");
    }

    [Fact]
    public void Amazon_carries_what_is_left_over()
    {
        Spent amazon = Of(BudgetWindowTerms.Amazon, 10_000);

        amazon.LimitOn("2026-11-01T12:00").Limit.Should().Be(10_000);
        WindowLimit second = (amazon with { Uses = November((1, 9_000)) }).LimitOn("2026-11-02T12:00");
        (second.Limit, second.Carried, second.Rule).Should().Be((11_000, 1_000, WindowRule.Share), "amazon-limits-1");
        (amazon with { Uses = November((1, 2_000)) }).LimitOn("2026-11-03T12:00").Limit
            .Should().Be(12_500, "no more than a quarter more");
        amazon.LimitOn("2026-12-01T12:00").WholeLimit.Should().Be(310_000, "amazon-limits-1: a month of 31 days");
    }

    [Fact]
    public void A_lower_average_does_not_starve_the_days_that_are_left()
    {
        Spent amazon = Of(BudgetWindowTerms.Amazon, 10_000) with { Uses = November((1, 10_000), (9, 80_000)) };
        amazon = amazon with { Limits = amazon.Limits.Change(At("2026-11-11T00:00"), 5_000, 90_000) };

        WindowLimit found = amazon.LimitOn("2026-11-11T12:00");

        (found.Limit, found.WholeLimit).Should().Be((5_000, 190_000), "past days do not count against the new average");
    }

    [Fact]
    public void By_default_unused_money_carries_up_to_twice_and_nothing_is_borrowed()
    {
        Spent average = Of(Average, 10_000);

        average.LimitOn("2026-11-01T12:00").Limit.Should().Be(10_000);
        average.Limit((1, 4_000), "2026-11-02T12:00").Should().Be((16_000, WindowRule.Share));
        average.Limit((1, 4_000), "2026-11-05T12:00").Should().Be((20_000, WindowRule.Flex));
        average.Limit((1, 13_000), "2026-11-02T12:00").Should().Be((7_000, WindowRule.Share), "too much counts");
        (average with { Terms = Average with { Days = new() { IsAverage = true, CarryUnused = false } } })
            .Limit((1, 4_000), "2026-11-05T12:00").Should().Be((10_000, WindowRule.Share));
    }

    [Fact]
    public void Twice_the_daily_budget_is_explained()
    {
        WindowLimit found = (Of(Average, 10_000) with { Uses = November((1, 4_000), (5, 20_000)) })
            .LimitOn("2026-11-05T23:00");

        found.Why.Should().Be(Reason.Of(
            BudgetWindowReasons.Flex,
            ("limit", 20_000),
            ("share", 10_000),
            ("rolled-over", 0),
            ("carried", 36_000),
            ("borrowed", 0),
            ("used", 20_000)));
        (found.Left, found.ResetsAt).Should().Be((0, On(2026, 11, 6)), "16,000 are still carried");
        WindowLimit google = Of(BudgetWindowTerms.Google, 10_000).LimitOn("2026-11-01T23:00");
        (google.Rule, google.Base, google.Carried, google.Borrowed).Should().Be((WindowRule.Flex, 10_000, 0, 10_000));
    }

    [Fact]
    public void Nothing_comes_before_what_was_overspent_is_made_up_for()
    {
        WindowLimit found = (Of(Average, 10_000) with { Uses = November((1, 45_000)) }).LimitOn("2026-11-02T12:00");

        (found.Limit, found.Carried).Should().Be((0, -35_000));
        found.ResetsAt.Should().Be(On(2026, 11, 5), "on the fifth day 50,000 of 45,000 are earned");
        (Of(BudgetWindowTerms.Google, 10_000) with { Uses = November((1, 304_000)) }).LimitOn("2026-11-02T12:00")
            .ResetsAt.Should().Be(On(2026, 12, 1), "the month is used up");
    }

    // Source: cases/budget-and-experiment-cases.json, area money-split.
    [Fact]
    public void A_month_is_split_into_days_without_a_cent_lost()
    {
        BudgetWindows windows = new(Month);
        LimitHistory limits = new(10_000);
        long[] days =
        [
            .. Enumerable.Range(1, 31)
                .Select(day => windows.LimitAt(On(2026, 12, day), limits, WindowUses.None).Base),
        ];

        days.Should().Equal(Allocation.Split(10_000, Enumerable.Repeat(1L, 31).ToArray()), "money-split-1");
        (days.Count(static d => d == 323), days.Count(static d => d == 322)).Should().Be((18, 13), "money-split-1");
    }

    [Fact]
    public void What_is_left_of_a_changed_month_is_shared_by_the_days_that_are_left()
    {
        Spent month = Of(Month, 30_000) with { Uses = November((1, 9_000), (20, 500)) };
        month = month with { Limits = month.Limits.Change(At("2026-11-21T15:00"), 60_000, 9_500) };

        WindowLimit found = month.LimitOn("2026-11-21T15:00");

        (found.Base, found.WholeLimit, found.Carried).Should().Be((5_050, 60_000, 0), "50,500 for ten days");
        month.LimitOn("2026-11-21T14:59").Base.Should().Be(1_000);
        month = month with { Limits = month.Limits.Change(At("2026-11-22T09:00"), 8_000, 9_500) };
        (month.LimitOn("2026-11-22T09:00").Left, month.LimitOn("2026-11-22T09:00").ResetsAt)
            .Should().Be((0, On(2026, 12, 1)), "less than is used: nothing more this month");
    }

    // Source: reference/budgets-and-pacing.md §8: a day of no length has no budget, and the next one has its share.
    [Fact]
    public void A_date_that_clocks_skip_leaves_its_share_to_the_next()
    {
        BudgetWindowTerms apia = Average with { Zone = "Pacific/Apia" };
        Instant last = Instant.FromUtc(2011, 12, 30, 9, 59);
        Spent spent = Of(apia, 10_000);

        spent.LimitAt(last).Window.Key.Should().Be("2011-12-29");
        WindowLimit next = spent.LimitAt(Instant.FromUtc(2011, 12, 30, 10, 0));
        (next.Window.Key, next.Base, next.WholeLimit).Should().Be(("2011-12-31", 20_000, 310_000));
        BudgetWindowTerms flight = new(PeriodUnit.Flight)
        {
            Dates = DateRange.Parse("2011-12-28/2011-12-31"), Zone = "Pacific/Apia", Days = new(),
        };
        Of(flight, 300).LimitAt(last).Base.Should().Be(200, "no later day is left in the flight that could have it");
    }

    private static Spent Of(BudgetWindowTerms terms, long limit) => new(terms, new(limit), WindowUses.None);

    private sealed record Spent(BudgetWindowTerms Terms, LimitHistory Limits, WindowUses Uses)
    {
        internal WindowLimit LimitAt(Instant at) => new BudgetWindows(Terms).LimitAt(at, Limits, Uses);

        internal WindowLimit LimitOn(string at) => LimitAt(At(at));

        internal (long Limit, WindowRule Rule) Limit((int Day, long Used) use, string at)
        {
            WindowLimit found = (this with { Uses = November(use) }).LimitOn(at);
            return (found.Limit, found.Rule);
        }
    }
}
