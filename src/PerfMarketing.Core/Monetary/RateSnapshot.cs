using System.Numerics;
using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>An exchange rate as it was at an instant: the only way from one currency to another.</summary>
/// <remarks>
/// Immutable, and kept with every amount it priced. A correction does not convert again: it reuses the amounts that
/// were booked, so that a full reversal nets to zero whatever the rate is by then. When a snapshot is missing, the
/// result waits; it is never converted at 1. Terms <c>id, from, to, rate, source, at</c>.
/// </remarks>
public sealed record RateSnapshot : ITerms
{
    /// <summary>The most decimals of <see cref="Rate"/>.</summary>
    public const int DecimalsMax = 9;

    /// <summary>The greatest <see cref="Rate"/>: 10^9.</summary>
    public const decimal RateMax = 1_000_000_000m;

    /// <summary>The most characters of <see cref="Id"/> and <see cref="Source"/>.</summary>
    public const int TextLengthMax = 64;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="id">Its id, 1 to 64 printable ASCII characters.</param>
    /// <param name="from">The currency that is converted.</param>
    /// <param name="to">The currency it becomes; another one.</param>
    /// <param name="rate">How much of the new currency one unit of the old is; above 0, at most 9 decimals.</param>
    /// <param name="source">Who published the rate, 1 to 64 printable ASCII characters.</param>
    /// <param name="at">The instant the rate is of.</param>
    /// <exception cref="ArgumentException">One of the values is out of its range.</exception>
    public RateSnapshot(string id, Currency from, Currency to, decimal rate, string source, Instant at)
    {
        if (Problem(id, from, to, rate, source) is var (name, message))
        {
            throw new ArgumentException(message, name);
        }

        (Id, From, To, Rate, Source, At) = (id, from, to, rate, source, at);
    }

    /// <summary>The id that entries cite.</summary>
    public string Id { get; }

    /// <summary>The currency that is converted.</summary>
    public Currency From { get; }

    /// <summary>The currency it becomes.</summary>
    public Currency To { get; }

    /// <summary>How much of <see cref="To"/> one unit of <see cref="From"/> is.</summary>
    public decimal Rate { get; }

    /// <summary>Who published the rate.</summary>
    public string Source { get; }

    /// <summary>The instant the rate is of.</summary>
    public Instant At { get; }

    /// <summary>Reads a snapshot.</summary>
    /// <param name="terms">Its terms.</param>
    /// <returns>The snapshot; null when a failure was noted.</returns>
    public static RateSnapshot Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string id = terms.Text("id");
        Currency from = terms.Value<Currency>("from");
        Currency to = terms.Value<Currency>("to");
        decimal rate = terms.Number("rate");
        string source = terms.Text("source");
        Instant at = terms.Instant("at");
        if (Problem(id, from, to, rate, source) is not var (name, message))
        {
            return new(id, from, to, rate, source, at);
        }

        if (terms.Has(name))
        {
            terms.Fail(name, TermCodes.Malformed, message);
        }

        return null!;
    }

    /// <summary>The exact amount in the other currency; it is priced, capped and only then rounded.</summary>
    /// <param name="amount">An amount in <see cref="From"/>.</param>
    /// <exception cref="CurrencyMismatchException">The amount is in another currency.</exception>
    /// <exception cref="InexactArithmeticException">The product has more digits than a decimal holds.</exception>
    public Accrual Convert(Accrual amount) => new(Exact.Multiply(amount.Amount, Rate), Pair(amount.Currency, From, To));

    /// <summary>The amount in <see cref="From"/> that an amount in <see cref="To"/> is worth, rounded once.</summary>
    /// <remarks>
    /// For reports. It does not undo a conversion that was rounded; a reversal reuses the booked amount.
    /// </remarks>
    /// <param name="amount">An amount in <see cref="To"/>.</param>
    /// <param name="mode">Where a digit that does not fit goes.</param>
    /// <exception cref="CurrencyMismatchException">The amount is in another currency.</exception>
    /// <exception cref="OverflowException">The result is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public Money ConvertBack(Accrual amount, RoundingMode mode = RoundingMode.HalfAwayFromZero)
    {
        Currency currency = Pair(amount.Currency, To, From);
        BigInteger units = Exact.Divide(
            (BigInteger)Exact.Mantissa(amount.Amount) * decimal.Sign(amount.Amount)
                * BigInteger.Pow(10, Rate.Scale + currency.MinorDigits),
            (BigInteger)Exact.Mantissa(Rate) * BigInteger.Pow(10, amount.Amount.Scale),
            mode);
        return Money.FromMinor((long)units, currency);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Value("from", From);
        terms.Value("to", To);
        terms.Number("rate", Rate);
        terms.Value("source", Source);
        terms.Instant("at", At);
    }

    private static Currency Pair(Currency found, Currency expected, Currency other) =>
        found == expected ? other : throw new CurrencyMismatchException(found, expected);

    private static (string Name, string Message)? Problem(
        string id, Currency from, Currency to, decimal rate, string source)
    {
        const string Text = "One to 64 printable ASCII characters are expected.";
        return !IsText(id) ? ("id", Text)
            : !IsText(source) ? ("source", Text)
            : from.IsUnset ? ("from", "A rate has a currency that it converts.")
            : to.IsUnset || to == from ? ("to", "A rate converts into another currency.")
            : rate is <= 0 or > RateMax || decimal.Round(rate, DecimalsMax) != rate
                ? ("rate", "A rate is above 0, at most 10^9, with at most 9 decimals.")
            : null;
    }

    private static bool IsText(string? text) =>
        text is { Length: > 0 and <= TextLengthMax } && text.All(static c => c is > ' ' and <= '~');
}
