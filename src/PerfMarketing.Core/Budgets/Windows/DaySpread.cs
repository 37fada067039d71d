using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Windows;

/// <summary>How much of a week, a month or a flight one of its days may use.</summary>
/// <remarks>
/// A day of weak traffic leaves money over that a strong day may use. By default a day may use its own share and what
/// earlier days left over, up to twice its share, and nothing that later days will need.
/// </remarks>
public sealed record DaySpread : ITerms
{
    /// <summary>The highest <see cref="Flex"/>.</summary>
    public const decimal FlexMax = 100m;

    /// <summary>
    /// The most that one day may use, as a multiple of its share; 2 by default, null when a day has no limit of its
    /// own.
    /// </summary>
    public decimal? Flex { get; init; } = 2m;

    /// <summary>Whether what earlier days left over may be used later; by default it may.</summary>
    public bool CarryUnused { get; init; } = true;

    /// <summary>
    /// Whether a day may use what later days would have, up to <see cref="Flex"/>; by default it may not, as the last
    /// days of the window would stay dark.
    /// </summary>
    public bool BorrowAhead { get; init; }

    /// <summary>
    /// Whether the limit is what a day has on average, so that the window has it once for each of its days. By default
    /// the limit is the window's, and its days share it evenly.
    /// </summary>
    public bool IsAverage { get; init; }

    /// <summary>
    /// How many times the average the window has, where that is not its number of days: 30.4 for any month. Null by
    /// default; only with <see cref="IsAverage"/>.
    /// </summary>
    public decimal? Times { get; init; }

    /// <summary>Reads how days share a window.</summary>
    /// <param name="terms">The terms.</param>
    public static DaySpread Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        decimal flex = terms.Number("flex", 2m);
        return new()
        {
            Flex = terms.Flag("noDayLimit") ? null : flex,
            CarryUnused = terms.Flag("carryUnused", true),
            BorrowAhead = terms.Flag("borrowAhead"),
            IsAverage = terms.Flag("isAverage"),
            Times = terms.OptionalNumber("times"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Number("flex", Flex is { } flex and not 2m ? flex : null);
        terms.Flag("noDayLimit", Flex is null);
        terms.Flag("carryUnused", CarryUnused, true);
        terms.Flag("borrowAhead", BorrowAhead);
        terms.Flag("isAverage", IsAverage);
        terms.Number("times", Times);
    }
}
