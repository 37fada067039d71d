using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>An earning and what corrections made of it.</summary>
/// <param name="Earning">The earning.</param>
public sealed record EarningState(Earning Earning)
{
    /// <summary>The earning and all its adjustments together.</summary>
    public Money Net => Later?.Net ?? Earning.Amount;

    /// <summary>The corrections that were applied.</summary>
    public ValueList<CorrectionId> Causes => Later?.Causes ?? ValueList<CorrectionId>.Empty;

    /// <summary>
    /// What the outcome counts in the tally now: less than at first when corrections change the tally.
    /// </summary>
    public Tally Counted => Later?.Counted ?? Earning.Counted;

    /// <summary>The earning as the terms price it that now apply: restated when they were amended.</summary>
    public Earning Standing => Later?.Standing ?? Earning;

    /// <summary>What its outcome made of other results of the period.</summary>
    public Money Repriced => Later?.Repriced ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>What stays with the partner of what corrections said is gone.</summary>
    public Money Kept => Later?.Kept ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>What of its worth is invalid, as invalidations by source and period say; not below zero.</summary>
    public Money Invalid => Later?.Invalid ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>What is held of it because its evidence contradicts itself; not above zero.</summary>
    public Money Held => Later?.Held ?? Money.Zero(Earning.Amount.Currency);

    /// <summary>
    /// What of it stands beside what the terms pay, because a person approved another amount or a grade scaled it.
    /// </summary>
    public Money ByHand => Later?.ByHand ?? Money.Zero(Earning.Amount.Currency);

    // What it is worth after corrections by the terms alone, before budgets: nothing when it has left its tally.
    internal Money NetPriced => Counted.IsEmpty && !Standing.Counted.IsEmpty
        ? Money.Zero(Net.Currency)
        : Net + (Standing.Priced - Standing.Amount) - Kept - ByHand;

    // What of it, and of what its outcome made of others, lies above budgets.
    internal Money OverBudget => Later?.OverBudget ?? Earning.OverBudget ?? Money.Zero(Earning.Amount.Currency);

    // When which part of it is payable: who accepted later is paid by an amendment.
    internal ValueList<Instalment> Instalments => Later?.Instalments ?? Earning.Instalments;

    // When it was earned, or the last thing became of it.
    internal Instant LatestAt => Later?.At ?? Earning.DecidedAt;

    // What part of it is invalid, whatever it is worth.
    internal Ratio InvalidPart => Later?.InvalidPart ?? Ratio.Zero;

    // How often rulings on the evidence took it back, and gave it back.
    internal int RulingCount => Later?.RulingCount ?? 0;

    // Whether it was taken back while there was no money to take.
    internal bool HasLeftPlace => Later?.HasLeftPlace ?? false;

    // Whether it takes a place under counts though it comes to nothing: it was worth nothing when it was earned, and
    // has not been gone since. Once gone it takes none before it is worth something: others may be there by then.
    internal bool StandsAtNothing =>
        Net.MinorUnits == 0 && (Causes.Count == 0 || (Standing.Amount.MinorUnits == 0 && !HasLeftPlace));

    // Whether a ruling says that it did not happen.
    internal bool IsRuledOut => RulingCount % 2 == 1;

    // How many holds and releases there were.
    internal int HoldCount => Later?.HoldCount ?? 0;

    // What the terms and the corrections say that it is worth, with what is invalid of it.
    internal Money Worth => Net - Kept + Invalid;

    // Null while nothing became of the earning, as of nearly all.
    private Changes? Later { get; init; }

    private Changes Changed => Later ?? new(Net, Causes, Counted, Standing, Repriced, Kept, Invalid);

    // What is invalid of it when it is worth so much.
    internal Money InvalidOf(Money worth) =>
        InvalidPart == Ratio.Zero || worth.MinorUnits <= 0 ? Money.Zero(worth.Currency) : worth.Prorate(InvalidPart);

    // What is valid of it when it is worth so much.
    internal Money WithoutInvalid(Money worth) => worth - InvalidOf(worth);

    // What is valid of what it counts.
    internal Tally WithoutInvalid(in Tally counted) => WithoutPart(counted, InvalidPart);

    // What counts of a result of which a part is invalid.
    internal static Tally WithoutPart(in Tally counted, Ratio part) => part == Ratio.Zero ? counted
        : part == Ratio.One ? Tally.Zero(counted.Value.Currency)
        : counted with
        {
            Quantity = counted.Quantity - new Accrual(counted.Quantity, counted.Value.Currency).Share(part).Amount,
            Value = counted.Value - counted.Value.Share(part),
        };

    // What part of it is invalid with a share more; whatever was stored, at most all.
    private Ratio InvalidPartWith(InvalidatedShare share)
    {
        Money invalid = Invalid + share.Amount;
        if (share.Part is not { } part)
        {
            return invalid.MinorUnits <= 0 || Worth.MinorUnits <= 0 ? InvalidPart
                : invalid >= Worth ? Ratio.One
                : new(invalid.MinorUnits, Worth.MinorUnits);
        }

        decimal valid = 1 - ((decimal)InvalidPart.Numerator / InvalidPart.Denominator);
        return Ratio.FromDecimal(decimal.Round(1 - (valid * (1 - part)), Accrual.Decimals));
    }

    // Whether the correction is in what was priced, or has adjusted it.
    internal bool Knows(CorrectionId correction) =>
        Earning.Corrections.Contains(correction) || Causes.Contains(correction);

    // As it is when the next ruling on the evidence counts.
    internal EarningState Ruled() => this with { Later = Changed with { RulingCount = RulingCount + 1 } };

    internal EarningState PricedAs(Earning standing) => this with { Later = Changed with { Standing = standing } };

    internal EarningState With(CampaignRecord record) => record switch
    {
        Adjustment adjustment => With(adjustment),
        Repricing repricing => With(repricing),
        Amendment amendment => With(amendment),
        DisputeHold hold when hold.Corrects == Earning.Id => this with
        {
            Later = Changed with
            {
                At = Instant.Max(LatestAt, hold.DecidedAt),
                Held = Held + hold.Amount,
                HoldCount = HoldCount + 1,
            },
        },
        _ => this,
    };

    private EarningState With(Adjustment adjustment) => adjustment.Corrects == Earning.Id
        ? this with
        {
            Later = Changed with
            {
                At = Instant.Max(LatestAt, adjustment.DecidedAt),
                Net = Net + adjustment.Amount,
                Causes = Causes.Add(adjustment.Cause),
                Kept = adjustment.Kept ?? Money.Zero(Net.Currency),
                Invalid = adjustment.Invalidated is { } share
                    ? Invalid + share.Amount
                    : adjustment.Invalid ?? Money.Zero(Net.Currency),
                InvalidPart = adjustment.Invalidated is { } more ? InvalidPartWith(more) : InvalidPart,
                ByHand = adjustment.ByHand,
                RulingCount = adjustment.Ruling ?? RulingCount,
                HasLeftPlace = HasLeftPlace || adjustment.LeavesPlace,
                OverBudget = OverBudgetWith(adjustment),
            },
        }
        : this;

    private EarningState With(Repricing repricing) => repricing.CausedBy == Earning.Id
        ? this with
        {
            Later = Changed with
            {
                At = Instant.Max(LatestAt, repricing.DecidedAt),
                Counted = Counted + repricing.Counted,
                Repriced = Repriced + repricing.Amount,
                OverBudget = OverBudgetWith(repricing),
            },
        }
        : this;

    private EarningState With(Amendment amendment) => amendment.Corrects == Earning.Id
        ? this with
        {
            Later = Changed with
            {
                At = Instant.Max(LatestAt, amendment.DecidedAt),
                Net = Net + (amendment.Amount - amendment.Repriced),
                Repriced = Repriced + amendment.Repriced,
                Counted = amendment.Counted,
                Standing = amendment.Restated,
                ByHand = amendment.ByHand,
                Kept = amendment.Kept ?? Money.Zero(Net.Currency),
                Invalid = amendment.Invalid ?? Money.Zero(Net.Currency),
                Instalments = Instalments.Count == 0 ? amendment.Instalments : Instalments,
                OverBudget = OverBudgetWith(amendment),
            },
        }
        : this;

    private Money OverBudgetWith(LedgerEntry entry) => entry.OverBudget is { } more ? OverBudget + more : OverBudget;

    private sealed record Changes(
        Money Net,
        ValueList<CorrectionId> Causes,
        Tally Counted,
        Earning Standing,
        Money Repriced,
        Money Kept,
        Money Invalid)
    {
        public Instant? At { get; init; }

        public Money? Held { get; init; }

        public int HoldCount { get; init; }

        public int RulingCount { get; init; }

        public bool HasLeftPlace { get; init; }

        public ValueList<Instalment>? Instalments { get; init; }

        public Money? ByHand { get; init; }

        public Money? OverBudget { get; init; }

        public Ratio InvalidPart { get; init; }
    }
}
