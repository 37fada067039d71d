using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>
/// Cuts ledger entries into statements, by when they were decided, in the periods and the zone of their contract.
/// </summary>
/// <remarks>
/// A pure function of its arguments; statements that are given as closed are returned as they are. A period is cut by
/// the terms of settlement that are in force when it begins.
/// </remarks>
public static class StatementBook
{
    /// <summary>The statements of a campaign up to an instant.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="records">
    /// All entries and counts of invalid traffic, in the order in which they were decided; those of closed statements
    /// may be among them, and what closed statements: those periods are cut as they were then. An entry that is given
    /// twice counts once; other records are passed over.
    /// </param>
    /// <param name="closed">The statements that were closed before; open ones are passed over.</param>
    /// <param name="asOf">What is decided after this instant does not count.</param>
    /// <returns>
    /// The statements by contract, partner and period; periods without lines, balance and counted traffic have none.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// One statement stands twice, or two entries of one name, also one of a closed statement, say different things.
    /// </exception>
    /// <exception cref="StatementBoundsException">
    /// Statements are beyond <see cref="Money.MinorUnitsMax"/>; the others are in the exception.
    /// </exception>
    public static ValueList<Statement> Build(
        Campaign campaign, IEnumerable<CampaignRecord> records, IEnumerable<Statement> closed, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(closed);
        Statement[] earlier = [.. closed.Where(static s => s.IsClosed)];
        if (earlier.DistinctBy(static s => s.Id).Count() < earlier.Length)
        {
            throw new ArgumentException("Each statement stands once.", nameof(closed));
        }

        Dictionary<EntryId, LedgerEntry> seen = [];
        foreach (LedgerEntry line in earlier.SelectMany(static s => s.Lines))
        {
            seen[line.Id] = line;
        }

        return BuildOnce(campaign, Once(records, seen), earlier, asOf);
    }

    // The same name and the same content is the same entry, read again.
    private static IEnumerable<CampaignRecord> Once(
        IEnumerable<CampaignRecord> records, Dictionary<EntryId, LedgerEntry> seen)
    {
        foreach (CampaignRecord record in records)
        {
            if (record is not LedgerEntry entry || seen.TryAdd(entry.Id, entry))
            {
                yield return record;
            }
            else if (!seen[entry.Id].Equals(entry))
            {
                throw new ArgumentException($"Two entries named {entry.Id} say different things.", nameof(records));
            }
        }
    }

    // Of entries that are there once, as a run has them; with up to when each contract was closed when it began.
    internal static ValueList<Statement> BuildOnce(
        Campaign campaign,
        IEnumerable<CampaignRecord> records,
        IEnumerable<Statement> closed,
        Instant asOf,
        Func<ContractId, Instant>? closedThrough = null)
    {
        asOf = Instant.Min(asOf, ContractCalendar.Latest - Duration.Epsilon);
        var frozen = closed.ToLookup(static s => (s.Contract, s.Partner));
        HashSet<EntryId> settled =
            [.. frozen.SelectMany(static g => g).SelectMany(static s => s.Lines).Select(static l => l.Id)];
        OpenEntries open = new();
        List<TrafficCounted> counts = [];
        List<StatementsClosed> closings = [];
        foreach (CampaignRecord record in records)
        {
            if (record is StatementsClosed closing)
            {
                closings.Add(closing);
            }
            else if (record is TrafficCounted seen && seen.DecidedAt <= asOf)
            {
                counts.Add(seen);
            }
            else if (record is LedgerEntry entry && entry.DecidedAt <= asOf
                && (settled.Count == 0 || !settled.Contains(entry.Id)))
            {
                open.Add(entry);
            }
        }

        var counted = counts.ToLookup(static c => (c.Contract, c.Partner));
        ILookup<ContractId, StatementsClosed> noted = closings.ToLookup(static c => c.Contract);
        List<Statement> statements = [];
        List<StatementBeyond> beyond = [];
        foreach ((ContractId Contract, PartnerId Partner) key in frozen.Select(static g => g.Key)
            .Union(open.Keys).Union(counted.Select(static g => g.Key))
            .OrderBy(static k => k.Contract).ThenBy(static k => k.Partner))
        {
            Instant through = closedThrough?.Invoke(key.Contract) ?? Instant.MinValue;
            StatementTraffic traffic = new(campaign, counted[key], through);
            (List<Statement> own, StatementBeyond? stop) = StatementCutter.Cut(
                campaign, key, frozen[key], open.InOrder(key), new(traffic, noted[key.Contract], through, asOf));
            statements.AddRange(own);
            beyond.AddRange(stop is { } found ? [found] : []);
        }

        return beyond.Count == 0
            ? statements.ToValueList()
            : throw new StatementBoundsException(statements.ToValueList(), beyond.ToValueList());
    }
}
