using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>
/// The double-entry ledger of a campaign: every record, every hold that ends and every payment as postings that sum to
/// zero.
/// </summary>
/// <remarks>
/// <para>
/// A pure fold: the same records, instants and payments in the same order give the same groups, however they are cut
/// into batches, and whether or not time was advanced in between. Records come in the order in which they were decided;
/// what comes late is posted at the latest instant so far. What was posted before is ignored; other content under a
/// name that was posted before is refused and moves nothing.
/// </para>
/// <para>
/// What takes back from an earning takes first what of it is still in hold, the latest payable part first; then, for
/// what has left its hold, what is payable; and what was sent already is owed back. What becomes payable settles what
/// is owed back first, the oldest debt first. Not thread-safe.
/// </para>
/// <para>
/// What would bring a balance, or a change of one, beyond <see cref="Money.MinorUnitsMax"/> throws an
/// <see cref="OverflowException"/>, and ends the book: whatever is posted after it throws an
/// <see cref="InvalidOperationException"/>, so that nobody goes on from what is half posted. The groups before it
/// stand.
/// </para>
/// </remarks>
public sealed partial class AccountBook
{
    private readonly Campaign campaign;
    private readonly List<EntryGroup> groups = [];
    private readonly Dictionary<(ContractId Contract, PartnerId Partner, Currency Currency), Holding> holdings = [];
    private readonly AccountMoves moves = new();
    private readonly HashSet<(ContractId, PartnerId)> named;

    /// <summary>Begins a book without postings.</summary>
    /// <param name="campaign">The campaign.</param>
    public AccountBook(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        this.campaign = campaign;
        named = [.. campaign.Contracts.SelectMany(static c => c.Partners.Select(p => (c.Id, p)))];
    }

    /// <summary>Every group, in the order in which it was posted.</summary>
    public IReadOnlyList<EntryGroup> Groups => groups;

    /// <summary>The instant up to which the book has come; the beginning of time at first.</summary>
    public Instant Through { get; private set; } = Instant.MinValue;

    /// <summary>Posts what a record means for the accounts, after every hold that has ended before it.</summary>
    /// <remarks>
    /// Of a remittance the parts of this campaign are sent; until it is answered they are in transit. Close the
    /// statements of its parts before.
    /// </remarks>
    /// <param name="record">The record; those that move no account are passed over.</param>
    /// <exception cref="OverflowException">A balance would be beyond the greatest amount: the book ends.</exception>
    /// <exception cref="ArgumentException">
    /// An entry or a remittance of this name was posted before with other content: nothing is posted.
    /// </exception>
    public void Post(CampaignRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        moves.ThrowIfBeyond();
        if (record is LedgerEntry entry)
        {
            if (!IsKnown(entry))
            {
                entered.Add(entry.Id, entry);
                Advance(entry.DecidedAt);
                Enter(entry);
            }
        }
        else if (record is OutcomeDecided decided)
        {
            Advance(decided.DecidedAt);
            Expect(decided);
        }
        else if (record is Remittance remittance)
        {
            Send(remittance);
        }
        else if (record is RemittanceAnswer answer)
        {
            Take(answer);
        }
    }

    /// <summary>Posts some records, one after the other.</summary>
    /// <param name="records">The records, in the order in which they were decided.</param>
    /// <exception cref="ArgumentException">
    /// One was posted before with other content; those that come before it are posted.
    /// </exception>
    public void Post(IEnumerable<CampaignRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (CampaignRecord record in records)
        {
            Post(record);
        }
    }

    /// <summary>Posts every hold that has ended by an instant.</summary>
    /// <param name="asOf">The instant; nothing happens when the book has come further already.</param>
    public void Advance(Instant asOf)
    {
        moves.ThrowIfBeyond();
        while (holds.TryPeek(out HeldPart? part, out (Instant At, long Place) due) && due.At <= asOf)
        {
            holds.Dequeue();
            if (part.IsDebt || part.Holding.Held.Remove(part))
            {
                Through = Instant.Max(Through, due.At);
                Release(part);
            }
        }

        Through = Instant.Max(Through, asOf);
    }

    /// <summary>The balance of an account as it stands: credits less debits.</summary>
    /// <param name="account">The account; one without postings has nothing.</param>
    public Money BalanceOf(Account account) => Find(account) is { } holding
        ? Money.FromMinor(holding[account.Kind], account.Currency)
        : Money.Zero(account.Currency);

    /// <summary>The balance of an account at an earlier instant.</summary>
    /// <param name="account">The account; one without postings has nothing.</param>
    /// <param name="asOf">What was posted after it does not count; what is still to come does neither.</param>
    public Money BalanceOf(Account account, Instant asOf)
    {
        long sum = 0;
        foreach (EntryGroup group in groups)
        {
            if (group.At <= asOf && group.Contract == account.Contract && group.Partner == account.Partner)
            {
                foreach (Posting posting in group.Postings)
                {
                    sum += posting.Kind == account.Kind && posting.Amount.Currency == account.Currency
                        ? posting.Amount.MinorUnits
                        : 0;
                }
            }
        }

        return Money.FromMinor(sum, account.Currency);
    }

    /// <summary>All accounts with a balance, by contract, partner, currency and kind.</summary>
    public TrialBalance ToTrialBalance() => new(
        Through,
        [
            .. holdings.Values.OrderBy(static h => h.Contract).ThenBy(static h => h.Partner)
                .ThenBy(static h => h.Currency.Code, StringComparer.Ordinal)
                .SelectMany(static h => Enum.GetValues<AccountKind>().Where(k => h[k] != 0)
                    .Select(k => new AccountBalance(h.Of(k), Money.FromMinor(h[k], h.Currency)))),
        ]);

    private Holding? Find(Account account) =>
        holdings.GetValueOrDefault((account.Contract, account.Partner, account.Currency));

    // What a host names by hand may be mistyped: money would be in an account that is nobody's.
    private Holding Named(ContractId contract, PartnerId partner, Currency currency) =>
        named.Contains((contract, partner))
            ? Of(contract, partner, currency)
            : throw new ArgumentException($"The campaign has no contract '{contract}' with a partner '{partner}'.");

    private Holding Of(ContractId contract, PartnerId partner, Currency currency)
    {
        if (!holdings.TryGetValue((contract, partner, currency), out Holding? holding))
        {
            holdings.Add((contract, partner, currency), holding = new(contract, partner, currency));
        }

        return holding;
    }

    // What was moved becomes a group, and what is payable now settles what is owed back.
    private void Close(Holding holding, EntryGroup group)
    {
        groups.Add(group);
        while (holding[AccountKind.Payable] > 0 && holding.Debts.First is { Value: var (entry, owed) })
        {
            long settled = Math.Min(holding[AccountKind.Payable], owed);
            moves.Move(AccountKind.Payable, AccountKind.ClawbackDue, settled);
            groups.Add(Group(holding, GroupCause.ClawbackSettled, group.Record) with { Corrects = entry });
            holding.Debts.RemoveFirst();
            if (settled < owed)
            {
                holding.Debts.AddFirst((entry, owed - settled));
            }
        }
    }

    private EntryGroup Group(Holding holding, GroupCause cause, string record) => new()
    {
        Campaign = campaign.Id,
        CampaignVersion = campaign.Version,
        Contract = holding.Contract,
        Partner = holding.Partner,
        Number = ++holding.Groups,
        At = Through,
        Cause = cause,
        Record = record,
        Postings = moves.Take(holding.Balances, holding.Currency),
    };

    private Digest TermsOf(ContractId contract, int version) =>
        campaign.FindContract(contract, version)?.Digest ?? default;
}
