using FluentValidation;
using PerfMarketing.Events;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="TouchFilter"/>.</summary>
internal sealed class TouchFilterValidator : AbstractValidator<TouchFilter>
{
    public TouchFilterValidator()
    {
        RuleFor(static f => f.Fact).Must(static fact => fact is null || Fact.IsName(fact))
            .WithErrorCode(AttributionCodes.FactName).WithMessage("A fact's name is kebab-case.");
        RuleFor(static f => f.Values).Must(static (filter, values) => values.Count == 0 || filter.Fact is not null)
            .WithErrorCode(AttributionCodes.FactName).WithMessage("Values are those of a fact: name the fact.");
        RuleFor(static f => f).Must(static f => f.Kinds.Count <= TouchFilter.CountMax
                && f.Channels.Count <= TouchFilter.CountMax && f.ExceptChannels.Count <= TouchFilter.CountMax
                && f.Partners.Count <= TouchFilter.CountMax && f.Claims.Count <= TouchFilter.CountMax
                && f.Values.Count <= TouchFilter.CountMax)
            .WithErrorCode(AttributionCodes.CountOutOfRange).WithMessage("Each list has at most 1,000 entries.");
    }
}
