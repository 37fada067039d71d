using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>What a closed statement is invoiced as: net + VAT − withholding tax = total.</summary>
/// <remarks>
/// In self-billing the payer writes it in the partner's name. A claim on the partner makes a credit note, whose amounts
/// are below zero.
/// </remarks>
public sealed record StatementInvoice : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most UTF-16 characters of <see cref="Number"/>.</summary>
    public const int NumberLengthMax = 64;

    /// <summary>The most UTF-16 characters of <see cref="Note"/>.</summary>
    public const int NoteLengthMax = 1_000;

    /// <summary>
    /// The document's number, given once; from 1 to <see cref="NumberLengthMax"/> characters, not all of them blank.
    /// </summary>
    public required string Number { get; init; }

    /// <summary>The statement.</summary>
    public required StatementId Statement { get; init; }

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The partner.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>What the statement pays, or what it claims when below zero.</summary>
    public required Money Net { get; init; }

    /// <summary>The value added tax, rounded once on the net amount.</summary>
    public required Money Vat { get; init; }

    /// <summary>The tax that is kept back, rounded once on the net amount.</summary>
    public required Money Withholding { get; init; }

    /// <summary>When it is due; null when the contract does not say.</summary>
    public LocalDate? DueOn { get; init; }

    /// <summary>
    /// What the document must say, in at most <see cref="NoteLengthMax"/> characters; null when nothing.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>What is paid, or claimed when below zero.</summary>
    public Money Total => Net + Vat - Withholding;

    /// <summary>Whether it is a credit note.</summary>
    public bool IsCreditNote => Net.MinorUnits < 0;

    /// <summary>The invoice of a statement.</summary>
    /// <param name="statement">The statement, closed; it pays or claims something.</param>
    /// <param name="taxes">The taxes.</param>
    /// <param name="number">The document's number.</param>
    /// <exception cref="ArgumentException">
    /// There is nothing to invoice, the number is empty or too long, a tax is below 0 or above 100 %, or the note is
    /// too long or no valid Unicode.
    /// </exception>
    public static StatementInvoice Of(Statement statement, TaxTerms taxes, string number)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(taxes);
        if (!IsNumber(number))
        {
            throw new ArgumentException($"A number has 1 to {NumberLengthMax} characters.", nameof(number));
        }

        if (!IsDue(statement))
        {
            throw new ArgumentException("The statement is open, or neither pays nor claims.", nameof(statement));
        }

        if (taxes.Vat.Fraction is < 0 or > 1 || taxes.Withholding.Fraction is < 0 or > 1)
        {
            throw new ArgumentException("A tax is from 0 to 100 %.", nameof(taxes));
        }

        if (!IsNote(taxes.Note))
        {
            throw new ArgumentException(
                $"A note has at most {NoteLengthMax} characters of valid Unicode.", nameof(taxes));
        }

        Money net = statement.Payable - (statement.Claimed ?? Money.Zero(statement.Payable.Currency));
        (Money vat, Money withheld) = taxes.Of(net);
        return new()
        {
            Number = number,
            Statement = statement.Id,
            Contract = statement.Contract,
            Partner = statement.Partner,
            Net = net,
            Vat = vat,
            Withholding = withheld,
            DueOn = statement.DueOn,
            Note = taxes.Note,
        };
    }

    // Whether its number and note can be kept, and its taxes are parts of what it says, in its currency.
    internal bool IsSound => IsNumber(Number) && IsNote(Note) && IsPart(Vat) && IsPart(Withholding);

    /// <summary>Whether a statement is invoiced: it is closed, and pays or claims something.</summary>
    /// <param name="statement">The statement.</param>
    public static bool IsDue(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.IsClosed && (statement.Payable.MinorUnits > 0 || statement.Claimed is not null);
    }

    /// <summary>Reads an invoice.</summary>
    /// <param name="terms">The terms.</param>
    public static StatementInvoice Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        StatementInvoice invoice = new()
        {
            Number = terms.Text("number"),
            Statement = terms.Value<StatementId>("statement"),
            Contract = terms.Value<ContractId>("contract"),
            Partner = terms.Value<PartnerId>("partner"),
            Net = terms.Value<Money>("net"),
            Vat = terms.Value<Money>("vat"),
            Withholding = terms.Value<Money>("withholding"),
            DueOn = terms.Optional<DateText>("dueOn")?.Value,
            Note = terms.OptionalText("note"),
        };
        if (invoice.Vat.Currency != invoice.Net.Currency || invoice.Withholding.Currency != invoice.Net.Currency)
        {
            terms.Fail("net", SettlementReasons.InvoiceCurrency, "An invoice is in one currency.");
        }
        else if (!invoice.IsSound)
        {
            terms.Fail(
                "net", SettlementReasons.InvoiceUnsound, "Number, note or taxes are not those of an invoice.");
        }

        return invoice;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("number", Number);
        terms.Value("statement", Statement);
        terms.Value("contract", Contract);
        terms.Value("partner", Partner);
        terms.Value("net", Net);
        terms.Value("vat", Vat);
        terms.Value("withholding", Withholding);
        terms.Value("dueOn", DueOn is { } date ? new DateText(date) : (DateText?)null);
        terms.Value("note", Note);
    }

    internal static bool IsNumber(string? number) =>
        number?.Length <= NumberLengthMax && !string.IsNullOrWhiteSpace(number) && UnicodeText.IsWellFormed(number);

    private static bool IsNote(string? note) =>
        note is null || (note.Length <= NoteLengthMax && UnicodeText.IsWellFormed(note));

    private bool IsPart(Money tax) => tax.Currency == Net.Currency
        && Math.Abs(tax.MinorUnits) <= Math.Abs(Net.MinorUnits)
        && (tax.MinorUnits == 0 || tax.MinorUnits > 0 == Net.MinorUnits > 0);
}
