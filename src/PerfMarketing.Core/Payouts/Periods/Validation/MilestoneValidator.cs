using FluentValidation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Milestone"/>.</summary>
public sealed class MilestoneValidator : AbstractValidator<Milestone>
{
    /// <summary>Sets up the rules.</summary>
    public MilestoneValidator()
    {
        RuleFor(static p => p.Steps)
            .Must(static steps => steps.Count is > 0 and <= Milestone.StepCountMax && AreRising(steps))
            .WithErrorCode(PeriodCodes.Steps)
            .WithMessage($"There are 1 to {Milestone.StepCountMax} steps above zero, each above the one before it.");
        RuleForEach(static p => p.Steps).ChildRules(static step => step.RuleFor(static s => s.Bonus).IsPaid());
        RuleFor(static p => p.Of).IsSummed();
        RuleFor(static p => p.Clauses).AreNamedOnce();
        RuleFor(static p => p.Partners).AreNamedOnce();
    }

    private static bool AreRising(ValueList<MilestoneStep> steps)
    {
        decimal before = 0;
        foreach (MilestoneStep step in steps)
        {
            if (step.At <= before)
            {
                return false;
            }

            before = step.At;
        }

        return true;
    }
}
