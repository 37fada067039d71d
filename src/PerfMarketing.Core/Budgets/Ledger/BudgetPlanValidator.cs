using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Identity;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>Says what is wrong with a <see cref="BudgetPlan"/>: its lines, and how they stand to each other.</summary>
public sealed class BudgetPlanValidator : AbstractValidator<BudgetPlan>
{
    /// <summary>Sets up the rules.</summary>
    public BudgetPlanValidator()
    {
        RuleFor(static p => p.Currency).Must(static c => !c.IsUnset)
            .WithErrorCode(LedgerCodes.PlanInvalid).WithMessage("A plan has a currency.");
        RuleFor(static p => p.Lines).Must(static l => l.Count is > 0 and <= BudgetPlan.LineCountMax)
            .WithErrorCode(LedgerCodes.PlanInvalid).WithMessage("A plan has from 1 to 100,000 lines.");
        RuleFor(static p => p.Zone).Must(static z => ContractZone.Check(z) is null)
            .WithErrorCode(LedgerCodes.ZoneInvalid).WithMessage("A zone is an id of the time zone database.");
        RuleForEach(static p => p.Lines).SetValidator(new BudgetLineValidator());
        RuleFor(static p => p).Custom(static (plan, context) => CheckTree(plan, context));
    }

    /// <summary>The most that a period of a line may use, flex included.</summary>
    internal static decimal Most(BudgetLine line) => (line.Units ?? 0) * (1 + line.Flex.Fraction);

    private static void CheckTree(BudgetPlan plan, ValidationContext<BudgetPlan> context)
    {
        Dictionary<BudgetId, BudgetLine> lines = [];
        foreach (BudgetLine line in plan.Lines)
        {
            if (!line.Id.IsUnset && !lines.TryAdd(line.Id, line))
            {
                Fail(context, "Lines", LedgerCodes.IdInvalid, $"Two lines are called '{line.Id}'.");
            }
        }

        for (int i = 0; i < plan.Lines.Count; i++)
        {
            string path = $"Lines[{i}]";
            BudgetLine line = plan.Lines[i];
            if (line.Limit is { } limit && limit.Currency != plan.Currency)
            {
                Fail(context, $"{path}.Limit", LedgerCodes.LimitInvalid, "A limit is in the plan's currency.");
            }

            if (line.Windows is { } windows && windows.Zone != plan.Zone)
            {
                Fail(context, $"{path}.Windows", LedgerCodes.ZoneInvalid, "Windows are in the zone of the plan.");
            }

            if (line.Parent is not null && !HasParent(line, lines))
            {
                Fail(context, $"{path}.Parent", LedgerCodes.ParentInvalid, "A parent is a line of no later kind.");
            }
        }

        CheckPartitions(plan, lines, context);
    }

    private static bool HasParent(BudgetLine line, Dictionary<BudgetId, BudgetLine> lines)
    {
        BudgetLine? at = line;
        for (int depth = 0; depth < BudgetPlan.DepthMax; depth++)
        {
            if (at.Parent is not { } id)
            {
                return true;
            }

            if (!lines.TryGetValue(id, out BudgetLine? parent) || parent.Scope.Kind > at.Scope.Kind)
            {
                return false;
            }

            at = parent;
        }

        return false;
    }

    private static void CheckPartitions(
        BudgetPlan plan, Dictionary<BudgetId, BudgetLine> lines, ValidationContext<BudgetPlan> context)
    {
        Dictionary<BudgetId, decimal> sums = [];
        HashSet<BudgetId> unlike = [];
        foreach (BudgetLine line in plan.Lines)
        {
            if (line.Parent is { } id && lines.TryGetValue(id, out BudgetLine? parent)
                && parent.Children == ChildBudgets.Partitioned)
            {
                sums[id] = sums.GetValueOrDefault(id) + Most(line);
                if (!IsLike(line, parent))
                {
                    unlike.Add(id);
                }
            }
        }

        foreach ((BudgetId id, decimal sum) in sums)
        {
            BudgetLine parent = lines[id];
            if (unlike.Contains(id) || sum > Most(parent))
            {
                Fail(
                    context,
                    "Lines",
                    LedgerCodes.PartitionExceeded,
                    $"What is below '{id}' has more than it, or is not counted like it.");
            }
        }
    }

    // Only what counts the same in the same periods can be a part.
    private static bool IsLike(BudgetLine line, BudgetLine parent) =>
        line.Per == parent.Per && line.IsCounted == parent.IsCounted && line.IsUnlimited == parent.IsUnlimited
        && line.Flight == parent.Flight && line.Windows == parent.Windows && line.Since == parent.Since
        && line.Recognition == parent.Recognition;

    private static void Fail(ValidationContext<BudgetPlan> context, string path, string code, string message) =>
        context.AddFailure(new ValidationFailure(path, message) { ErrorCode = code });
}
