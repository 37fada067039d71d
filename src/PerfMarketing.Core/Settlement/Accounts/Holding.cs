using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>The accounts of one contract, partner and currency as they stand, with what is in hold.</summary>
internal sealed class Holding(ContractId contract, PartnerId partner, Currency currency)
{
    private readonly long[] balances = new long[AccountMoves.Kinds];

    public ContractId Contract => contract;

    public PartnerId Partner => partner;

    public Currency Currency => currency;

    /// <summary>How many groups were posted.</summary>
    public long Groups { get; set; }

    public Span<long> Balances => balances;

    /// <summary>What is in hold, the soonest payable first.</summary>
    public SortedSet<HeldPart> Held { get; } = new(HeldPart.Order);

    /// <summary>What is owed back, the oldest first.</summary>
    public LinkedList<(EntryId Entry, long Amount)> Debts { get; } = new();

    /// <summary>What the partner was asked to pay back, by statement, the oldest first.</summary>
    public List<OpenClaim> Claims { get; } = [];

    /// <summary>What the platform is owed, exact, in minor units.</summary>
    public decimal FeeAccrued { get; set; }

    /// <summary>What rounding added to what stands, exact, in minor units.</summary>
    public decimal Rounded { get; set; }

    /// <summary>The same of what was converted.</summary>
    public decimal RoundedConverted { get; set; }

    public long this[AccountKind kind] => balances[(int)kind];

    public Account Of(AccountKind kind) => new(contract, partner, kind, currency);
}

/// <summary>What a statement claims, and what is open of it.</summary>
internal sealed class OpenClaim(StatementId statement, long number, long amount)
{
    public StatementId Statement => statement;

    /// <summary>The group's place among those of its holding.</summary>
    public long Number => number;

    /// <summary>What is open, in minor units; below zero when more was paid back and taken than claimed.</summary>
    public long Open { get; private set; } = amount;

    /// <summary>Settles some of it; below zero what is open again.</summary>
    /// <returns>What the partner is asked to pay less, or more when below zero.</returns>
    public long Settle(long amount)
    {
        long before = Math.Max(0, Open);
        Open -= amount;
        return before - Math.Max(0, Open);
    }
}

/// <summary>What became of one earning: its parts in hold, and how much has left it.</summary>
internal sealed class EarningLot(LedgerEntry origin) : RoundingPool
{
    public LedgerEntry Origin => origin;

    /// <summary>The earning as it was priced last; null for what is no earning of an outcome.</summary>
    public Earning? Priced { get; set; } = origin as Earning;

    /// <summary>
    /// Where its rounding stands: with it, or with all that is rounded together with it; null before it is asked.
    /// </summary>
    public RoundingPool? Pool { get; set; }

    public List<HeldPart> Parts { get; } = [];

    public long Released { get; set; }

    /// <summary>What the platform is owed for it, exact, in minor units.</summary>
    public decimal Fee { get; set; }
}

/// <summary>A part of an earning in hold; corrections make it smaller.</summary>
internal sealed class HeldPart(Holding holding, EarningLot lot, LedgerEntry entry, Instant payableAt, long place)
{
    public static Comparer<HeldPart> Order { get; } = Comparer<HeldPart>.Create(static (x, y) =>
        x.PayableAt.CompareTo(y.PayableAt) is not 0 and var order ? order : x.Place.CompareTo(y.Place));

    public Holding Holding => holding;

    public EarningLot Lot => lot;

    public LedgerEntry Entry => entry;

    public Instant PayableAt => payableAt;

    public long Place => place;

    public long Amount { get; set; }

    /// <summary>Whether it is owed back, and set off from then on.</summary>
    public bool IsDebt { get; init; }
}
