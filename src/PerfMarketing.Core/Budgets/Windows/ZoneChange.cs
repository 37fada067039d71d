using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Windows;

/// <summary>A change of the zone that cuts the days of a live budget.</summary>
/// <param name="At">From when the new zone counts.</param>
/// <param name="Zone">The new zone, such as <c>America/New_York</c>.</param>
public sealed record ZoneChange(Instant At, string Zone) : ITerms
{
    /// <summary>Reads a change.</summary>
    /// <param name="terms">The terms.</param>
    public static ZoneChange Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Instant("at"), terms.Text("zone"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("at", At);
        terms.Value("zone", Zone);
    }
}
