using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution;

/// <summary>How long some of the touches may count, other than by the rule's own lookback.</summary>
/// <param name="Touches">Which touches.</param>
/// <param name="Lookback">How long they count: <c>touch ≤ conversion &lt; touch + lookback</c>.</param>
public sealed record TouchWindow(TouchFilter Touches, LookbackWindow Lookback) : ITerms
{
    /// <summary>Which touches; all of them when null was given.</summary>
    public TouchFilter Touches { get; init => field = value ?? TouchFilter.All; } = Touches ?? TouchFilter.All;

    /// <summary>
    /// How long they count when an eligible click of the journey came before them; null, the default, as without one.
    /// <c>0s</c> means that they never count after a click.
    /// </summary>
    public LookbackWindow? AfterClick { get; init; }

    /// <summary>Reads a window.</summary>
    /// <param name="terms">The terms.</param>
    public static TouchWindow Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Object("touches", TouchFilter.Read), terms.Value<LookbackWindow>("lookback"))
        {
            AfterClick = terms.Optional<LookbackWindow>("afterClick"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("touches", Touches);
        terms.Value("lookback", Lookback);
        terms.Value("afterClick", AfterClick);
    }
}
