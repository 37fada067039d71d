using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>How what a contract owes is settled: in which periods, from which amount on, and by when.</summary>
public sealed record SettlementTerms : ITerms
{
    /// <summary>By calendar month, from the first minor unit on, without a reserve; debts are carried.</summary>
    public static SettlementTerms Default { get; } = new();

    /// <summary>The period of a statement: week, half-month, month (the default) or quarter.</summary>
    public PeriodUnit Per { get; init; } = PeriodUnit.Month;

    /// <summary>
    /// What is payable is carried until it is at least this much; null, the default, carries nothing.
    /// </summary>
    public Money? Threshold { get; init; }

    /// <summary>When a statement is due; null, the default, says nothing.</summary>
    public PaymentDue? Due { get; init; }

    /// <summary>What becomes of a balance that is owed back; carried by default.</summary>
    public NegativeBalance Negative { get; init; }

    /// <summary>What is withheld for a time; null, the default, withholds nothing.</summary>
    public ReserveTerms? Reserve { get; init; }

    /// <summary>Whether partners are paid before the payer has paid; independently by default.</summary>
    public PaymentExposure Exposure { get; init; }

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static SettlementTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Per = terms.Enum("per", PeriodUnit.Month),
            Threshold = terms.Optional<Money>("threshold"),
            Due = terms.OptionalObject("due", PaymentDue.Read),
            Negative = terms.Enum("negative", NegativeBalance.Carry),
            Reserve = terms.OptionalObject("reserve", ReserveTerms.Read),
            Exposure = terms.Enum("exposure", PaymentExposure.Independent),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("per", Per, PeriodUnit.Month);
        terms.Value("threshold", Threshold);
        terms.Terms("due", Due);
        terms.Enum("negative", Negative, NegativeBalance.Carry);
        terms.Terms("reserve", Reserve);
        terms.Enum("exposure", Exposure, PaymentExposure.Independent);
    }
}
