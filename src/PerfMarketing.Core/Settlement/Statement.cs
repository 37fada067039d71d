using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>A month of one contract and partner: what was decided in it, and what of it is payable.</summary>
/// <remarks>
/// Opening + gross + adjustments − payable = closing. What is held, and what is owed back, is carried in the closing
/// balance. A closed statement never changes: what is decided later is in the next one.
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

    /// <summary>The month, such as <c>2026-03</c>, in the contract's zone.</summary>
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

    /// <summary>What is to be paid: what has left its hold, less what is owed back; never negative.</summary>
    public required Money Payable { get; init; }

    /// <summary>What is carried over to the next statement.</summary>
    public required Money Closing { get; init; }

    /// <summary>What was decided in the period: gross and adjustments.</summary>
    public Money Total => Gross + Adjustments;

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
            Period = terms.Text("period"),
            From = terms.Instant("from"),
            To = terms.Instant("to"),
            IsClosed = terms.Flag("closed"),
            Opening = terms.Value<Money>("opening"),
            Gross = terms.Value<Money>("gross"),
            Adjustments = terms.Value<Money>("adjustments"),
            Payable = terms.Value<Money>("payable"),
            Closing = terms.Value<Money>("closing"),
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
        terms.Value("period", Period);
        terms.Instant("from", From);
        terms.Instant("to", To);
        terms.Flag("closed", IsClosed);
        terms.Value("opening", Opening);
        terms.Value("gross", Gross);
        terms.Value("adjustments", Adjustments);
        terms.Value("payable", Payable);
        terms.Value("closing", Closing);
        terms.List("lines", Lines);
    }

    private bool AddsUp()
    {
        Int128 gross = 0;
        Int128 adjustments = 0;
        foreach (LedgerEntry line in Lines)
        {
            if (line?.Contract != Contract || line.Partner != Partner || line.Amount.Currency != Gross.Currency
                || line.DecidedAt < From || line.DecidedAt >= To)
            {
                return false;
            }

            gross += line.IsGross ? line.Amount.MinorUnits : 0;
            adjustments += line.IsGross ? 0 : line.Amount.MinorUnits;
        }

        Currency[] currencies = [Opening.Currency, Adjustments.Currency, Payable.Currency, Closing.Currency];
        return Array.TrueForAll(currencies, c => c == Gross.Currency)
            && gross == Gross.MinorUnits && adjustments == Adjustments.MinorUnits && Payable.MinorUnits >= 0
            && Opening.MinorUnits + gross + adjustments - Payable.MinorUnits == Closing.MinorUnits;
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
