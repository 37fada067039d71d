using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>Entries that are in no closed statement yet, by contract and partner.</summary>
/// <remarks>
/// There are millions of entries and few partners: where an entry belongs is mostly told by the very texts of the ones
/// before it, without reading them.
/// </remarks>
internal sealed class OpenEntries
{
    private const int RecentCount = 256;

    private readonly Dictionary<(ContractId Contract, PartnerId Partner), Own> all = [];
    private readonly (string? Contract, string? Partner, Own? Own)[] recent =
        new (string? Contract, string? Partner, Own? Own)[RecentCount];

    /// <summary>Whose entries there are.</summary>
    public IEnumerable<(ContractId Contract, PartnerId Partner)> Keys => all.Keys;

    /// <summary>Takes an entry in; entries come in the order in which they were decided.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(LedgerEntry entry)
    {
        (string contract, string partner) = (entry.Contract.ToString(), entry.Partner.ToString());
        ref (string? Contract, string? Partner, Own? Own) place =
            ref recent[RuntimeHelpers.GetHashCode(partner) % RecentCount];
        if (!ReferenceEquals(place.Partner, partner) || !ReferenceEquals(place.Contract, contract))
        {
            ref Own? found = ref CollectionsMarshal.GetValueRefOrAddDefault(
                all, (entry.Contract, entry.Partner), out bool _);
            place = (contract, partner, found ??= new());
        }

        place.Own!.Add(entry);
    }

    /// <summary>The entries of one contract and partner, by when they were decided.</summary>
    /// <param name="key">Whose entries.</param>
    public LedgerEntry[] InOrder((ContractId Contract, PartnerId Partner) key) =>
        all.TryGetValue(key, out Own? own) ? own.InOrder() : [];

    private sealed class Own
    {
        private readonly List<LedgerEntry> entries = [];
        private Instant last = Instant.MinValue;
        private bool isDisordered;

        public void Add(LedgerEntry entry)
        {
            isDisordered = isDisordered || entry.DecidedAt < last;
            last = entry.DecidedAt;
            entries.Add(entry);
        }

        public LedgerEntry[] InOrder() =>
            isDisordered ? [.. entries.OrderBy(static e => e.DecidedAt)] : [.. entries];
    }
}
