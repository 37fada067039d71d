using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>What a payment costs, and who bears it.</summary>
/// <remarks>
/// The fee is the fixed part and the rate on what is beyond the free amount, rounded once, half away from zero. A
/// payment that reaches <see cref="Below"/> costs nothing and leaves the free amount as it is.
/// </remarks>
public sealed record RemittanceFee : ITerms
{
    /// <summary>An amount for each payment; null for none. Not below zero.</summary>
    public Money? Fixed { get; init; }

    /// <summary>A part of the total; null for none. From 0 to 100 %.</summary>
    public Percentage? Rate { get; init; }

    /// <summary>How much in all, over all remittances, is free of the rate; null for nothing.</summary>
    public Money? Free { get; init; }

    /// <summary>The total from which on a payment costs nothing; null when each costs. Above zero.</summary>
    public Money? Below { get; init; }

    /// <summary>Who bears the fee; the payer by default.</summary>
    public FeeBearer Bearer { get; init; }

    /// <summary>The fee of a payment.</summary>
    /// <param name="total">What is paid, above zero.</param>
    /// <param name="freeUsed">How much of the free amount was used up before.</param>
    public ChargedFee On(Money total, Money freeUsed)
    {
        Money none = Money.Zero(total.Currency);
        if (Below is { } least && total >= least)
        {
            return new(Bearer, none, none);
        }

        Money left = Money.Max((Free ?? none) - freeUsed, none);
        Money free = Rate is null ? none : Money.Min(left, total);
        Money charged = total - free;
        Accrual exact = (Accrual)(Fixed ?? none) + (charged * (Rate ?? default));
        return new(Bearer, free, exact.Round());
    }

    /// <summary>Reads a fee.</summary>
    /// <param name="terms">The terms.</param>
    public static RemittanceFee Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Fixed = terms.Optional<Money>("fixed"),
            Rate = terms.Optional<Percentage>("rate"),
            Free = terms.Optional<Money>("free"),
            Below = terms.Optional<Money>("below"),
            Bearer = terms.Enum("bearer", FeeBearer.Payer),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("fixed", Fixed);
        terms.Value("rate", Rate);
        terms.Value("free", Free);
        terms.Value("below", Below);
        terms.Enum("bearer", Bearer, FeeBearer.Payer);
    }
}
