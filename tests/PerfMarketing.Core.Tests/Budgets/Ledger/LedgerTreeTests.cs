using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>A tree of all scopes: account, campaign, channel, segment, contract, partner, customer.</summary>
public sealed class LedgerTreeTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly BudgetScopeKind[] Kinds =
    [
        BudgetScopeKind.Account, BudgetScopeKind.Campaign, BudgetScopeKind.Channel, BudgetScopeKind.Segment,
        BudgetScopeKind.Contract, BudgetScopeKind.Partner, BudgetScopeKind.Customer,
    ];

    private static readonly BudgetId Lowest = IdOf(BudgetScopeKind.Customer);

    [Theory]
    [InlineData(BudgetScopeKind.Account)]
    [InlineData(BudgetScopeKind.Campaign)]
    [InlineData(BudgetScopeKind.Channel)]
    [InlineData(BudgetScopeKind.Segment)]
    [InlineData(BudgetScopeKind.Contract)]
    [InlineData(BudgetScopeKind.Partner)]
    [InlineData(BudgetScopeKind.Customer)]
    public void The_limit_that_binds_is_named_and_nothing_is_left_behind_above_it(BudgetScopeKind tight)
    {
        BudgetLedger ledger = new(PlanOf(kind => kind == tight ? 9 : 100));
        LedgerDecision refused = ledger.Decide(Reserve("r", 10), Noon);

        refused.Code.Should().Be(
            tight == BudgetScopeKind.Customer ? BudgetReasons.Exhausted : LedgerReasons.ParentCap);
        (refused.Binding, refused.Scope, refused.Headroom).Should().Be(
            (IdOf(tight), new BudgetScope(tight, "x"), 900));
        refused.ResetsAt.Should().Be(
            tight == BudgetScopeKind.Customer ? Instant.FromUtc(2026, 3, 11, 0, 0) : Instant.FromUtc(2026, 4, 1, 0, 0));
        Kinds.Select(k => ledger.Read(IdOf(k), Noon)!.Reserved).Should().AllBeEquivalentTo(0L);

        ledger.Decide(Reserve("s", 9), Noon).IsDone.Should().BeTrue();
        ledger.Decide(new LedgerRequest.Commit(new("s"), 8.Eur), Noon);
        Kinds.Select(k => ledger.Read(IdOf(k), Noon)!.Committed).Should().AllBeEquivalentTo(800L);
    }

    [Fact]
    public void Flexible_children_share_what_the_parent_has()
    {
        BudgetLedger ledger = new(Family(ChildBudgets.Flexible, 60));
        ledger.Decide(Reserve("a", 60) with { Budgets = [new("a")] }, Noon).IsDone.Should().BeTrue();
        LedgerDecision refused = ledger.Decide(Reserve("b", 60) with { Budgets = [new("b")] }, Noon);

        (refused.Code, refused.Binding, refused.Headroom).Should().Be((LedgerReasons.ParentCap, new("top"), 4_000));
    }

    [Fact]
    public void Partitioned_children_each_have_their_own()
    {
        new BudgetPlanValidator().Validate(Family(ChildBudgets.Partitioned, 60)).IsValid.Should().BeFalse();
        BudgetLedger ledger = new(Family(ChildBudgets.Partitioned, 50));
        foreach ((string child, string binding) in ((string, string)[])[("a", "a"), ("b", "top")])
        {
            ledger.Decide(Reserve(child, 50) with { Budgets = [new(child)] }, Noon).IsDone.Should().BeTrue();
            ledger.Decide(Reserve($"{child}+", 0.01m) with { Budgets = [new(child)] }, Noon).Binding
                .Should().Be(new BudgetId(binding), "the lines are asked from the top down");
        }
    }

    [Fact]
    public void Children_that_share_days_are_parts_of_a_parent_that_does()
    {
        BudgetPlan plan = Family(ChildBudgets.Partitioned, 50);
        BudgetPlan all = plan with { Lines = [.. plan.Lines.Select(WithDays)] };
        new BudgetPlanValidator().Validate(all).IsValid.Should().BeTrue();
        BudgetPlan mixed = plan with { Lines = [WithDays(plan.Lines[0]), .. plan.Lines.AsEnumerable().Skip(1)] };
        new BudgetPlanValidator().Validate(mixed).Errors.Should().ContainSingle()
            .Which.ErrorCode.Should().Be(LedgerCodes.PartitionExceeded);

        BudgetLedger ledger = new(all);
        LedgerDecision refused = ledger.Decide(Reserve("a", 3.23m) with { Budgets = [new("a")] }, Noon);
        (refused.Binding, refused.Headroom).Should().Be(
            (new BudgetId("a"), 322), "twice 1.61, and the first nine days have a cent more");

        static BudgetLine WithDays(BudgetLine line) => line with { Windows = new(PeriodUnit.Month) { Days = new() } };
    }

    private static BudgetId IdOf(BudgetScopeKind kind) => new($"{kind}");

    private static BudgetPlan PlanOf(Func<BudgetScopeKind, int> limit) => new(Currency.Eur, "Etc/UTC",
    [
        .. Kinds.Select((kind, i) => new BudgetLine(
            IdOf(kind),
            new(kind, "x"),
            kind == BudgetScopeKind.Customer ? PeriodUnit.Day : PeriodUnit.Month)
        {
            Limit = limit(kind).Eur,
            Parent = i == 0 ? null : IdOf(Kinds[i - 1]),
        }),
    ]);

    private static BudgetPlan Family(ChildBudgets children, int each)
    {
        BudgetLine top = new(new("top"), new(BudgetScopeKind.Account, "x"), PeriodUnit.Month)
        {
            Limit = 100.Eur,
            Children = children,
        };
        BudgetLine child = top with
        {
            Id = new("a"),
            Scope = new(BudgetScopeKind.Campaign, "a"),
            Parent = top.Id,
            Limit = each.Eur,
            Children = ChildBudgets.Flexible,
        };
        return new(Currency.Eur, "Etc/UTC", [top, child, child with { Id = new("b") }]);
    }

    private static LedgerRequest.Reserve Reserve(string id, decimal amount) =>
        new(new(id), [Lowest], amount.Eur, Noon);
}
