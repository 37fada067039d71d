using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>A period of one contract and partner: what was decided in it, and what of it is payable.</summary>
/// <remarks>
/// Opening + gross + adjustments − payable + claimed = closing. What is in hold, in reserve, below the threshold or
/// owed back is carried in the closing balance. A closed statement never changes: what is decided later is in the next
/// one.
/// </remarks>
public sealed record Statement : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The statement's name, derived from contract, partner and period.</summary>
    public required StatementId Id { get; init; }

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The partner.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>
    /// The version of the contract whose terms of settlement made it: the one in force when its period began.
    /// </summary>
    public int Version { get; init; } = 1;

    /// <summary>The period in the contract's zone, such as <c>2026-03</c> for a month.</summary>
    public required string Period { get; init; }

    /// <summary>The first instant of the period.</summary>
    public required Instant From { get; init; }

    /// <summary>The first instant after the period.</summary>
    public required Instant To { get; init; }

    /// <summary>Whether the period was over when the statement was made; an open statement may still grow.</summary>
    public required bool IsClosed { get; init; }

    /// <summary>What was carried over from the statement before: held, or owed back when negative.</summary>
    public required Money Opening { get; init; }

    /// <summary>The entries decided in the period, in the order in which they were decided.</summary>
    public required ValueList<LedgerEntry> Lines { get; init; }

    /// <summary>The sum of the earnings, by outcomes and for periods.</summary>
    public required Money Gross { get; init; }

    /// <summary>The sum of the adjustments.</summary>
    public required Money Adjustments { get; init; }

    /// <summary>
    /// What is to be paid: what has left its hold by the end of the period, less what is owed back and what is
    /// withheld; nothing below the threshold, and never negative.
    /// </summary>
    public required Money Payable { get; init; }

    /// <summary>When it is due, in the contract's zone; null when nothing is payable or the terms do not say.</summary>
    public LocalDate? DueOn { get; init; }

    /// <summary>Whether it is paid before the payer has paid.</summary>
    public PaymentExposure Exposure { get; init; }

    /// <summary>What the partner is asked to pay back; null when nothing, or when debts are carried.</summary>
    public Money? Claimed { get; init; }

    /// <summary>What is withheld as reserve of what became payable in the period; null when nothing is.</summary>
    public Money? Withheld { get; init; }

    /// <summary>From when on what is withheld is released; null when nothing is withheld.</summary>
    public Instant? ReserveUntil { get; init; }

    /// <summary>
    /// What was withheld by earlier statements and is released by this one, since its day has come or a debt would be
    /// claimed; null when nothing is.
    /// </summary>
    public Money? Released { get; init; }

    /// <summary>What of a debt at its beginning was settled by what became payable; null when nothing was.</summary>
    public Money? ClawbackSettled { get; init; }

    /// <summary>What of the closing balance is in hold; null when nothing is.</summary>
    public Money? Held { get; init; }

    /// <summary>What of the closing balance is in reserve; null when nothing is.</summary>
    public Money? Reserve { get; init; }

    /// <summary>What is carried over to the next statement.</summary>
    public required Money Closing { get; init; }

    /// <summary>
    /// What the contract's rules of invalid traffic made of results in the period, gross and net: what was decided in
    /// it, less what it took back of earlier decisions. Null when the contract has no rules, or nothing was counted.
    /// </summary>
    public TrafficCounts? Traffic { get; init; }

    /// <summary>What was decided in the period: gross and adjustments.</summary>
    public Money Total => Gross + Adjustments;

    /// <summary>
    /// What of it lay above budgets when it was posted, less what was taken back of that: owed all the same, because it
    /// was promised, and whoever pays the budgets bears it. What others gave back since does not count here; see
    /// <see cref="Budgets.BudgetState.Excess"/>.
    /// </summary>
    public Money OverBudget => Lines.Aggregate(
        Money.Zero(Opening.Currency), static (sum, entry) => sum + (entry.OverBudget ?? Money.Zero(sum.Currency)));

    /// <summary>
    /// What of the closing balance is neither in hold nor in reserve: below the threshold, or owed back when negative.
    /// </summary>
    public Money Carried =>
        Closing - (Held ?? Money.Zero(Closing.Currency)) - (Reserve ?? Money.Zero(Closing.Currency));

    /// <summary>
    /// The lines with the period in which each was decided, and the one in which its outcome occurred.
    /// </summary>
    /// <param name="contract">The contract, whose zone and terms cut the periods.</param>
    public IEnumerable<StatementLine> LinesIn(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        CalendarPeriod known = default;
        string key = string.Empty;
        foreach (LedgerEntry line in Lines.ToArray())
        {
            if (!known.Contains(line.OccurredAt))
            {
                known = contract.Calendar.Containing(contract.Settlement.Per, line.OccurredAt);
                key = known.Key;
            }

            yield return new(line, key, Period);
        }
    }

    /// <summary>The name of a statement.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="period">The period's key.</param>
    public static StatementId IdOf(CampaignId campaign, ContractId contract, PartnerId partner, string period) =>
        new(DerivedId.Of("statement", campaign.Value, contract.Value, partner.Value, period));

    /// <summary>Reads a statement; one whose lines do not add up to its amounts is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static Statement Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        Statement statement = new()
        {
            Id = terms.Value<StatementId>("id"),
            Contract = terms.Value<ContractId>("contract"),
            Partner = terms.Value<PartnerId>("partner"),
            Version = terms.Int("version", 1),
            Period = terms.Text("period"),
            From = terms.Instant("from"),
            To = terms.Instant("to"),
            IsClosed = terms.Flag("closed"),
            Opening = terms.Value<Money>("opening"),
            Gross = terms.Value<Money>("gross"),
            Adjustments = terms.Value<Money>("adjustments"),
            Payable = terms.Value<Money>("payable"),
            DueOn = terms.Optional<DateText>("dueOn")?.Value,
            Exposure = terms.Enum("exposure", PaymentExposure.Independent),
            Claimed = terms.Optional<Money>("claimed"),
            Withheld = terms.Optional<Money>("withheld"),
            ReserveUntil = terms.OptionalInstant("reserveUntil"),
            Released = terms.Optional<Money>("released"),
            ClawbackSettled = terms.Optional<Money>("clawbackSettled"),
            Held = terms.Optional<Money>("held"),
            Reserve = terms.Optional<Money>("reserve"),
            Closing = terms.Value<Money>("closing"),
            Traffic = terms.OptionalObject("traffic", TrafficCounts.Read),
            Lines = terms.List("lines", ReadLine),
        };
        if (!statement.AddsUp())
        {
            terms.Fail("closing", SettlementReasons.StatementUnsound, "The lines and amounts do not add up.");
        }

        return statement;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Value("contract", Contract);
        terms.Value("partner", Partner);
        terms.Integer("version", Version == 1 ? null : Version);
        terms.Value("period", Period);
        terms.Instant("from", From);
        terms.Instant("to", To);
        terms.Flag("closed", IsClosed);
        terms.Value("opening", Opening);
        terms.Value("gross", Gross);
        terms.Value("adjustments", Adjustments);
        terms.Value("payable", Payable);
        terms.Value("dueOn", DueOn is { } date ? new DateText(date) : (DateText?)null);
        terms.Enum("exposure", Exposure, PaymentExposure.Independent);
        terms.Value("claimed", Claimed);
        terms.Value("withheld", Withheld);
        terms.Instant("reserveUntil", ReserveUntil);
        terms.Value("released", Released);
        terms.Value("clawbackSettled", ClawbackSettled);
        terms.Value("held", Held);
        terms.Value("reserve", Reserve);
        terms.Value("closing", Closing);
        terms.Terms("traffic", Traffic);
        terms.List("lines", Lines);
    }

    // Printable ASCII: the text that seals commit to has it on a line of its own.
    internal static bool IsKey(string? period) =>
        period?.Length > 0 && !period.AsSpan().ContainsAnyExceptInRange('!', '~');

    private bool AddsUp()
    {
        Int128 gross = 0;
        Int128 adjustments = 0;
        foreach (LedgerEntry line in Lines)
        {
            if (line?.Contract != Contract || line.Partner != Partner || line.Amount.Currency != Gross.Currency
                || line.DecidedAt < From || line.DecidedAt >= To || !IsWhole(line))
            {
                return false;
            }

            gross += line.IsGross ? line.Amount.MinorUnits : 0;
            adjustments += line.IsGross ? 0 : line.Amount.MinorUnits;
        }

        Money?[] amounts =
            [Opening, Adjustments, Payable, Closing, Claimed, Withheld, Released, ClawbackSettled, Held, Reserve];
        long claimed = Claimed?.MinorUnits ?? 0;
        return IsKey(Period) && Array.TrueForAll(amounts, a => a is null || a.Value.Currency == Gross.Currency)
            && gross == Gross.MinorUnits && adjustments == Adjustments.MinorUnits
            && Payable.MinorUnits >= 0 && claimed >= 0 && Withheld is null == ReserveUntil is null
            && Opening.MinorUnits + gross + adjustments - Payable.MinorUnits + claimed == Closing.MinorUnits;
    }

    // Instalments sum to their entry.
    private static bool IsWhole(LedgerEntry line)
    {
        if (line.Parts.Count == 0)
        {
            return true;
        }

        Int128 sum = 0;
        foreach (Instalment part in line.Parts)
        {
            sum += part.Amount.Currency == line.Amount.Currency ? part.Amount.MinorUnits : Int128.MaxValue >> 64;
        }

        return sum == line.Amount.MinorUnits;
    }

    private static LedgerEntry ReadLine(TermReader terms)
    {
        if (CampaignRecord.Read(terms) is LedgerEntry entry)
        {
            return entry;
        }

        terms.Fail("record", SettlementReasons.RecordUnknown, "A statement holds earnings and adjustments.");
        return null!;
    }
}
