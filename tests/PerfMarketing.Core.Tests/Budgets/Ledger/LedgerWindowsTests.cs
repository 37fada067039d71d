using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>
/// Lines that cut their periods by windows: what days share, what rolls, what rolls over, what changes.
/// </summary>
public sealed class LedgerWindowsTests
{
    private static readonly BudgetId Id = new("line");
    private int ids;

    // Source: cases/budget-and-experiment-cases.json, areas google-limits, meta-limits and amazon-limits;
    // cases/platform-cases.json, area budget/*.
    [Theory]
    [InlineData("google-limits-1", 1_000, 2_000, 30_400)]
    [InlineData("google-budget-daily-2x", 1_000, 2_000, 30_400)]
    [InlineData("google-budget-100x30.4", 10_000, 20_000, 304_000)]
    public void Google_takes_twice_a_day_and_thirty_days_and_a_bit_a_month(
        string id, long average, long day, long month)
    {
        BudgetLedger ledger = Of(Line(BudgetWindowTerms.Google, average));
        long spent = 0;
        for (int date = 1; date <= 30; date++)
        {
            Instant at = On(2026, 11, date);
            long today = Math.Min(day, month - spent);
            Reserve(ledger, today + 1, at).IsDone.Should().BeFalse(id);
            if (today > 0)
            {
                Reserve(ledger, today, at).IsDone.Should().BeTrue(id);
            }

            spent += today;
        }

        spent.Should().Be(month, id);
        LedgerDecision refused = Reserve(ledger, 1, On(2026, 11, 30));
        (refused.Binding, refused.ResetsAt).Should().Be((Id, On(2026, 12, 1)));
        Reserve(ledger, day, On(2026, 12, 1)).IsDone.Should().BeTrue("a new month begins anew");
    }

    [Fact]
    public void A_change_counts_from_its_instant_on_and_is_journalled()
    {
        List<LedgerEntry> entries = [];
        BudgetLine line = Line(BudgetWindowTerms.Google, 500);
        BudgetLedger ledger = new(PlanOf(line)) { Journal = entries.Add };
        Commit(ledger, 9_000, On(2026, 11, 3));
        Commit(ledger, 1_300, On(2026, 11, 23));
        Whole(ledger, "2026-11-24T08:59").Should().Be(15_200);

        Change(ledger, line with { Limit = 10.Eur }, At("2026-11-24T09:00"));

        Whole(ledger, "2026-11-24T09:00").Should().Be(17_300, "google-limits-3");
        ledger.LimitsOf(Id)!.Changes.Should().Equal(
            new LimitChange(At("2026-11-24T09:00"), 500, 1_000, 10_300));
        Commit(ledger, 6_700, On(2026, 11, 29));
        Reserve(ledger, 301, On(2026, 11, 30)).Headroom.Should().Be(300, "what is left of the month");

        BudgetLedger again = new(PlanOf(line), entries);
        again.LimitsOf(Id).Should().Be(ledger.LimitsOf(Id));
        foreach (int day in (int[])[3, 23, 24, 29, 30])
        {
            again.Read(Id, On(2026, 11, day)).Should().Be(ledger.Read(Id, On(2026, 11, day)));
        }
    }

    [Fact]
    public void Google_takes_the_highest_of_several_averages_of_a_day()
    {
        BudgetLine line = Line(BudgetWindowTerms.Google, 1_000);
        BudgetLedger ledger = Of(line);
        Change(ledger, line with { Limit = 50.Eur }, At("2026-11-03T09:00"));
        Change(ledger, line with { Limit = 5.Eur }, At("2026-11-03T15:00"));

        ledger.Read(Id, At("2026-11-03T16:00"))!.Limit.Should().Be(10_000, "10, then 50, then 5: twice 50");
        ledger.Read(Id, On(2026, 11, 4))!.Limit.Should().Be(1_000, "twice 5 on the next");
    }

    [Fact]
    public void Meta_takes_175_percent_a_day_and_seven_times_a_week()
    {
        BudgetLedger ledger = Of(Line(BudgetWindowTerms.Meta, 10_000));
        BudgetSnapshot saturday = ledger.Read(Id, At("2026-11-07T12:00"))!;
        (saturday.Limit, saturday.Whole!.Limit).Should().Be((17_500, 70_000), "meta-limits-1");
        (saturday.Whole.From, saturday.Whole.To).Should().Be((On(2026, 11, 1), On(2026, 11, 8)));
        Commit(ledger, 65_000, On(2026, 11, 2));
        Reserve(ledger, 5_001, At("2026-11-07T12:00")).Headroom.Should().Be(5_000);

        BudgetLedger first = Of(Line(BudgetWindowTerms.Meta, 10_000) with { Since = At("2026-11-04T18:00") });
        first.Read(Id, At("2026-11-07T12:00"))!.Whole!.Limit.Should().Be(40_000, "a first week has its days only");
        LedgerDecision early = Reserve(first, 1, At("2026-11-04T17:59"));
        (early.Code, early.ResetsAt).Should().Be((LedgerReasons.OutsideWindow, At("2026-11-04T18:00")));
    }

    [Fact]
    public void Amazon_carries_what_is_left_over()
    {
        BudgetLedger ledger = Of(Line(BudgetWindowTerms.Amazon, 10_000));
        ledger.Read(Id, On(2026, 11, 1))!.Limit.Should().Be(10_000);
        Reserve(ledger, 9_000, On(2026, 11, 1));
        ledger.Read(Id, On(2026, 11, 2))!.Limit.Should().Be(11_000, "amazon-limits-1");
    }

    [Fact]
    public void What_happens_on_an_earlier_day_changes_what_a_later_one_has()
    {
        BudgetLedger ledger = Of(Line(Average, 10_000));
        LedgerDecision first = Reserve(ledger, 10_000, On(2026, 11, 1));
        Reserve(ledger, 10_000, On(2026, 11, 2)).IsDone.Should().BeTrue();
        Reserve(ledger, 1, On(2026, 11, 2)).ResetsAt.Should().Be(On(2026, 11, 3));

        ledger.Decide(new LedgerRequest.Release(first.Id), On(2026, 11, 2));
        Reserve(ledger, 4_000, On(2026, 11, 2)).IsDone.Should().BeTrue("the first day left 100.00");
        Commit(ledger, 5_000, On(2026, 11, 1));
        Reserve(ledger, 1_001, On(2026, 11, 2)).Headroom.Should().Be(1_000);
        ledger.Read(Id, On(2026, 11, 3))!.Limit.Should().Be(11_000);
    }

    [Fact]
    public void A_day_of_before_does_not_use_what_the_month_has_no_more()
    {
        BudgetLedger ledger = Of(Line(Month, 30_000));
        Commit(ledger, 29_900, On(2026, 11, 20));

        LedgerDecision refused = Reserve(ledger, 101, On(2026, 11, 5));
        (refused.Binding, refused.Headroom, refused.ResetsAt).Should().Be((Id, 100, On(2026, 12, 1)));
        Reserve(ledger, 100, On(2026, 11, 5)).IsDone.Should().BeTrue();
    }

    [Fact]
    public void What_a_month_leaves_over_rolls_over_also_when_it_is_forgotten()
    {
        BudgetWindowTerms terms = new(PeriodUnit.Month) { Rollover = Rollover.Whole };
        BudgetLedger ledger = Of(Line(terms, 10_000) with { Since = On(2026, 1, 1) });
        Commit(ledger, 4_000, On(2026, 1, 20));
        ledger.Read(Id, On(2026, 2, 1))!.Limit.Should().Be(16_000);
        Commit(ledger, 15_000, On(2026, 2, 3));
        ledger.Read(Id, On(2026, 3, 1))!.Limit.Should().Be(11_000);
        Commit(ledger, 500, On(2026, 1, 20));
        ledger.Read(Id, On(2026, 3, 1))!.Limit.Should().Be(10_500, "what came late is used too");

        ledger.Forget(On(2026, 3, 2)).Should().Be(3);
        ledger.Read(Id, On(2026, 3, 1))!.Limit.Should().Be(10_500);
        ledger.Read(Id, On(2026, 4, 1))!.Limit.Should().Be(20_500);
        ledger.Read(Id, On(2026, 1, 20))!.Committed.Should().Be(0);
        Reserve(ledger, 10_501, On(2026, 3, 9)).IsDone.Should().BeFalse();
        Reserve(ledger, 1, On(2025, 12, 31)).Code.Should().Be(LedgerReasons.OutsideWindow);
    }

    // 10^19 in two months are more than 64 bits count.
    [Fact]
    public void Absurd_amounts_in_many_windows_are_counted_and_stop()
    {
        BudgetWindowTerms terms = new(PeriodUnit.Month) { Rollover = Rollover.Whole };
        BudgetLedger ledger = Of(Line(terms, 10_000) with { Since = On(2026, 9, 1) });
        for (int i = 0; i < 10_000; i++)
        {
            Commit(ledger, Money.MinorUnitsMax, On(2026, 10 + (i % 2), 5)).IsDone.Should().BeTrue();
        }

        Reserve(ledger, 1, On(2026, 11, 25)).Code.Should().Be(BudgetReasons.Exhausted);
        ledger.Read(Id, On(2026, 11, 1))!.Committed.Should().Be(5_000 * Money.MinorUnitsMax);
        ledger.Read(Id, On(2026, 12, 1))!.Limit.Should().Be(10_000, "nothing is left over");
    }

    [Fact]
    public void Nothing_rolls_over_out_of_time_before_the_line()
    {
        BudgetLine line = Line(new(PeriodUnit.Month) { Rollover = Rollover.Whole }, 10_000);

        new BudgetPlanValidator().Validate(PlanOf(line)).Errors.Should().ContainSingle()
            .Which.ErrorCode.Should().Be(LedgerCodes.SinceInvalid);
    }

    // Source: reference/budgets-and-pacing.md §8: 23 and 25 hours, a day that begins at 01:00, half an hour, two hours.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("Africa/Cairo", "2026-04-24", 23)]
    [InlineData("America/Havana", "2025-11-02", 25)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 24.5)]
    [InlineData("Antarctica/Troll", "2026-03-29", 22)]
    // (Havana a year earlier: newer zone data keeps Cuba on summer time in the winter of 2026.)
    public void Days_that_share_a_month_are_those_of_the_zone(string zone, string date, double hours)
    {
        BudgetLedger ledger = new(PlanOf(Line(Month with { Zone = zone }, 30_000)) with { Zone = zone });
        LocalDate day = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;
        Instant start = new BudgetCalendar(zone).StartOf(day);
        Instant last = start + Duration.FromHours(hours) - Duration.FromTicks(1);
        BudgetSnapshot read = ledger.Read(Id, last)!;

        (read.Window, read.From, read.To).Should().Be((date, start, last + Duration.FromTicks(1)));
        Commit(ledger, 5, start);
        Commit(ledger, 6, last);
        Commit(ledger, 7, last + Duration.FromTicks(1));
        ledger.Read(Id, start)!.Committed.Should().Be(11);
    }

    [Fact]
    public void The_day_on_which_the_zone_changes_is_one_day()
    {
        BudgetWindowTerms terms = new(PeriodUnit.Day)
        {
            Zone = "Europe/Berlin",
            ZoneChanges = [new(Instant.FromUtc(2026, 11, 24, 10, 30), "America/New_York")],
        };
        BudgetLedger ledger = new(PlanOf(Line(terms, 100)) with { Zone = "Europe/Berlin" });
        Reserve(ledger, 60, Instant.FromUtc(2026, 11, 23, 23, 0)).IsDone.Should().BeTrue();
        LedgerDecision refused = Reserve(ledger, 60, Instant.FromUtc(2026, 11, 25, 4, 59));

        (refused.Headroom, refused.ResetsAt).Should().Be((40, Instant.FromUtc(2026, 11, 25, 5, 0)));
        ledger.Read(Id, Instant.FromUtc(2026, 11, 25, 4, 59))!.Reserved.Should().Be(60);
    }

    [Fact]
    public void Alerts_are_about_the_window_whose_days_share_the_limit()
    {
        BudgetLedger ledger = Of(Line(Month, 30_000) with { Alerts = [50.Percent, 100.Percent] });
        Commit(ledger, 14_000, On(2026, 11, 1)).Alerts.Should().BeEmpty();
        LedgerDecision half = Commit(ledger, 1_000, On(2026, 11, 9));
        half.Alerts.AsEnumerable().Should().ContainSingle()
            .Which.Should().Be(new BudgetAlert(Id, "2026-11", 50.Percent, On(2026, 11, 9)));
        Commit(ledger, 9_000, On(2026, 11, 10)).Alerts.Should().BeEmpty();
        Commit(ledger, 9_000, On(2026, 11, 11)).Alerts.Count.Should().Be(1);

        BudgetWindowTerms week = new(PeriodUnit.Rolling) { RollingDays = 7 };
        BudgetLedger rolling = Of(Line(week, 1_000) with { Alerts = [80.Percent] });
        Commit(rolling, 700, On(2026, 11, 1)).Alerts.Should().BeEmpty();
        Commit(rolling, 100, On(2026, 11, 7)).Alerts.Count.Should().Be(1, "800 in seven days");
        Commit(rolling, 100, On(2026, 11, 8)).Alerts.Should().BeEmpty("200 in seven days");
    }

    [Fact]
    public void What_is_expected_in_flight_is_expected_of_the_month()
    {
        BudgetLedger ledger = Of(Line(Month, 30_000));
        ledger.Decide(new LedgerRequest.Expect(new("e"), Id, On(2026, 11, 5), 29_500), On(2026, 11, 5));

        ledger.Read(Id, On(2026, 11, 9))!.Available.Should().Be(500);
        Reserve(ledger, 501, On(2026, 11, 9)).Headroom.Should().Be(500);
        Reserve(ledger, 500, On(2026, 11, 9)).IsDone.Should().BeTrue();
        Commit(ledger, 2_000, On(2026, 11, 9)).Amount.Should().Be(20.Eur, "it is what was expected");
    }

    [Theory]
    [InlineData("another kind")]
    [InlineData("another zone")]
    [InlineData("no limit")]
    [InlineData("other dates")]
    [InlineData("invalid")]
    [InlineData("hours that roll over")]
    [InlineData("since without windows")]
    public void Windows_fit_their_line(string wrong)
    {
        BudgetLine line = Line(Month, 30_000);
        BudgetLine found = wrong switch
        {
            "another kind" => line with { Per = PeriodUnit.Week },
            "another zone" => line with { Windows = Month with { Zone = "Europe/Berlin" } },
            "no limit" => line with { Limit = null, IsUnlimited = true },
            "other dates" => Line(new(PeriodUnit.Flight) { Dates = DateRange.Parse("2026-11-01/2026-11-09") }, 5) with
            {
                Flight = DateRange.Parse("2026-11-01/2026-11-08"),
            },
            "hours that roll over" => Line(new(PeriodUnit.Hour) { Rollover = Rollover.Whole }, 5) with
            {
                Since = On(2026, 1, 1),
            },
            "invalid" => line with { Windows = Month with { RollingDays = 5 } },
            _ => line with { Windows = null, Since = On(2026, 1, 1) },
        };

        new BudgetPlanValidator().Validate(PlanOf(line)).IsValid.Should().BeTrue();
        new BudgetPlanValidator().Validate(PlanOf(found)).Errors.Should().ContainSingle();
    }

    private static BudgetLine Line(BudgetWindowTerms terms, long limit) =>
        new(Id, new(BudgetScopeKind.Campaign, "spring"), terms.Per)
        {
            Limit = Money.FromMinor(limit, Currency.Eur),
            Windows = terms,
            Flight = terms.Dates,
            AtCap = CapBehavior.StopAdmission,
        };

    private static BudgetPlan PlanOf(BudgetLine line) => new(Currency.Eur, "Etc/UTC", [line]);

    private static BudgetLedger Of(BudgetLine line) => new(PlanOf(line));

    private static long? Whole(BudgetLedger ledger, string at) => ledger.Read(Id, At(at))!.Whole!.Limit;

    private LedgerDecision Reserve(BudgetLedger ledger, long amount, Instant at) => ledger.Decide(
        new LedgerRequest.Reserve(new($"r{++ids}"), [Id], Money.FromMinor(amount, Currency.Eur), at), at);

    private LedgerDecision Commit(BudgetLedger ledger, long amount, Instant at)
    {
        LedgerRequest.Commit commit = new(new($"c{++ids}"), Money.FromMinor(amount, Currency.Eur))
        {
            Budgets = [Id],
            At = at,
        };
        return ledger.Decide(commit, at);
    }

    private void Change(BudgetLedger ledger, BudgetLine line, Instant asOf) =>
        ledger.Decide(new LedgerRequest.Change(new($"x{++ids}"), line), asOf).IsDone.Should().BeTrue();
}
