using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

public sealed class BudgetPlanTests
{
    private static readonly BudgetLine Top = new(
        new("acme"), new(BudgetScopeKind.Account, "acme"), PeriodUnit.Month)
    { Limit = 100.Eur };

    private static readonly BudgetLine Child = new(
        new("spring"), new(BudgetScopeKind.Campaign, "spring"), PeriodUnit.Month)
    { Parent = Top.Id, Limit = 60.Eur };

    public static TheoryData<string, BudgetPlan, string> Wrong => new()
    {
        { "no lines", Of(), LedgerCodes.PlanInvalid },
        {
            "no currency",
            Of(Top with { Limit = null, Count = 1 }) with { Currency = default },
            LedgerCodes.PlanInvalid
        },
        { "no zone", Of(Top) with { Zone = "Mars/Olympus" }, LedgerCodes.ZoneInvalid },
        { "no id", Of(Top with { Id = default }), LedgerCodes.IdInvalid },
        { "one id twice", Of(Top, Top), LedgerCodes.IdInvalid },
        { "no scope", Of(Top with { Scope = default }), LedgerCodes.ScopeInvalid },
        { "no such scope", Of(Top with { Scope = new((BudgetScopeKind)99, "x") }), LedgerCodes.ScopeInvalid },
        { "nothing said", Of(Top with { Limit = null }), LedgerCodes.LimitInvalid },
        { "two things said", Of(Top with { Count = 5 }), LedgerCodes.LimitInvalid },
        { "limit and unlimited", Of(Top with { IsUnlimited = true }), LedgerCodes.LimitInvalid },
        { "nothing to spend", Of(Top with { Limit = 0.Eur }), LedgerCodes.LimitInvalid },
        { "another currency", Of(Top with { Limit = 5.Usd }), LedgerCodes.LimitInvalid },
        { "rolling days", Of(Top with { Per = PeriodUnit.Rolling }), LedgerCodes.PeriodInvalid },
        { "a flight without dates", Of(Top with { Per = PeriodUnit.Flight }), LedgerCodes.PeriodInvalid },
        { "dates and no flight", Of(Top with { Flight = new(new(2026, 3, 1)) }), LedgerCodes.PeriodInvalid },
        { "less than the limit", Of(Top with { Flex = (-5).Percent }), LedgerCodes.FlexInvalid },
        { "no such policy", Of(Top with { AtCap = (CapBehavior)99 }), LedgerCodes.OptionUndefined },
        { "no such children", Of(Top with { Children = (ChildBudgets)99 }), LedgerCodes.OptionUndefined },
        { "falling alerts", Of(Top with { Alerts = [80.Percent, 50.Percent] }), LedgerCodes.AlertsInvalid },
        { "an alert at nothing", Of(Top with { Alerts = [0.Percent] }), LedgerCodes.AlertsInvalid },
        { "no parent", Of(Child), LedgerCodes.ParentInvalid },
        { "its own parent", Of(Top with { Parent = Top.Id }), LedgerCodes.ParentInvalid },
        {
            "a parent of a later kind",
            Of(Top with { Scope = new(BudgetScopeKind.Partner, "p") }, Child),
            LedgerCodes.ParentInvalid
        },
        {
            "parts of more than the whole",
            Of(Top with { Children = ChildBudgets.Partitioned }, Child, Child with { Id = new("b"), Limit = 41.Eur }),
            LedgerCodes.PartitionExceeded
        },
        {
            "a part of other periods",
            Of(Top with { Children = ChildBudgets.Partitioned }, Child with { Per = PeriodUnit.Day }),
            LedgerCodes.PartitionExceeded
        },
        {
            "a part without a limit",
            Of(Top with { Children = ChildBudgets.Partitioned }, Child with { Limit = null, IsUnlimited = true }),
            LedgerCodes.PartitionExceeded
        },
        {
            "a part that may flex above the whole",
            Of(Top with { Children = ChildBudgets.Partitioned }, Child with { Limit = 100.Eur, Flex = 1.Percent }),
            LedgerCodes.PartitionExceeded
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_has_a_code(string because, BudgetPlan plan, string code)
    {
        ValidationResult found = new BudgetPlanValidator().Validate(plan);
        found.Errors.Select(static e => e.ErrorCode).Distinct().Should().Equal(new[] { code }, because);
        FluentActions.Invoking(() => new BudgetLedger(plan)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Sixteen_lines_may_stand_above_each_other()
    {
        BudgetLine[] lines = [.. Enumerable.Range(0, BudgetPlan.DepthMax + 1).Select(static i =>
            Top with { Id = new($"l{i}"), Parent = i == 0 ? null : new($"l{i - 1}") })];

        new BudgetPlanValidator().Validate(Of(lines[..^1])).IsValid.Should().BeTrue();
        new BudgetPlanValidator().Validate(Of(lines)).Errors.Should().ContainSingle()
            .Which.ErrorCode.Should().Be(LedgerCodes.ParentInvalid);
    }

    [Fact]
    public void Parts_may_be_all_of_the_whole() => new BudgetPlanValidator().Validate(
        Of(Top with { Children = ChildBudgets.Partitioned }, Child, Child with { Id = new("b"), Limit = 40.Eur }))
        .IsValid.Should().BeTrue();

    [Fact]
    public void A_plan_reads_back_from_its_terms()
    {
        BudgetPlan plan = BudgetLedgerChecks.Plan with
        {
            Lines = BudgetLedgerChecks.Plan.Lines.Add(Top with
            {
                Id = new("last"),
                Children = ChildBudgets.Partitioned,
                Alerts = [50.Percent, 100.Percent],
            }),
        };
        TermFailures failures = [];
        TermReader.Read(TermNode.Of(plan), failures, BudgetPlan.Read).Should().Be(plan);
        failures.Should().BeEmpty();
        new BudgetPlanValidator().Validate(plan).Errors.Should().BeEmpty();
    }

    [Fact]
    public void A_snapshot_reads_back_from_its_terms()
    {
        BudgetLedger ledger = new(BudgetLedgerChecks.Plan);
        Instant at = Instant.FromUtc(2026, 3, 30, 0, 0);
        LedgerRequest.Commit commit = new(new("r"), 70.Eur) { Budgets = [new("search")], At = at };
        ledger.Decide(commit, at);
        ledger.Decide(new LedgerRequest.Reserve(new("s"), [new("search")], 1.Eur, at), at);
        ledger.Decide(new LedgerRequest.Expect(new("e"), new("search"), at, 5), at);
        foreach (BudgetSnapshot snapshot in BudgetLedgerChecks.Plan.Lines.Select(l => ledger.Read(l.Id, at)!))
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(snapshot), failures, BudgetSnapshot.Read).Should().Be(snapshot);
            failures.Should().BeEmpty();
        }
    }

    private static BudgetPlan Of(params BudgetLine[] lines) => new(Currency.Eur, "Etc/UTC", lines.ToValueList());
}
