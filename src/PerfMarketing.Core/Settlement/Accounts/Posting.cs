using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>
/// One side of an entry group: a credit or a debit of an account of the group's contract and partner.
/// </summary>
/// <param name="Kind">The account.</param>
/// <param name="Amount">A credit when above zero, a debit when below.</param>
public readonly record struct Posting(AccountKind Kind, Money Amount) : ITerms
{
    /// <summary>Reads a posting.</summary>
    /// <param name="terms">The terms.</param>
    public static Posting Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum<AccountKind>("kind"), terms.Value<Money>("amount"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("kind", Kind);
        terms.Value("amount", Amount);
    }

    /// <summary>Account and amount.</summary>
    public override string ToString() => $"{Kind} {Amount}";
}
