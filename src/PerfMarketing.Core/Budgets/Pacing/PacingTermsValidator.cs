using FluentValidation;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>Says what is wrong with <see cref="PacingTerms"/>.</summary>
public sealed class PacingTermsValidator : AbstractValidator<PacingTerms>
{
    private static readonly Percentage AheadMax = Percentage.FromPercent(400);
    private static readonly Percentage FinishEarlyMax = Percentage.FromPercent(50);

    /// <summary>Sets up the rules.</summary>
    public PacingTermsValidator()
    {
        RuleFor(static t => t.Points)
            .Must(static (terms, points) => terms.Mode == PacingMode.Custom
                ? IsCurve(points)
                : points is { Count: 0 })
            .WithErrorCode(PacingCodes.PointsInvalid)
            .WithMessage("A curve of one's own has 1 to 96 points, each later than the one before and not lower.");
        RuleFor(static t => t.Ahead).Must(static ahead => ahead >= default(Percentage) && ahead <= AheadMax)
            .WithErrorCode(PacingCodes.AheadInvalid).WithMessage("Ahead is from 0 % to 400 %.");
        RuleFor(static t => t.Burst).InclusiveBetween(1, PacingTerms.BurstMax)
            .WithErrorCode(PacingCodes.BurstInvalid).WithMessage("The burst is from 1 to 1,000 times the plan.");
        RuleFor(static t => t.FinishEarly).Must(static early => early >= default(Percentage) && early <= FinishEarlyMax)
            .WithErrorCode(PacingCodes.FinishEarlyInvalid).WithMessage("From 0 % to 50 % of the traffic is left over.");
        RuleFor(static t => t.TargetReturn)
            .Must(static (terms, target) => target is null
                || (target is > 0 and <= 1_000_000 && terms.Mode == PacingMode.Forecast))
            .WithErrorCode(PacingCodes.TargetReturnInvalid)
            .WithMessage("A target return is above zero, at most 1,000,000, and for the mode forecast.");
    }

    private static bool IsCurve(ValueList<PacingPoint> points)
    {
        Percentage whole = Percentage.FromPercent(100);
        PacingPoint before = new(default, default);
        foreach (PacingPoint point in points ?? [])
        {
            if (point is null || point.Window <= before.Window || point.Window >= whole
                || point.Budget < before.Budget || point.Budget > whole)
            {
                return false;
            }

            before = point;
        }

        return points is { Count: > 0 and <= PacingTerms.PointsMax };
    }
}
