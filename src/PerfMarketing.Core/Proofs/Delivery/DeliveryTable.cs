using System.Collections.Frozen;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Delivery;

/// <summary>What the statuses of one provider mean, as data.</summary>
/// <remarks>
/// A status that the table does not have is <see cref="DeliveryOutcome.Unknown"/>, never delivered. Immutable and
/// thread-safe.
/// </remarks>
public sealed class DeliveryTable
{
    private readonly FrozenDictionary<string, DeliveryStatus> byStatus;

    /// <summary>Makes a table.</summary>
    /// <param name="name">The table's name: 1 to 64 of a-z, 0-9, hyphen and dot.</param>
    /// <param name="statuses">The statuses; of two with the same word, the later one stands.</param>
    /// <exception cref="FormatException">The name may not be one.</exception>
    public DeliveryTable(string name, params ReadOnlySpan<DeliveryStatus> statuses)
    {
        Name = CodeName.Check(name, nameof(DeliveryTable));
        Dictionary<string, DeliveryStatus> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (DeliveryStatus status in statuses)
        {
            found[status.Status ?? string.Empty] = status;
        }

        byStatus = found.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Statuses = ValueList.Create(statuses);
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The statuses, as they were given.</summary>
    public ValueList<DeliveryStatus> Statuses { get; }

    /// <summary>What a status means.</summary>
    /// <param name="status">The provider's word; null, empty or not known gives unknown.</param>
    public DeliveryStatus Find(string? status) =>
        status is { Length: <= DeliveryStatus.LengthMax } && byStatus.TryGetValue(status, out DeliveryStatus found)
            ? found
            : new(status ?? string.Empty, DeliveryOutcome.Unknown);

    /// <summary>The table with statuses that stand before its own.</summary>
    /// <param name="statuses">The statuses.</param>
    public DeliveryTable With(params ReadOnlySpan<DeliveryStatus> statuses) =>
        new(Name, [.. Statuses, .. statuses]);

    /// <summary>The table's name.</summary>
    public override string ToString() => Name;
}
