using FluentValidation;
using NodaTime;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with <see cref="CallTerms"/>.</summary>
public sealed class CallTermsValidator : AbstractValidator<CallTerms>
{
    /// <summary>Sets up the rules.</summary>
    public CallTermsValidator()
    {
        RuleFor(static t => t.ConnectedSecondsMin).InclusiveBetween(1, CallTerms.SecondsMax)
            .WithErrorCode(CallCodes.SecondsInvalid)
            .WithMessage($"A call counts from 1 to {CallTerms.SecondsMax} connected seconds on.");
        RuleFor(static t => t.UniqueWithin).Must(static w => w is not { } window || IsWindow(window))
            .WithErrorCode(CallCodes.WindowInvalid)
            .WithMessage($"A caller counts once in a time of whole seconds, at most {DurationText.DaysMax} days.");
        RuleFor(static t => t.ToleranceSeconds).InclusiveBetween(0, CallTerms.SecondsMax)
            .WithErrorCode(CallCodes.ToleranceInvalid)
            .WithMessage($"Records of a call differ by 0 to {CallTerms.SecondsMax} seconds.");
        RuleFor(static t => t.When).Must(static c => c is null || c.Check().Count == 0)
            .WithErrorCode(CallCodes.ConditionInvalid).WithMessage("The condition could not be decided.");
    }

    private static bool IsWindow(Duration window) => window >= Duration.FromSeconds(1)
        && window <= Duration.FromDays(DurationText.DaysMax)
        && window.NanosecondOfDay % NodaConstants.NanosecondsPerSecond == 0;
}
