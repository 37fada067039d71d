using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/budget-windows.md.</summary>
public sealed class BudgetWindowsSnippets
{
    [Fact]
    public void A_day_that_may_use_double()
    {
        #region double
        BudgetWindows windows = new(new(PeriodUnit.Month)
        {
            Zone = "Europe/Berlin",
            Days = new() { IsAverage = true },                         // the limit is what a day has on average
        });
        LimitHistory limits = new(100_00);                             // 100.00 EUR, in cents
        WindowUses uses = new(
        [
            new(windows.Calendar.StartOf(new(2026, 11, 1)), 40_00),    // what each day used: committed and reserved
            new(windows.Calendar.StartOf(new(2026, 11, 5)), 200_00),
        ]);

        WindowLimit fifth = windows.LimitAt(Instant.FromUtc(2026, 11, 5, 20, 0), limits, uses);
        #endregion

        (fifth.Limit, fifth.Base, fifth.Carried, fifth.Flex, fifth.Rule).Should().Be(
            (200_00, 100_00, 360_00, 200_00, WindowRule.Flex));
        (fifth.WholeLimit, fifth.WholeUsed, fifth.Left, fifth.ResetsAt).Should().Be(
            (3_000_00, 240_00, 0, Instant.FromUtc(2026, 11, 5, 23, 0)));
        (fifth.RolledOver, fifth.Borrowed).Should().Be((0, 0));

        Instant now = Instant.FromUtc(2026, 11, 5, 21, 0);

        #region counter
        BudgetCounter counter = new(fifth.Limit, fifth.Used);           // as the day begins
        counter.ChangeLimit(windows.LimitAt(now, limits, uses).Limit);  // when a limit or an earlier day changes
        #endregion

        (counter.Limit, counter.Available).Should().Be((200_00, 0));

        #region carry
        WindowCarry? kept = windows.CarryAt(now, limits, uses);
        WindowLimit later = windows.LimitAt(now, limits, uses, kept);
        #endregion

        (kept!.Value.Carried, later.Limit).Should().Be((0, 200_00), "these terms roll nothing over");
    }

    [Fact]
    public void A_change_within_a_month()
    {
        #region change
        LimitHistory google = new LimitHistory(5_00)
            .Change(Instant.FromUtc(2026, 11, 24, 9, 0), limit: 10_00, used: 103_00);
        #endregion

        new BudgetWindows(BudgetWindowTerms.Google)
            .LimitAt(Instant.FromUtc(2026, 11, 24, 9, 0), google, WindowUses.None).WholeLimit.Should().Be(173_00);
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(1, 30)]
    public void The_terms_of_the_page_are_read(int block, int hours)
    {
        BudgetWindowTerms terms = TermJson.Parse(
            ContractPages.Json("docs/budget-windows.md", block), BudgetWindowTerms.Read);

        new BudgetWindowTermsValidator().Validate(terms).Errors.Should().BeEmpty();
        BudgetWindow window = new BudgetWindows(terms).At(Instant.FromUtc(2026, 11, 24, 11, 0))!.Value;
        (window.End - window.Start).Should().Be(Duration.FromHours(hours));
    }
}
