using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>What one commit appended to one stream: the records after one version, up to another.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Before">How many records it held before the commit.</param>
/// <param name="Version">How many it held after it; more than before.</param>
public readonly record struct StreamGrowth(StreamId Stream, long Before, long Version) : ITerms
{
    /// <summary>Reads what a commit appended to a stream.</summary>
    /// <param name="terms">The terms.</param>
    public static StreamGrowth Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<StreamId>("stream"), terms.OptionalInteger("before") ?? 0, terms.Integer("version"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("stream", Stream);
        terms.Integer("before", Before == 0 ? null : Before);
        terms.Integer("version", Version);
    }
}
