using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Tool.Logs;

/// <summary>A line of a log that says which results of a source and period are invalid.</summary>
/// <param name="Invalidation">What is invalid.</param>
/// <param name="RecordedAt">When it was written down; when it was found, unless stated.</param>
internal sealed record LogInvalidation(Invalidation Invalidation, Instant RecordedAt) : ITerms
{
    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static LogInvalidation Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Instant? recordedAt = terms.OptionalInstant("recordedAt");
        Invalidation invalidation = Invalidation.Read(terms);
        return new(invalidation, recordedAt ?? invalidation.At);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Invalidation.Write(terms);
        terms.Instant("recordedAt", RecordedAt == Invalidation.At ? null : RecordedAt);
    }
}
