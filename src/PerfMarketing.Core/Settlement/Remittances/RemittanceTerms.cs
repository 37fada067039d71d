using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>How one payee is paid in one currency, over all its contracts and campaigns.</summary>
public sealed record RemittanceTerms : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The partner who is paid.</summary>
    public required PartnerId Payee { get; init; }

    /// <summary>The currency; another currency is another payment.</summary>
    public required Currency Currency { get; init; }

    /// <summary>
    /// The least total that is paid; what is less waits for the next time. Null for any amount above zero.
    /// </summary>
    public Money? Minimum { get; init; }

    /// <summary>
    /// Whether it was agreed that what the payee owes back under one contract is set off against what others owe it. If
    /// not, each contract carries its own debt.
    /// </summary>
    public bool SetsOff { get; init; }

    /// <summary>What a payment costs; null for nothing.</summary>
    public RemittanceFee? Fee { get; init; }

    /// <summary>Reads terms.</summary>
    /// <param name="terms">The terms.</param>
    public static RemittanceTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Payee = terms.Value<PartnerId>("payee"),
            Currency = terms.Value<Currency>("currency"),
            Minimum = terms.Optional<Money>("minimum"),
            SetsOff = terms.Flag("setsOff"),
            Fee = terms.OptionalObject("fee", RemittanceFee.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("payee", Payee);
        terms.Value("currency", Currency);
        terms.Value("minimum", Minimum);
        terms.Flag("setsOff", SetsOff);
        terms.Terms("fee", Fee);
    }
}
