using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>One payment to one payee over several statements: recorded first, then sent.</summary>
/// <remarks>
/// Parts, with their VAT and without what is kept of them for the tax office, + set-offs = total, and total − the fee
/// that the payee bears = amount. The record is written before the bank is asked, so that a payment that was sent is
/// always known. What comes to nothing, because taxes or set-offs take all of it, is recorded and settled too.
/// </remarks>
public sealed record Remittance : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "remittance";

    /// <summary>
    /// The most parts and set-offs together: what is recorded is read back as one JSON text. Who has more to pay hands
    /// in the statements of some contracts at a time.
    /// </summary>
    public const int PartCountMax = 100_000;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The remittance's name: the instruction's idempotency key at the bank.</summary>
    public required RemittanceId Id { get; init; }

    /// <summary>The partner who is paid.</summary>
    public required PartnerId Payee { get; init; }

    /// <summary>
    /// The remittance's place among those of its payee and currency, from 1: an attempt after a refusal is another.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>
    /// The payable statements, each in this remittance alone; by campaign, contract and time. Among them statements
    /// that claim back what a payment had not brought that was refused or came back: what is open of a claim is taken
    /// from it, and what was taken and paid back too is given back, in as many remittances as it takes.
    /// </summary>
    public required ValueList<RemittancePart> Parts { get; init; }

    /// <summary>What is set off between contracts; at most one for each, by campaign and contract.</summary>
    public ValueList<RemittancePart> SetOffs { get; init; } = [];

    /// <summary>What the payee is owed by all of it, taxes included; not below zero.</summary>
    public required Money Total { get; init; }

    /// <summary>What the payment costs; null for nothing.</summary>
    public ChargedFee? Fee { get; init; }

    /// <summary>
    /// What is sent to the payee; nothing where the parts and set-offs come to nothing: then no bank is told.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// What the remittance is for each contract, by campaign and contract. What is sent sums to the amount, set-offs to
    /// nothing, and fees to the fee that the payee bears.
    /// </summary>
    /// <remarks>
    /// What is owed back is shared out over the contracts that pay by what they pay, and then the fee by what is left;
    /// see <see cref="Allocation"/>.
    /// </remarks>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public ValueList<RemittanceShare> ToShares()
    {
        Currency currency = Total.Currency;
        Money none = Money.Zero(currency);
        (CampaignId Campaign, ContractId Contract, Money Whole, Money Vat, Money Withholding)[] contracts =
        [
            .. Parts.Concat(SetOffs).GroupBy(static p => (p.Campaign, p.Contract))
                .Select(g => (
                    g.Key.Campaign,
                    g.Key.Contract,
                    SumOf(g, currency),
                    g.Aggregate(none, (sum, part) => sum + (part.Vat ?? none)),
                    g.Aggregate(none, (sum, part) => sum + (part.Withholding ?? none))))
                .OrderBy(static c => c.Campaign).ThenBy(static c => c.Contract),
        ];
        long[] owed = [.. contracts.Select(static c => Math.Max(0, c.Whole.MinorUnits))];
        long back = contracts.Sum(static c => Math.Max(0, -c.Whole.MinorUnits));
        long[] kept = owed.Sum() > 0 ? Allocation.Split(back, owed) : owed;
        long[] left = [.. owed.Select((amount, i) => amount - kept[i])];
        long charged = Fee is { Bearer: FeeBearer.Payee } fee ? fee.Amount.MinorUnits : 0;
        long[] fees = left.Sum() > 0 ? Allocation.Split(charged, left) : left;
        return
        [
            .. contracts.Select((c, i) => new RemittanceShare(
                c.Campaign,
                c.Contract,
                Money.FromMinor(left[i] - fees[i], currency),
                c.Whole < none ? c.Whole : Money.FromMinor(kept[i], currency),
                Money.FromMinor(fees[i], currency))
            {
                Vat = c.Vat,
                Withholding = c.Withholding,
            }),
        ];
    }

    // Exact, whatever it comes to on the way.
    internal static Money SumOf(IEnumerable<RemittancePart> parts, Currency currency)
    {
        Int128 sum = 0;
        foreach (RemittancePart part in parts)
        {
            sum += part.Whole;
        }

        return Money.FromMinor(checked((long)sum), currency);
    }

    /// <summary>The name of a remittance.</summary>
    /// <param name="payee">The payee.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="number">Its place among the remittances of both.</param>
    /// <param name="statements">The statements, payable ones first.</param>
    public static RemittanceId IdOf(
        PartnerId payee, Currency currency, long number, IEnumerable<StatementId> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        string?[] parts =
        [
            payee.Value, currency.Code, InvariantText.Of(number), .. statements.Select(static s => s.Value),
        ];
        return new(DerivedId.Of(TagName, parts));
    }

    internal static Remittance ReadCore(TermReader terms)
    {
        Remittance found = new()
        {
            OutcomeId = default,
            DecidedAt = TimeOf(terms),
            Id = terms.Value<RemittanceId>("id"),
            Payee = terms.Value<PartnerId>("payee"),
            Number = terms.Integer("number"),
            Parts = terms.List("parts", RemittancePart.Read),
            SetOffs = terms.List("setOffs", RemittancePart.Read),
            Total = terms.Value<Money>("total"),
            Fee = terms.OptionalObject("fee", ChargedFee.Read),
            Amount = terms.Value<Money>("amount"),
        };
        if (!found.IsSound())
        {
            terms.Fail("total", RemittanceCodes.Unsound, "The parts do not sum to the amounts.");
        }

        return found;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Value("payee", Payee);
        terms.Integer("number", Number);
        terms.List("parts", Parts);
        terms.List("setOffs", SetOffs);
        terms.Value("total", Total);
        terms.Terms("fee", Fee);
        terms.Value("amount", Amount);
    }

    private bool IsSound()
    {
        Int128 total = 0;
        foreach (RemittancePart part in Parts.Concat(SetOffs))
        {
            if (part?.IsSound(Total.Currency) != true)
            {
                return false;
            }

            total += part.Whole;
        }

        long fee = Fee is { Bearer: FeeBearer.Payee } charged ? charged.Amount.MinorUnits : 0;
        return Amount.Currency == Total.Currency && !Total.Currency.IsUnset && !Payee.IsUnset
            && (Fee is null || (Fee.Amount.Currency == Total.Currency && Fee.Amount.MinorUnits >= 0))
            && SetOffs.All(static s => s.Invoice is null)
            && (Amount.MinorUnits > 0
                || (Amount.MinorUnits == 0 && total == 0 && Parts.Count + SetOffs.Count > 0))
            && total == Total.MinorUnits && total - fee == Amount.MinorUnits
            && Id == IdOf(Payee, Total.Currency, Number, Parts.Concat(SetOffs).Select(static p => p.Statement));
    }
}
