using PerfMarketing.Payouts;

namespace PerfMarketing.Tests.Contracts.Oracle;

/// <summary>What a tally holds, exact.</summary>
internal readonly record struct OracleTally(Fraction Count, Fraction Quantity, Fraction Value)
{
    public static OracleTally Zero { get; } = new(0, 0, 0);

    public bool IsEmpty => Count == 0 && Quantity == 0;

    public static OracleTally operator +(OracleTally a, OracleTally b) =>
        new(a.Count + b.Count, a.Quantity + b.Quantity, a.Value + b.Value);
}

/// <summary>One outcome as a model sees it.</summary>
internal readonly record struct OracleContext(
    Fraction Value, Fraction Quantity, Fraction Share, OracleTally Before, OracleTally Counted)
{
    /// <summary>The numeric fact of the outcome; null when it is not known.</summary>
    public Fraction? Fact { get; init; }

    /// <summary>How many outcomes of the customer the partner was paid for before.</summary>
    public int PaidBefore { get; init; }

    /// <summary>How many whole months ago the first of them was.</summary>
    public int Months { get; init; }
}

/// <summary>What an outcome is worth itself, and what it makes earlier ones worth more.</summary>
internal readonly record struct OraclePrice(Fraction Own, Fraction Repriced)
{
    public static OraclePrice Of(Fraction own) => new(own, 0);
}

/// <summary>A payout model of the library and, beside it, what it should pay.</summary>
/// <param name="Model">The library's model.</param>
/// <param name="UsesTally">Whether it reads the tally.</param>
/// <param name="Price">
/// What it should pay: of the whole outcome, or of the credited part when it reads the tally.
/// </param>
internal sealed record OracleModel(PayoutModel Model, bool UsesTally, Func<OracleContext, OraclePrice> Price)
{
    /// <summary>What a part is worth inside a cumulative whole: one that knows no tally is shared by credit.</summary>
    public OraclePrice Credited(in OracleContext context)
    {
        OraclePrice price = Price(context);
        return UsesTally || context.Share == 1 ? price : OraclePrice.Of((price.Own * context.Share).Rounded(12));
    }
}
