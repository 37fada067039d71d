using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Testing;

/// <summary>Lists of invalid traffic in memory: classes of network addresses.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MemoryTrafficClassifier : ITrafficClassifier
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ValueList<string>> lists = new(StringComparer.Ordinal);

    /// <summary>How many sources were asked about.</summary>
    public int AskedCount { get; private set; }

    /// <summary>Puts an address into classes, in place of those that it had.</summary>
    /// <param name="address">The address.</param>
    /// <param name="classes">The classes; none takes it off all lists.</param>
    public void Put(string address, params ReadOnlySpan<string> classes)
    {
        lock (gate)
        {
            lists[address] = ValueList.Create(classes);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ValueList<ValueList<string>>> ClassifyAsync(
        ValueList<TrafficSource> sources, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            AskedCount += sources.Count;
            return new(sources
                .Select(s => s.Address is { } address && lists.TryGetValue(address, out ValueList<string>? classes)
                    ? classes
                    : ValueList<string>.Empty)
                .ToValueList());
        }
    }
}
