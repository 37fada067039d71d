using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>
/// An amount that a contract owes a partner, or takes back: an <see cref="Earning"/>, an <see cref="Adjustment"/> of
/// one, a <see cref="Repricing"/>, a <see cref="PeriodEarning"/> or what a person booked by hand.
/// </summary>
/// <remarks>Entries are never edited or deleted; entries of nothing are kept too.</remarks>
public abstract record LedgerEntry : CampaignRecord
{
    private EntryId id;
    private long overBudget;
    private Money amount;

    private protected LedgerEntry()
    {
    }

    /// <summary>A copy keeps its name, whatever it is made to say.</summary>
    /// <param name="original">The entry that is copied.</param>
    [SetsRequiredMembers]
    protected LedgerEntry(LedgerEntry original)
        : base(original)
    {
        ArgumentNullException.ThrowIfNull(original);
        id = original.Id;
        Contract = original.Contract;
        Version = original.Version;
        Clause = original.Clause;
        Partner = original.Partner;
        amount = original.amount;
        OccurredAt = original.OccurredAt;
        PayableAt = original.PayableAt;
        overBudget = original.overBudget;
    }

    /// <summary>Reads what all entries have.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="outcomeId">The outcome; unset when the entry is about none.</param>
    [SetsRequiredMembers]
    private protected LedgerEntry(TermReader terms, OutcomeId outcomeId)
    {
        OutcomeId = outcomeId;
        DecidedAt = TimeOf(terms);
        Id = terms.Value<EntryId>("id");
        Contract = terms.Value<ContractId>("contract");
        Version = terms.Int("version", 0);
        Clause = terms.Value<ClauseId>("clause");
        Partner = terms.Value<PartnerId>("partner");
        Amount = terms.Value<Money>("amount");
        OccurredAt = terms.Instant("occurredAt");
        PayableAt = terms.Instant("payableAt");
        OverBudget = OwnOf(terms, "overBudget");
    }

    /// <summary>
    /// The entry's name, derived from all that makes it unique: when it is first asked for, unless it was given.
    /// </summary>
    public required EntryId Id
    {
        get => id.IsUnset ? id = DeriveId() : id;
        init => id = value;
    }

    /// <summary>The contract that owes.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The version of the contract whose terms were applied.</summary>
    public required int Version { get; init; }

    /// <summary>The clause that was applied.</summary>
    public required ClauseId Clause { get; init; }

    /// <summary>The partner who is owed.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>The amount; negative when it is taken back.</summary>
    public required Money Amount
    {
        get => amount;
        init => amount = value;
    }

    /// <summary>When the outcome occurred; for a period its last instant.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>From when on the amount, or its first instalment, is payable: not before its hold has ended.</summary>
    public required Instant PayableAt { get; init; }

    /// <summary>
    /// What of the amount lay above the limit of a budget when it was posted, and is owed all the same because it was
    /// promised: whoever pays the budget bears it. Negative where an entry takes back what did before. Null when
    /// nothing does.
    /// </summary>
    public Money? OverBudget
    {
        get => overBudget == 0 ? null : Money.FromMinor(overBudget, Amount.Currency);
        init => overBudget = value?.MinorUnits ?? 0;
    }

    /// <summary>
    /// Whether a statement shows the entry among what was earned, and not among what corrects it.
    /// </summary>
    public virtual bool IsGross => false;

    // When which part of the amount is payable; empty when all of it is at once.
    internal virtual ValueList<Instalment> Parts => [];

    /// <inheritdoc/>
    public virtual bool Equals(LedgerEntry? other) => base.Equals(other)
        && Contract == other.Contract && Version == other.Version && Clause == other.Clause
        && Partner == other.Partner && Amount == other.Amount && OccurredAt == other.OccurredAt
        && PayableAt == other.PayableAt && overBudget == other.overBudget && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Contract, Partner, Amount, OccurredAt);

    /// <summary>Reads a part of the entry's amount, or what stands beside it.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="name">The term's name.</param>
    /// <returns>The part; null when it is absent, or in another currency, which is a failure.</returns>
    private protected Money? OwnOf(TermReader terms, string name) =>
        terms.Optional<Money>(name) is { } part && IsOwn(terms, name, part.Currency) ? part : null;

    /// <summary>Whether something is in the entry's currency; else that is a failure.</summary>
    private protected bool IsOwn(TermReader terms, string name, Currency currency)
    {
        bool isOwn = currency == amount.Currency;
        if (!isOwn && !currency.IsUnset && !amount.Currency.IsUnset)
        {
            terms.Fail(name, SettlementReasons.EntryCurrency, "An entry is in one currency.");
        }

        return isOwn;
    }

    /// <summary>Lines are in the entry's currency and sum to its amount; else that is a failure.</summary>
    private protected void CheckSum(TermReader terms, ValueList<PayoutLine> lines)
    {
        decimal sum = 0;
        foreach (PayoutLine line in lines)
        {
            if (!IsOwn(terms, "lines", line.Amount.Currency))
            {
                return;
            }

            sum += line.Amount.Amount;
        }

        if (sum != amount.Amount)
        {
            terms.Fail("amount", SettlementReasons.EntryUnsound, "The lines of an entry sum to its amount.");
        }
    }

    // What a draft comes to; nobody has seen it before.
    private protected void Post(Money priced) => amount = priced;

    /// <summary>The name that follows from the rest of the entry; unset when it must be given.</summary>
    private protected virtual EntryId DeriveId() => default;

    /// <inheritdoc/>
    protected sealed override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Value("contract", Contract);
        terms.Integer("version", Version);
        terms.Value("clause", Clause);
        terms.Value("partner", Partner);
        terms.Value("amount", Amount);
        terms.Instant("occurredAt", OccurredAt);
        terms.Instant("payableAt", PayableAt);
        terms.Value("overBudget", OverBudget);
        WriteEntry(terms);
    }

    /// <summary>Writes what the kind of entry adds.</summary>
    /// <param name="terms">Where to write it.</param>
    private protected abstract void WriteEntry(TermWriter terms);
}
