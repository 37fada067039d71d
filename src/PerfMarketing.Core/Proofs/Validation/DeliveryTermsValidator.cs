using FluentValidation;
using PerfMarketing.Proofs.Delivery;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with <see cref="DeliveryTerms"/>.</summary>
public sealed class DeliveryTermsValidator : AbstractValidator<DeliveryTerms>
{
    /// <summary>Sets up the rules.</summary>
    public DeliveryTermsValidator()
    {
        RuleFor(static t => t.Table).Must(static table => DeliveryStates.Find(table) is not null)
            .WithErrorCode(DeliveryCodes.TableUnknown)
            .WithMessage($"A table is one of {string.Join(", ", DeliveryStates.All)}.");
        RuleFor(static t => t.Field).Must(static field => field is { Length: > 0 and <= EvidenceClaim.LengthMax })
            .WithErrorCode(DeliveryCodes.FieldMissing).WithMessage("The claim that holds the status is named.");
        RuleFor(static t => t.Counts)
            .Must(static counts => counts.Distinct().Count() == counts.Count && counts.All(MayCount))
            .WithErrorCode(DeliveryCodes.CountsInvalid)
            .WithMessage("What counts is accepted, sent, delivered or read, each once.");
        RuleFor(static t => t.Statuses)
            .Must(static statuses => statuses.Count <= DeliveryTerms.StatusCountMax && statuses.All(IsSound)
                && statuses.Select(static s => s.Status).Distinct(StringComparer.OrdinalIgnoreCase).Count()
                    == statuses.Count)
            .WithErrorCode(DeliveryCodes.StatusesInvalid)
            .WithMessage($"At most {DeliveryTerms.StatusCountMax} statuses of 1 to {DeliveryStatus.LengthMax} "
                + "characters, each once.");
    }

    private static bool MayCount(DeliveryOutcome outcome) =>
        outcome is >= DeliveryOutcome.Accepted and <= DeliveryOutcome.Read;

    private static bool IsSound(DeliveryStatus status) =>
        status.Status is { Length: > 0 and <= DeliveryStatus.LengthMax } && Enum.IsDefined(status.Outcome);
}
