using System.Collections.Concurrent;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Exchange rates in memory.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MemoryRates : IRates
{
    private readonly ConcurrentQueue<RecordedRate> rates = [];

    /// <summary>Adds a rate.</summary>
    /// <param name="rate">The rate.</param>
    public void Put(RecordedRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        rates.Enqueue(rate);
    }

    /// <inheritdoc/>
    public ValueTask<ValueList<RecordedRate>> FindAsync(RateNeed need, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(rates
            .Where(r => r.Rate.From == need.From && r.Rate.To == need.To && r.Rate.Source == need.Source
                && r.Rate.At >= need.Begin && r.Rate.At < need.End)
            .ToValueList());
    }
}
