using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>The fold of a payee's remittances in one currency.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class RemittanceBook
{
    private readonly List<RemittanceState> remittances = [];
    private readonly Dictionary<RemittanceId, int> places = [];

    /// <summary>Begins a book without remittances.</summary>
    /// <param name="payee">The payee.</param>
    /// <param name="currency">The currency.</param>
    public RemittanceBook(PartnerId payee, Currency currency)
    {
        Payee = payee;
        Currency = currency;
    }

    /// <summary>The payee.</summary>
    public PartnerId Payee { get; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>Every remittance, in the order of their numbers.</summary>
    public IReadOnlyList<RemittanceState> Remittances => remittances;

    /// <summary>Adds a record.</summary>
    /// <param name="record">A remittance, or an answer to one; in the order in which they were recorded.</param>
    /// <exception cref="ArgumentException">The record is of another payee or currency, or out of order.</exception>
    public void Apply(CampaignRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record is Remittance remittance && remittance.Payee == Payee && remittance.Total.Currency == Currency
            && remittance.Number == remittances.Count + 1)
        {
            places.TryAdd(remittance.Id, remittances.Count);
            remittances.Add(new(remittance, null, []));
            return;
        }

        int i = record is RemittanceAnswer answer ? IndexOf(answer.Remittance) : -1;
        remittances[i >= 0 ? i : throw new ArgumentException("Not a next record of the book.", nameof(record))] =
            remittances[i].With((RemittanceAnswer)record);
    }

    /// <summary>A remittance; null when there is none with this name.</summary>
    /// <param name="id">The name.</param>
    public RemittanceState? Find(RemittanceId id) => IndexOf(id) is >= 0 and var i ? remittances[i] : null;

    /// <summary>The statements that are in a remittance that was neither refused nor came back.</summary>
    public IEnumerable<StatementId> Remitted =>
        Standing.SelectMany(static r => r.Parts).Select(static p => p.Statement);

    /// <summary>The statements that were in a remittance that was refused or came back.</summary>
    public IEnumerable<StatementId> Undone => remittances.Where(static r => r.IsRefused || r.IsReturned)
        .SelectMany(static r => r.Remittance.Parts).Select(static p => p.Statement);

    /// <summary>What all remittances that were neither refused nor came back sent to the payee.</summary>
    /// <exception cref="OverflowException">The sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public Money Sent => Standing.Aggregate(Money.Zero(Currency), static (sum, r) => sum + r.Amount);

    internal Money FreeUsed => Standing.Aggregate(
        Money.Zero(Currency), static (sum, r) => r.Fee is { } fee ? sum + fee.Free : sum);

    internal IEnumerable<Remittance> Standing =>
        remittances.Where(static r => r.IsStanding).Select(static r => r.Remittance);

    // What the debt of each contract was set off by so far; and up to when it was looked at. Above zero only when what
    // was taken came back after it had been given back.
    internal Dictionary<(CampaignId Campaign, ContractId Contract), (Money Amount, Instant Through)> ToSetOffs()
    {
        Dictionary<(CampaignId Campaign, ContractId Contract), (Money Amount, Instant Through)> all = [];
        foreach (RemittancePart part in Standing.SelectMany(static r => r.SetOffs))
        {
            (CampaignId, ContractId) contract = (part.Campaign, part.Contract);
            all[contract] = all.TryGetValue(contract, out (Money Amount, Instant Through) before)
                ? (before.Amount + part.Amount, Instant.Max(before.Through, part.To))
                : (part.Amount, part.To);
        }

        return all;
    }

    private int IndexOf(RemittanceId id) => places.TryGetValue(id, out int place) ? place : -1;
}
