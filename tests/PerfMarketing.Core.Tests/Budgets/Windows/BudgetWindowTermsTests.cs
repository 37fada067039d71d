using FluentValidation.Results;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Tests.Budgets.Pacing;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Windows;

public sealed class BudgetWindowTermsTests
{
    [Fact]
    public void Terms_are_read_as_they_were_written()
    {
        BudgetWindowTerms[] all =
        [
            new(PeriodUnit.Hour), new(PeriodUnit.Flight) { Dates = DateRange.Parse("2026-11-10/..") },
            Month, Average, BudgetWindowTerms.Google, BudgetWindowTerms.GoogleConversions,
            BudgetWindowTerms.Meta, BudgetWindowTerms.Amazon,
            new(PeriodUnit.Flight) { Dates = DateRange.Parse("2026-11-10/2026-11-20"), Days = new() { Flex = 3m } },
            new(PeriodUnit.Rolling) { RollingDays = 28, Zone = "Europe/Berlin" },
            new(PeriodUnit.Day)
            {
                Zone = "Europe/Berlin",
                ZoneChanges = [new(On(2026, 11, 24), "Asia/Tokyo")],
                Rollover = Rollover.Capped,
                RolloverMax = 0.25m,
            },
        ];

        all.Should().AllSatisfy(static t =>
        {
            PacingTermsTests.Again(t, BudgetWindowTerms.Read).Should().Be(t);
            new BudgetWindowTermsValidator().Validate(t).Errors.Should().BeEmpty();
        });
        LimitHistory limits = new LimitHistory(100) { Since = On(2026, 11, 1) }
            .Change(On(2026, 11, 5), 200, 40).Change(On(2026, 11, 9), 0);
        PacingTermsTests.Again(limits, LimitHistory.Read).Should().Be(limits);
        new LimitHistoryValidator().Validate(limits).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Terms_that_make_no_sense_are_all_named()
    {
        Codes(new((PeriodUnit)99) { Zone = "Mars/Olympus", Rollover = (Rollover)9 }).Should().BeEquivalentTo(
            BudgetWindowCodes.UnitUndefined, BudgetWindowCodes.ZoneInvalid, BudgetWindowCodes.RolloverInvalid);
        Codes(new(PeriodUnit.Flight)).Should().Equal(BudgetWindowCodes.DatesInvalid);
        Codes(new(PeriodUnit.Day) { Dates = DateRange.Parse("2026-11-10/..") })
            .Should().Equal(BudgetWindowCodes.DatesInvalid);
        Codes(new(PeriodUnit.Rolling)).Should().Equal(BudgetWindowCodes.RollingDaysInvalid);
        Codes(new(PeriodUnit.Day) { RollingDays = 7 }).Should().Equal(BudgetWindowCodes.RollingDaysInvalid);
        Codes(new(PeriodUnit.Day) { WeekStart = WeekStart.Sunday }).Should().Equal(BudgetWindowCodes.UnitUndefined);
        Codes(new(PeriodUnit.Month) { Days = new() { Flex = 0.5m, Times = 30m } })
            .Should().Equal(BudgetWindowCodes.FlexInvalid, BudgetWindowCodes.TimesInvalid);
        Codes(new(PeriodUnit.Month)
        {
            ZoneChanges = [new(On(2026, 11, 2), "Etc/UTC"), new(On(2026, 11, 1), "Etc/UTC")],
        }).Should().Equal(BudgetWindowCodes.ZoneInvalid);
    }

    [Theory]
    [InlineData(PeriodUnit.Hour)]
    [InlineData(PeriodUnit.Day)]
    [InlineData(PeriodUnit.Lifetime)]
    public void Days_share_only_what_has_several_of_them(PeriodUnit per) =>
        Codes(new(per) { Days = new() }).Should().Equal(BudgetWindowCodes.SpreadUnsupported);

    [Fact]
    public void Only_windows_that_follow_each_other_roll_over()
    {
        const string Code = BudgetWindowCodes.RolloverInvalid;
        Codes(new(PeriodUnit.Lifetime) { Rollover = Rollover.Whole }).Should().Equal(Code);
        Codes(new(PeriodUnit.Rolling) { RollingDays = 7, Rollover = Rollover.Whole }).Should().Equal(Code);
        Codes(new(PeriodUnit.Day) { Rollover = Rollover.Capped }).Should().Equal(Code);
        Codes(new(PeriodUnit.Day) { RolloverMax = 1m }).Should().Equal(Code);
        Codes(Month with { Rollover = Rollover.Whole, Days = new() { CarryUnused = false } }).Should().Equal(Code);
    }

    [Fact]
    public void A_history_that_does_not_add_up_is_named()
    {
        LimitHistory good = new LimitHistory(100).Change(On(2026, 11, 5), 200).Change(On(2026, 11, 9), 50);

        CodesOf(good with { First = -1 }).Should().Equal(
            BudgetWindowCodes.LimitInvalid, BudgetWindowCodes.ChangesInvalid);
        CodesOf(good with { Changes = [good.Changes[1]] }).Should().Equal(
            [BudgetWindowCodes.ChangesInvalid], "200 was never the limit");
        CodesOf(good with { Since = On(2026, 11, 6) }).Should().Equal(BudgetWindowCodes.ChangesInvalid);
        CodesOf(new LimitHistory(100) { Changes = [new(On(2026, 11, 5), 100, BudgetCounter.AmountMax + 1, 0)] })
            .Should().Equal(BudgetWindowCodes.LimitInvalid);
    }

    private static IEnumerable<string> Codes(BudgetWindowTerms terms) =>
        CodesIn(new BudgetWindowTermsValidator().Validate(terms));

    private static IEnumerable<string> CodesOf(LimitHistory limits) =>
        CodesIn(new LimitHistoryValidator().Validate(limits));

    private static IEnumerable<string> CodesIn(ValidationResult result) =>
        result.Errors.Select(static e => e.ErrorCode);
}
