using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>
/// What a payee earned, is to be paid and keeps as a balance, in one currency, over all its contracts.
/// </summary>
/// <remarks>Opening + earned − payable + claimed = carried.</remarks>
/// <param name="Payee">The partner who is paid.</param>
/// <param name="StatementCount">How many statements.</param>
/// <param name="Opening">What the first statements brought in: held, or owed back when negative.</param>
/// <param name="Earned">Earnings and adjustments together.</param>
/// <param name="Payable">What the statements say is to be paid.</param>
/// <param name="Carried">What the last statements take over: held, or owed back when negative.</param>
public sealed record PayeeBalance(
    PartnerId Payee, long StatementCount, Money Opening, Money Earned, Money Payable, Money Carried) : ITerms
{
    /// <summary>What the payee is asked to pay back; nothing mostly, since debts are carried.</summary>
    public Money Claimed { get; init; } = Money.Zero(Opening.Currency);

    /// <summary>Reads a balance; one that does not add up is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static PayeeBalance Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        PayeeBalance balance = new(
            terms.Value<PartnerId>("payee"),
            terms.Integer("statementCount"),
            terms.Value<Money>("opening"),
            terms.Value<Money>("earned"),
            terms.Value<Money>("payable"),
            terms.Value<Money>("carried"));
        balance = balance with { Claimed = terms.Value("claimed", balance.Claimed) };
        if (!balance.AddsUp())
        {
            terms.Fail("carried", ReportCodes.Unsound, "Opening + earned − payable + claimed is not what is carried.");
        }

        return balance;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("payee", Payee);
        terms.Integer("statementCount", StatementCount);
        terms.Value("opening", Opening);
        terms.Value("earned", Earned);
        terms.Value("payable", Payable);
        terms.Value("carried", Carried);
        terms.Value("claimed", Claimed, Money.Zero(Opening.Currency));
    }

    private bool AddsUp() =>
        Earned.Currency == Opening.Currency && Payable.Currency == Opening.Currency
        && Carried.Currency == Opening.Currency && Claimed.Currency == Opening.Currency
        && (Int128)Opening.MinorUnits + Earned.MinorUnits - Payable.MinorUnits + Claimed.MinorUnits
            == Carried.MinorUnits;
}
