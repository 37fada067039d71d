using NodaTime;
using PerfMarketing.Measurement;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Settle;

/// <summary>What <c>compare</c> prints.</summary>
internal sealed record ComparisonReport : ITerms
{
    /// <summary>The comparison.</summary>
    public required CampaignComparison Comparison { get; init; }

    /// <summary>The instant at which everything is looked at.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>What was read of the log and moved nothing.</summary>
    public required Unused Unused { get; init; }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("asOf", AsOf);
        Comparison.Write(terms);
        Unused.Write(terms);
    }
}
