using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <content>What payouts over periods go by.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<ContractId, PeriodBook> books;

    /// <summary>The contracts that pay for periods, in the order of the campaign.</summary>
    internal IReadOnlyCollection<ContractId> PeriodContracts => books.Keys;

    /// <summary>When periods of a contract close next.</summary>
    /// <param name="contract">The contract.</param>
    /// <returns>
    /// The first instant after the periods; null when the contract pays for none, or no more of them close.
    /// </returns>
    public Instant? NextClosing(ContractId contract) => BookOf(contract)?.Next(ClosedThrough(contract));

    /// <summary>
    /// Up to when statements, or periods that are paid for, are closed: nothing more is decided in them.
    /// </summary>
    /// <param name="contract">The contract.</param>
    internal Instant SettledThrough(ContractId contract) => Instant.Max(
        ClosedThrough(contract), BookOf(contract)?.ClosedThrough ?? Instant.MinValue);

    internal PeriodBook? BookOf(ContractId contract) => books.GetValueOrDefault(contract);

    private static Dictionary<ContractId, PeriodBook> BooksOf(Campaign campaign) =>
        campaign.Contracts.Any(static c => c.Periods.Count > 0) ? MakeBooks(campaign) : [];

    private static Dictionary<ContractId, PeriodBook> MakeBooks(Campaign campaign) => campaign.Contracts
        .GroupBy(static c => c.Id)
        .Where(static versions => versions.Any(static v => v.Periods.Count > 0))
        .ToDictionary(
            static versions => versions.Key,
            versions => new PeriodBook(campaign, [.. versions.OrderByDescending(static v => v.Version)]));

    // Whether the record is about periods alone.
    private bool ApplyToPeriods(CampaignRecord record)
    {
        if (record is LedgerEntry entry)
        {
            BookOf(entry.Contract)?.Apply(entry);
        }
        else if (record is PeriodsClosed closing)
        {
            BookOf(closing.Contract)?.Close(closing.End);
        }
        else if (record is StatementsClosed statements)
        {
            Close(statements.Contract, statements.Through);
        }

        return record is PeriodEarning or PeriodsClosed or StatementsClosed;
    }
}
