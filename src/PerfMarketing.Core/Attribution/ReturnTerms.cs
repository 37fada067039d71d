using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution;

/// <summary>What counts when a customer comes back: a reinstall inside the window is not a new install.</summary>
/// <remarks>
/// When the customer was first won is a fact of the outcome. While <c>first ≤ conversion &lt; first + window</c> only
/// the touches of <paramref name="Retargeting"/> are eligible; from the end of the window on, and for an outcome
/// without the fact, all are. A window of their own for those touches, the re-engagement window, is one of
/// <see cref="AttributionRule.Windows"/>.
/// </remarks>
/// <param name="Fact">The name of the fact that is the first instant, such as <c>first-install-at</c>.</param>
/// <param name="Window">How long the customer counts as won.</param>
/// <param name="Retargeting">The touches that may win the customer back meanwhile.</param>
public sealed record ReturnTerms(string Fact, LookbackWindow Window, TouchFilter Retargeting) : ITerms
{
    /// <summary>The touches that may win the customer back meanwhile; all of them when null was given.</summary>
    public TouchFilter Retargeting { get; init => field = value ?? TouchFilter.All; } =
        Retargeting ?? TouchFilter.All;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static ReturnTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Text("fact"),
            terms.Value<LookbackWindow>("window"),
            terms.Object("retargeting", TouchFilter.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("fact", Fact);
        terms.Value("window", Window);
        terms.Terms("retargeting", Retargeting);
    }
}
