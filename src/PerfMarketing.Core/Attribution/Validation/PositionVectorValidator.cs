using FluentValidation;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="PositionVector"/>.</summary>
public sealed class PositionVectorValidator : AbstractValidator<PositionVector>
{
    private const int MilestoneLengthMax = 64;

    /// <summary>Sets up the rules.</summary>
    public PositionVectorValidator()
    {
        RuleFor(static r => r.Marks).Must(static list => list.Count is > 0 and <= PositionVector.MarkCountMax)
            .WithErrorCode(AttributionCodes.CountOutOfRange).WithMessage("There are 1 to 100 marks.");
        RuleForEach(static r => r.Marks).ChildRules(static mark =>
        {
            mark.RuleFor(static m => m.Share).InclusiveBetween(0, 1)
                .WithErrorCode(AttributionCodes.ShareOutOfRange)
                .WithMessage("A share of the credit lies between 0 and 1.");
            mark.RuleFor(static m => m.Share).Must(Shares.IsFine)
                .WithErrorCode(AttributionCodes.ShareTooFine)
                .WithMessage("A share of the credit has at most 9 decimals.");
            mark.RuleFor(static m => m.Place).Must(static (m, place) => place is null != m.Milestone is null)
                .WithErrorCode(AttributionCodes.MarkUnclear).WithMessage("A mark is a place or a milestone.");
            mark.RuleFor(static m => m.Milestone).Length(1, MilestoneLengthMax)
                .WithErrorCode(AttributionCodes.MarkUnclear).WithMessage("A milestone has 1 to 64 characters.");
        });
        RuleFor(static r => r.Marks).Must(static list => list.Sum(static m => m.Share) <= 1)
            .When(static r => r.Marks.All(static m => m.Share is >= 0 and <= 1))
            .WithErrorCode(AttributionCodes.SharesAboveOne).WithMessage("The shares add up to at most 1.");
    }
}
