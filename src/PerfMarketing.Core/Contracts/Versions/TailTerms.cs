using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Versions;

/// <summary>What a contract still pays after its end.</summary>
/// <remarks>
/// By default what occurred before the end, whenever it is decided, and nothing else. After termination for cause only
/// <see cref="Pending"/> counts.
/// </remarks>
public sealed record TailTerms : ITerms
{
    /// <summary>The most months for which children are paid: a hundred years.</summary>
    public const int ChildMonthsMax = 1_200;

    /// <summary>What occurred before the end, and nothing else.</summary>
    public static TailTerms Default { get; } = new();

    /// <summary>
    /// Whether outcomes that occurred before the end are still paid when they are decided after it; true by default.
    /// </summary>
    public bool Pending { get; init; } = true;

    /// <summary>
    /// For how long after the end outcomes are paid whose first credited touch was before it; null means not at all.
    /// </summary>
    public Duration? TouchedFor { get; init; }

    /// <summary>
    /// For how many months after the end outcomes are paid whose parent occurred before it, such as renewals; null
    /// means not at all.
    /// </summary>
    public int? ChildMonths { get; init; }

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static TailTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Pending = terms.Flag("pending", true),
            TouchedFor = terms.Optional<DurationText>("touchedFor")?.Value,
            ChildMonths = terms.Has("childMonths") ? terms.Int("childMonths", 0) : null,
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Flag("pending", Pending, true);
        terms.Value(
            "touchedFor", !terms.IsWalk && TouchedFor is { } time ? new DurationText(time) : (DurationText?)null);
        terms.Integer("childMonths", ChildMonths);
    }
}
