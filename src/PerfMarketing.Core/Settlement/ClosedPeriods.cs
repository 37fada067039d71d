using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>By what the closed statements of some partners of a contract were cut.</summary>
public sealed record ClosedPeriods : ITerms
{
    /// <summary>The partners; empty, the default, for all that no other part of the record names.</summary>
    public ValueList<PartnerId> Partners { get; init; } = [];

    /// <summary>The first instant after the newest statement of theirs that is closed.</summary>
    public required Instant Through { get; init; }

    /// <summary>By what they were cut, in the order of time; empty when nothing of theirs was closed now.</summary>
    public ValueList<PeriodCut> Cuts { get; init; } = [];

    /// <summary>Reads what closed statements were cut by.</summary>
    /// <param name="terms">The terms.</param>
    public static ClosedPeriods Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Partners = terms.Values<PartnerId>("partners"),
            Through = terms.Instant("through"),
            Cuts = terms.List("cuts", PeriodCut.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Values("partners", Partners);
        terms.Instant("through", Through);
        terms.List("cuts", Cuts);
    }
}
