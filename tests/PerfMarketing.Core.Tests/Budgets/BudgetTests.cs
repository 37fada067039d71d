using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets;

public sealed class BudgetTests
{
    private static readonly Budget Monthly = new(new("spring"), 25_000.Eur, PeriodUnit.Month);

    public static TheoryData<string, Budget, string> Wrong => new()
    {
        { "no id", Monthly with { Id = default }, BudgetCodes.IdMissing },
        { "nothing to spend", Monthly with { Limit = 0.Eur }, BudgetCodes.LimitNotPositive },
        { "less than nothing", Monthly with { Limit = (-1).Eur }, BudgetCodes.LimitNotPositive },
        { "no currency", Monthly with { Limit = default }, BudgetCodes.LimitNotPositive },
        { "rolling days", Monthly with { Per = PeriodUnit.Rolling }, BudgetCodes.PeriodUnsupported },
        { "no such period", Monthly with { Per = (PeriodUnit)99 }, BudgetCodes.PeriodUnsupported },
        { "no such promise", Monthly with { AtCap = (CapBehavior)99 }, BudgetCodes.CapUndefined },
        {
            "no such instant", Monthly with { Recognition = (BudgetRecognition)99 }, BudgetCodes.RecognitionUndefined
        },
        { "less than no tolerance", Monthly with { Tolerance = (-1).Percent }, BudgetCodes.ToleranceInvalid },
        { "more than all of it", Monthly with { Tolerance = 101.Percent }, BudgetCodes.ToleranceInvalid },
        { "a share twice", Monthly with { AlertAt = [80.Percent, 80.Percent] }, BudgetCodes.AlertsInvalid },
        { "a share of nothing", Monthly with { AlertAt = [0.Percent] }, BudgetCodes.AlertsInvalid },
        { "a share never reached", Monthly with { AlertAt = [201.Percent] }, BudgetCodes.AlertsInvalid },
        {
            "too many shares",
            Monthly with { AlertAt = [.. Enumerable.Range(1, 11).Select(static i => i.Percent)] },
            BudgetCodes.AlertsInvalid
        },
        { "no such policy", Monthly with { OnExceeded = (LimitOverflow)99 }, BudgetCodes.OverflowUndefined },
        {
            "a notice that refuses",
            Monthly with { OnExceeded = LimitOverflow.Notify, AtCap = CapBehavior.StopAndReject },
            BudgetCodes.OverflowContradicts
        },
        {
            "who waits for a period that changes",
            Monthly with { OnExceeded = LimitOverflow.Hold, Recognition = BudgetRecognition.OnApproval },
            BudgetCodes.OverflowContradicts
        },
        {
            "diverted to nowhere", Monthly with { OnExceeded = LimitOverflow.Divert }, BudgetCodes.OverflowContradicts
        },
        {
            "a change before the one before it",
            Monthly with { Changes = [new(March(2), 1.Eur), new(March(1), 2.Eur)] },
            BudgetCodes.ChangesInvalid
        },
        { "less than nothing", Monthly with { Changes = [new(March(1), -1.Eur)] }, BudgetCodes.ChangesInvalid },
        {
            "a change into another currency",
            Monthly with { Changes = [new(March(1), 1.Usd)] },
            BudgetCodes.ChangesInvalid
        },
        {
            "a change before the budget",
            Monthly with { Since = March(2), Changes = [new(March(1), 1.Eur)] },
            BudgetCodes.ChangesInvalid
        },
        { "used before nothing", Monthly with { UsedBefore = 1.Eur }, BudgetCodes.UsedBeforeInvalid },
        {
            "less than nothing used",
            Monthly with { Since = March(1), UsedBefore = -1.Eur },
            BudgetCodes.UsedBeforeInvalid
        },
        { "a zone that is none", Monthly with { Zone = "Mars/Olympus" }, BudgetCodes.ZoneUnknown },
        { "set aside for no time", Monthly with { ReserveFor = Duration.Zero }, BudgetCodes.ReserveForInvalid },
        {
            "set aside for ever",
            Monthly with { ReserveFor = Budget.ReserveForMax + Duration.FromSeconds(1) },
            BudgetCodes.ReserveForInvalid
        },
        { "a clause for nothing", Monthly with { DivertTo = new("sale") }, BudgetCodes.OverflowContradicts },
    };

    [Fact]
    public void A_budget_reads_back_from_its_terms()
    {
        Budget[] budgets =
        [
            Monthly, Monthly with { OnExceeded = LimitOverflow.PayRemainder },
            Monthly with { OnExceeded = LimitOverflow.Hold },
            Monthly with { Zone = "America/New_York", ReserveFor = Duration.FromDays(30) },
            Monthly with { Changes = [new(March(1), 1.Eur), new(March(2), 0.Eur)] },
            Monthly with { Since = March(1), UsedBefore = 1.Eur, Changes = [new(March(2), 3.Eur)] },
            Monthly with { OnExceeded = LimitOverflow.PayZero },
            Monthly with { OnExceeded = LimitOverflow.Notify },
            Monthly with { OnExceeded = LimitOverflow.Divert, DivertTo = new("sale") },
            Monthly with { AtCap = CapBehavior.StopAdmission, Recognition = BudgetRecognition.OnTouch },
            Monthly with { AtCap = CapBehavior.StopAndReject, Recognition = BudgetRecognition.OnApproval },
            Monthly with { Tolerance = 5.Percent, AlertAt = [50.Percent, 80.Percent, 100.Percent] },
        ];
        foreach (Budget budget in budgets)
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(budget), failures, Budget.Read).Should().Be(budget);
            failures.Should().BeEmpty();
            new BudgetValidator().Validate(budget).Errors.Should().BeEmpty();
        }

        TermNode.Of(Monthly).Items.Select(static i => i.Text).Should().Equal("spring", "25000.00 EUR", "month");
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_has_a_code(string because, Budget budget, string code) =>
        new BudgetValidator().Validate(budget).Errors.Select(static e => e.ErrorCode)
            .Should().Equal(new[] { code }, because);

    private static Instant March(int day) => Instant.FromUtc(2026, 3, day, 0, 0);
}
