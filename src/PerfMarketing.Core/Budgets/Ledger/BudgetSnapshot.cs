using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>How one line stands in one of its periods, in minor units or pieces.</summary>
/// <remarks>Where days share a window, the period is the day.</remarks>
public sealed record BudgetSnapshot : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The line.</summary>
    public required BudgetId Budget { get; init; }

    /// <summary>The period's key, such as <c>2026-03</c>; empty when the instant is in no period of the line.</summary>
    public required string Window { get; init; }

    /// <summary>The first instant of the period; null when it has none.</summary>
    public Instant? From { get; init; }

    /// <summary>The first instant after the period; null when it has no end.</summary>
    public Instant? To { get; init; }

    /// <summary>The limit without flex; null when there is none.</summary>
    public long? Limit { get; init; }

    /// <summary>The most that may be committed and reserved, flex included; null when there is no limit.</summary>
    public long? Most { get; init; }

    /// <summary>What is spent: committed and not reversed.</summary>
    public long Committed { get; init; }

    /// <summary>What is set aside, leases included.</summary>
    public long Reserved { get; init; }

    /// <summary>What was reversed.</summary>
    public long Reversed { get; init; }

    /// <summary>What results without a reservation are expected to cost that are still to come.</summary>
    public long InFlight { get; init; }

    /// <summary>What may still be reserved; zero when a limit is exceeded, 10^18 when there is none.</summary>
    public long Available { get; init; }

    /// <summary>
    /// Since when the line refuses for want of room; null when it did not since the period began or the limit was last
    /// raised. What is released or expires does not change it: see <see cref="Available"/> for what there is now.
    /// </summary>
    public Instant? StoppedAt { get; init; }

    /// <summary>The window whose days share the limit; null where days do not share one.</summary>
    public BudgetSnapshot? Whole { get; init; }

    /// <summary>Reads a snapshot.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetSnapshot Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Budget = terms.Value<BudgetId>("budget"),
            Window = terms.Text("window", string.Empty),
            From = terms.OptionalInstant("from"),
            To = terms.OptionalInstant("to"),
            Limit = terms.OptionalInteger("limit"),
            Most = terms.OptionalInteger("most"),
            Committed = terms.Integer("committed"),
            Reserved = terms.Integer("reserved"),
            Reversed = terms.OptionalInteger("reversed") ?? 0,
            InFlight = terms.OptionalInteger("inFlight") ?? 0,
            Available = terms.Integer("available"),
            StoppedAt = terms.OptionalInstant("stoppedAt"),
            Whole = terms.OptionalObject("whole", Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("budget", Budget);
        terms.Value("window", Window, string.Empty);
        terms.Instant("from", From);
        terms.Instant("to", To);
        terms.Integer("limit", Limit);
        terms.Integer("most", Most);
        terms.Integer("committed", Committed);
        terms.Integer("reserved", Reserved);
        terms.Integer("reversed", Reversed == 0 ? null : Reversed);
        terms.Integer("inFlight", InFlight == 0 ? null : InFlight);
        terms.Integer("available", Available);
        terms.Instant("stoppedAt", StoppedAt);
        terms.Terms("whole", Whole);
    }
}
