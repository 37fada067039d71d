using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tallies;

/// <summary>What a partner has earned with one customer under one clause so far.</summary>
/// <remarks>Earnings that were taken back in full do not count. <c>default</c> is a customer without history.</remarks>
/// <param name="Count">How many earnings stand.</param>
/// <param name="First">When the first of them occurred; null when there is none.</param>
public readonly record struct CustomerHistory(int Count, Instant? First) : ITerms
{
    /// <summary>Reads a history as <see cref="Write"/> wrote it.</summary>
    /// <param name="terms">The terms.</param>
    public static CustomerHistory Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Int("count", 0), terms.OptionalInstant("first"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("count", Count);
        terms.Instant("first", First);
    }
}
