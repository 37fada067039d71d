using FluentValidation;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with <see cref="GradeTerms"/>.</summary>
public sealed class GradeTermsValidator : AbstractValidator<GradeTerms>
{
    /// <summary>Makes the rules.</summary>
    public GradeTermsValidator()
    {
        RuleFor(static t => t.Rules).Must(static r => r.Count is > 0 and <= GradeTerms.RuleCountMax
            && r.DistinctBy(static g => g.Grade).Count() == r.Count
            && r.All(static g => g.Grade is { Length: > 0 and <= Graded.GradeLengthMax }))
            .WithErrorCode(GradeCodes.Rules)
            .WithMessage($"1 to {GradeTerms.RuleCountMax} grades of 1 to {Graded.GradeLengthMax} characters stand "
                + "once.");
        RuleFor(static t => t.Others).Must(static a => Enum.IsDefined(a) && a != GradeAction.Scale)
            .WithErrorCode(GradeCodes.Action).WithMessage("Other grades are accepted, held or reversed.");
        RuleFor(static t => t.HeldFor).Must(static d => d is null
            || (d > Duration.Zero && d <= Duration.FromDays(DurationText.DaysMax)))
            .WithErrorCode(GradeCodes.HeldFor)
            .WithMessage($"Outcomes are held for more than no time and at most {DurationText.DaysMax} days.");
        RuleForEach(static t => t.Rules).Must(static r => Enum.IsDefined(r.Action))
            .WithErrorCode(GradeCodes.Action).WithMessage("A grade is accepted, held, scaled or reversed.");
        RuleForEach(static t => t.Rules).Must(static r => r.Action == GradeAction.Scale
            ? r.Part is { Fraction: >= 0 and <= 1 }
            : r.Part is null)
            .WithErrorCode(GradeCodes.Part).WithMessage("A grade has a part from 0 to 100 % where it is scaled.");
    }
}
