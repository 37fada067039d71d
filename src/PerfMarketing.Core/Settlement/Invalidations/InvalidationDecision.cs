using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Settlement.Invalidations;

/// <summary>What came of an invalidation.</summary>
/// <param name="Answer">What became of it.</param>
/// <param name="Entries">The entries that stand for it, new or known, in the order of the lines.</param>
/// <param name="Decisions">What was decided on the outcomes, in the same order; empty unless it is new.</param>
/// <param name="Reason">Why nothing was taken; null when it was.</param>
public sealed record InvalidationDecision(
    BookingAnswer Answer, ValueList<Adjustment> Entries, ValueList<Decision> Decisions, Reason? Reason = null)
{
    /// <summary>What it concerns in all: the sum of the lines' shares; null when nothing was taken.</summary>
    public Money? Asked => SumOf(static e => e.Invalidated!.Amount);

    /// <summary>What of it was taken; the rest was left by schedules and limits. Null when nothing was taken.</summary>
    public Money? Taken => SumOf(static e => -e.Amount);

    /// <summary>Outcomes that waited for room under a limit, and whose turn has come: review them next.</summary>
    public ValueList<OutcomeId> Due => [.. Decisions.SelectMany(static d => d.Due).Distinct()];

    /// <summary>What contradicts the id, to be kept; null when nothing does, or it was kept before.</summary>
    public BookingConflict? Kept { get; init; }

    internal static InvalidationDecision Refuse(Reason reason) => new(BookingAnswer.Refused, [], [], reason);

    private Money? SumOf(Func<Adjustment, Money> amount) => Entries.Count == 0 ? null : Entries.Aggregate(
        Money.Zero(Entries[0].Amount.Currency), (sum, entry) => sum + amount(entry));
}
