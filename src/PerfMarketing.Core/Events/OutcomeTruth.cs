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

    private readonly Outcome outcome;

    // Null when everything is kept as it was stated, as it mostly is.
    private readonly Folded? folded;

    internal OutcomeTruth(Outcome outcome, Folded? folded = null) => (this.outcome, this.folded) = (outcome, folded);

    /// <summary>The outcome.</summary>
    public OutcomeId Outcome => outcome.Id;

    /// <summary>What it was worth as first recorded; null when it was worth no amount.</summary>
    public Money? OriginalValue => folded is null ? outcome.Value : folded.OriginalValue;

    /// <summary>What it is worth as last restated, before returns.</summary>
    public Money? StatedValue => folded is null ? outcome.Value : folded.StatedValue;

    /// <summary>What of it is kept.</summary>
    public Money? KeptValue => folded is null ? outcome.Value : folded.KeptValue;

    /// <summary>What of it is not kept: returned, charged back or retracted.</summary>
    public Money? ReturnedValue => StatedValue is { } stated && KeptValue is { } kept ? stated - kept : null;

    /// <summary>How many results it was as first recorded.</summary>
    public decimal OriginalQuantity => outcome.Quantity;

    /// <summary>
    /// How many results it is; 0 when nothing of it is kept, and not less because of a partial return.
    /// </summary>
    public decimal KeptQuantity => folded is null ? outcome.Quantity : folded.KeptQuantity;

    /// <summary>Whether a retraction stands.</summary>
    public bool IsRetracted => folded is { IsRetracted: true };

    /// <summary>Whether a chargeback stands, of the whole or of an amount.</summary>
    public bool IsChargedBack => folded is { IsChargedBack: true };

    /// <summary>
    /// The kept value over the original value, in minor units; where there was no value, the kept quantity over the
    /// original.
    /// </summary>
    /// <remarks>Above one after a restatement up. What a proportional correction of a payout multiplies with.</remarks>
    public Ratio KeptFraction => folded is null ? Ratio.One : folded.KeptFraction;

    /// <summary>The lines of the order; empty when the outcome has none.</summary>
    public ValueList<LineTruth> Lines => folded?.Lines ?? ValueList<LineTruth>.Empty;

    /// <summary>The corrections that count, in the order in which they were recorded.</summary>
    public ValueList<CorrectionId> Counted => folded?.Counted ?? ValueList<CorrectionId>.Empty;

    /// <summary>
    /// The corrections that do not count, with their reasons; those that another one replaces are not among them.
    /// </summary>
    public ValueList<RefusedCorrection> Refused => folded?.Refused ?? ValueList<RefusedCorrection>.Empty;

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
    internal OutcomeTruth Gone() => new(outcome, new()
    {
        OriginalValue = OriginalValue,
        StatedValue = StatedValue,
        KeptValue = KeptValue is { } value ? Money.Zero(value.Currency) : null,
        KeptQuantity = 0,
        IsRetracted = IsRetracted,
        IsChargedBack = IsChargedBack,
        KeptFraction = Ratio.Zero,
        Lines = [.. Lines.Select(static l => l with { Kept = Money.Zero(l.Kept.Currency), KeptQuantity = 0 })],
        Counted = Counted,
        Refused = Refused,
    });

    // What is true of an outcome that nothing is wrong with.
    internal static OutcomeTruth OfValid(Outcome outcome, IEnumerable<Correction> corrections)
    {
        if (corrections is IReadOnlyCollection<Correction> { Count: 0 })
        {
            return outcome.Lines.Count == 0 ? new(outcome) : new OutcomeFold(outcome).ToTruth([], [], []);
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

    /// <summary>What corrections and lines make of an outcome.</summary>
    internal sealed record Folded
    {
        public required Money? OriginalValue { get; init; }

        public required Money? StatedValue { get; init; }

        public required Money? KeptValue { get; init; }

        public required decimal KeptQuantity { get; init; }

        public required bool IsRetracted { get; init; }

        public required bool IsChargedBack { get; init; }

        public required Ratio KeptFraction { get; init; }

        public required ValueList<LineTruth> Lines { get; init; }

        public required ValueList<CorrectionId> Counted { get; init; }

        public required ValueList<RefusedCorrection> Refused { get; init; }
    }
}
