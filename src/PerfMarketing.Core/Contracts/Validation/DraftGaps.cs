using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Keeps drafts with holes in their lists away from rules that ask each item.</summary>
internal static class DraftGaps
{
    /// <summary>Whether a list of a draft has a gap; each is a failure.</summary>
    /// <param name="context">Where failures go.</param>
    /// <param name="draft">The draft.</param>
    public static bool HasGaps<T>(this ValidationContext<T> context, ITerms draft)
    {
        List<ValidationFailure> gaps = TermGaps.In(draft);
        foreach (ValidationFailure gap in gaps)
        {
            gap.PropertyName = context.PropertyChain.BuildPropertyPath(gap.PropertyName);
            context.AddFailure(gap);
        }

        return gaps.Count > 0;
    }
}
