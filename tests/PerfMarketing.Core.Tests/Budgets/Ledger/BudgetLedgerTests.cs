using NodaTime;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

public sealed class BudgetLedgerTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly BudgetScope Acme = new(BudgetScopeKind.Account, "acme");

    // Source: cases/budget-and-experiment-cases.json, areas gbrain-race and eliza-race; the first in hundredths of a
    // cent, as pieces.
    [Theory]
    [InlineData("gbrain-race-1", 50_000, 47_527, 884, 4, 2)]
    [InlineData("eliza-race-1", 100, 0, 60, 2, 1)]
    public void As_many_are_admitted_as_fit_whoever_comes_first(
        string id, long limit, long used, long amount, int parallel, int admitted)
    {
        BudgetLedger ledger = Of(new BudgetLine(new("b"), Acme, PeriodUnit.Day) { Count = limit });
        ledger.Decide(Commit("before", 0) with { Count = used, Budgets = [new("b")], At = Noon }, Noon);
        var answers = new LedgerDecision[parallel];
        Parallel.For(0, parallel, i =>
            answers[i] = ledger.Decide(Reserve($"r{i}", 0, "b") with { Count = amount }, Noon));

        answers.Count(static a => a.IsDone).Should().Be(admitted, id);
        ledger.Read(new("b"), Noon)!.Reserved.Should().Be(admitted * amount);
    }

    // Source: cases/platform-cases.json.
    [Theory]
    [InlineData("affise-cap-month-boundary", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    public void A_cap_set_within_a_month_counts_the_whole_month(string id, string from, string to)
    {
        // Set on 15 November: the results of the first half are entries of before.
        List<LedgerEntry> entries = [];
        BudgetLine daily = new(new("day"), Acme, PeriodUnit.Day) { Count = 100 };
        BudgetLedger first = new(PlanOf(daily)) { Journal = entries.Add };
        Instant early = Instant.FromUtc(2026, 11, 3, 8, 0);
        first.Decide(Commit("r", 1) with { Count = 40, Budgets = [daily.Id], At = early }, early);

        BudgetLine monthly = new(new("month"), Acme, PeriodUnit.Month) { Count = 50 };
        BudgetLedger second = new(PlanOf(monthly, daily with { Parent = monthly.Id }), entries);
        Instant set = Instant.FromUtc(2026, 11, 15, 8, 0);

        BudgetSnapshot read = second.Read(monthly.Id, set)!;
        (read.Committed, $"{read.From}", $"{read.To}").Should().Be((40, from, to), id);
        LedgerDecision refused = second.Decide(Reserve("s", 0, "day") with { Count = 11, At = set }, set);
        (refused.Code, refused.Binding, $"{refused.ResetsAt}").Should()
            .Be((LedgerReasons.ParentCap, monthly.Id, to));
    }

    private static BudgetPlan PlanOf(params BudgetLine[] lines) => new(Currency.Eur, "Etc/UTC", lines.ToValueList());

    private static BudgetLedger Of(params BudgetLine[] lines) => new(PlanOf(lines));

    private static LedgerRequest.Reserve Reserve(string id, decimal amount, string line) =>
        new(new(id), [new BudgetId(line)], amount.Eur, Noon);

    private static LedgerRequest.Commit Commit(string id, decimal amount) => new(new(id), amount.Eur);
}
