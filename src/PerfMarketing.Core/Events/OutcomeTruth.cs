using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What is true of an outcome, given all corrections known of it: how much of it is kept.</summary>
/// <remarks>
/// A pure function of the outcome and a set of corrections: their order makes no difference, a repeated one counts
/// once, one that another replaces does not count, and nothing ever falls below zero: a correction that would take more
/// than is kept is refused.
/// </remarks>
public sealed record OutcomeTruth
{
    /// <summary>The most corrections of one outcome; what was recorded after them is refused.</summary>
    public const int CorrectionCountMax = 1_000;

    internal OutcomeTruth()
    {
    }

    /// <summary>The outcome.</summary>
    public required OutcomeId Outcome { get; init; }

    /// <summary>What it was worth as first recorded; null when it was worth no amount.</summary>
    public required Money? OriginalValue { get; init; }

    /// <summary>What it is worth as last restated, before returns.</summary>
    public required Money? StatedValue { get; init; }

    /// <summary>What of it is kept.</summary>
    public required Money? KeptValue { get; init; }

    /// <summary>What of it is not kept: returned, charged back or retracted.</summary>
    public Money? ReturnedValue => StatedValue is { } stated && KeptValue is { } kept ? stated - kept : null;

    /// <summary>How many results it was as first recorded.</summary>
    public required decimal OriginalQuantity { get; init; }

    /// <summary>
    /// How many results it is; 0 when nothing of it is kept, and not less because of a partial return.
    /// </summary>
    public required decimal KeptQuantity { get; init; }

    /// <summary>Whether a retraction stands.</summary>
    public required bool IsRetracted { get; init; }

    /// <summary>Whether a chargeback stands, of the whole or of an amount.</summary>
    public required bool IsChargedBack { get; init; }

    /// <summary>
    /// The kept value over the original value, in minor units; where there was no value, the kept quantity over the
    /// original.
    /// </summary>
    /// <remarks>Above one after a restatement up. What a proportional correction of a payout multiplies with.</remarks>
    public required Ratio KeptFraction { get; init; }

    /// <summary>The lines of the order; empty when the outcome has none.</summary>
    public required ValueList<LineTruth> Lines { get; init; }

    /// <summary>The corrections that count, in the order in which they were recorded.</summary>
    public required ValueList<CorrectionId> Counted { get; init; }

    /// <summary>
    /// The corrections that do not count, with their reasons; those that another one replaces are not among them.
    /// </summary>
    public required ValueList<RefusedCorrection> Refused { get; init; }

    /// <summary>Whether nothing is kept of it.</summary>
    public bool IsGone => KeptQuantity == 0;

    /// <summary>The truth of an outcome without corrections.</summary>
    /// <param name="outcome">The outcome; <see cref="Events.Outcome.Check"/> finds nothing wrong with it.</param>
    /// <exception cref="ArgumentException">Something is wrong with the outcome.</exception>
    public static OutcomeTruth Of(Outcome outcome) => After(outcome, []);

    /// <summary>The truth of an outcome after its corrections.</summary>
    /// <param name="outcome">The outcome; <see cref="Events.Outcome.Check"/> finds nothing wrong with it.</param>
    /// <param name="corrections">All corrections known of it, in any order, repeated ones too.</param>
    /// <exception cref="ArgumentException">Something is wrong with the outcome.</exception>
    public static OutcomeTruth After(Outcome outcome, IEnumerable<Correction> corrections)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(corrections);
        ValueList<Reason> wrong = outcome.Check();
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"Something is wrong with the outcome: {wrong[0]}", nameof(outcome));
        }

        return OfValid(outcome, corrections);
    }

    // The same outcome towards somebody to whom nothing of it is kept.
    internal OutcomeTruth Gone() => this with
    {
        KeptValue = KeptValue is { } value ? Money.Zero(value.Currency) : null,
        KeptQuantity = 0,
        KeptFraction = Ratio.Zero,
        Lines = [.. Lines.Select(static l => l with { Kept = Money.Zero(l.Kept.Currency), KeptQuantity = 0 })],
    };

    // What is true of an outcome that nothing is wrong with.
    internal static OutcomeTruth OfValid(Outcome outcome, IEnumerable<Correction> corrections)
    {
        if (corrections is IReadOnlyCollection<Correction> { Count: 0 })
        {
            return outcome.Lines.Count == 0 ? AsStated(outcome) : new OutcomeFold(outcome).ToTruth([], [], []);
        }

        CorrectionSet set = new(outcome.Id, corrections);
        while (true)
        {
            OutcomeFold fold = new(outcome);
            List<RefusedCorrection> refused = [];
            if (Fold(set, fold, refused))
            {
                return fold.ToTruth(set.Counting(refused), set.Refused, refused);
            }
        }
    }

    // A replacement that is refused replaces nothing: then what it named counts again, and everything is folded anew.
    private static bool Fold(CorrectionSet set, OutcomeFold fold, List<RefusedCorrection> refused)
    {
        foreach (Correction correction in set.Standing)
        {
            if (fold.Apply(correction) is not { } reason)
            {
                continue;
            }

            if (correction.Replaces is not null)
            {
                set.Refuse(correction, reason);
                return false;
            }

            refused.Add(new(correction.Id, reason));
        }

        return true;
    }

    // Without lines and corrections everything is kept, as it was stated.
    private static OutcomeTruth AsStated(Outcome outcome) => new()
    {
        Outcome = outcome.Id,
        OriginalValue = outcome.Value,
        StatedValue = outcome.Value,
        KeptValue = outcome.Value,
        OriginalQuantity = outcome.Quantity,
        KeptQuantity = outcome.Quantity,
        IsRetracted = false,
        IsChargedBack = false,
        KeptFraction = Ratio.One,
        Lines = [],
        Counted = [],
        Refused = [],
    };
}
