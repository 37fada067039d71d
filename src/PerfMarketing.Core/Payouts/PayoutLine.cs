using System.Globalization;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>One line of a payout: an amount and the numbers it came from.</summary>
/// <remarks>Lines are numbers, not sentences; the total of a payout is nothing but the sum of its lines.</remarks>
/// <param name="Code">
/// What the line is, in kebab-case: <c>revenue-share</c>, <c>cap</c>, <c>tier-2</c>, <c>rounding</c>.
/// </param>
/// <param name="Amount">What the line adds; negative when it takes away.</param>
public readonly partial record struct PayoutLine(string Code, Accrual Amount) : ITerms
{
    // Kept bare, with a bit for each that is there: lines are kept by the million.
    private readonly decimal quantity;
    private readonly Accrual priced;
    private readonly Percentage rate;
    private readonly long size;
    private readonly int orderLine;
    private readonly Held held;

    private PayoutLine(string code, Accrual amount, Accrual priced, Held held)
        : this(code, amount)
    {
        this.priced = priced;
        this.held = held;
    }

    private PayoutLine(string code, Accrual amount, Accrual priced, decimal factor, Held held)
        : this(code, amount, priced, held)
    {
        rate = Holds(Held.Rate) ? Percentage.FromFraction(factor) : default;
        quantity = Holds(Held.Rate) ? 0 : factor;
    }

    private PayoutLine(string code, Accrual price, decimal units)
        : this(code, price * units, price, Held.Quantity | Held.Base) => quantity = units;

    private PayoutLine(string code, Accrual whole, Percentage rate)
        : this(code, whole * rate, whole, Held.Base | Held.Rate) => this.rate = rate;

    [Flags]
    private enum Held : byte
    {
        None = 0,
        Quantity = 1,
        Base = 2,
        Size = 4,
        Rate = 8,
        OrderLine = 16,
        Repricing = 32,
    }

    /// <summary>How many units were priced; null when the line does not price units.</summary>
    public decimal? Quantity
    {
        get => Holds(Held.Quantity) ? quantity : null;
        init => (quantity, held) = (value.GetValueOrDefault(), With(Held.Quantity, value.HasValue));
    }

    /// <summary>The amount that a rate was applied to, or the price of one unit; null when there is none.</summary>
    public Accrual? Base
    {
        get => Holds(Held.Base) ? priced : null;
        init => (priced, held) = (value.GetValueOrDefault(), With(Held.Base, value.HasValue));
    }

    /// <summary>How many units <see cref="Base"/> is the price of; null means one.</summary>
    public long? Size
    {
        get => Holds(Held.Size) ? size : null;
        init => (size, held) = (value.GetValueOrDefault(), With(Held.Size, value.HasValue));
    }

    /// <summary>The rate that was applied; null when there is none.</summary>
    public Percentage? Rate
    {
        get => Holds(Held.Rate) ? rate : null;
        init => (rate, held) = (value.GetValueOrDefault(), With(Held.Rate, value.HasValue));
    }

    /// <summary>
    /// The position of the order line that is priced, from 0; null when the line is not about one order line.
    /// </summary>
    public int? OrderLine
    {
        get => Holds(Held.OrderLine) ? orderLine : null;
        init => (orderLine, held) = (value.GetValueOrDefault(), With(Held.OrderLine, value.HasValue));
    }

    /// <summary>
    /// Whether the line prices earlier results of the period again, because a tier was crossed: it is posted as an
    /// entry of its own, not as part of the outcome's earning.
    /// </summary>
    public bool IsRepricing
    {
        get => Holds(Held.Repricing);
        init => held = With(Held.Repricing, value);
    }

    /// <summary>A price for each of some units.</summary>
    internal static PayoutLine OfUnits(string code, Accrual price, decimal units) => new(code, price, units);

    /// <summary>A rate of an amount.</summary>
    internal static PayoutLine OfShare(string code, Accrual whole, Percentage rate) => new(code, whole, rate);

    /// <summary>Reads a line as <see cref="Write"/> wrote it.</summary>
    /// <param name="terms">The terms.</param>
    public static PayoutLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("line"), terms.Value<Accrual>("amount"))
        {
            Quantity = terms.OptionalNumber("quantity"),
            Base = terms.Optional<Accrual>("base"),
            Size = terms.OptionalInteger("size"),
            Rate = terms.Optional<Percentage>("rate"),
            OrderLine = terms.Has("orderLine") ? terms.Int("orderLine", 0) : null,
            IsRepricing = terms.Flag("isRepricing"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("line", Code);
        terms.Value("amount", Amount);
        terms.Number("quantity", Quantity);
        terms.Value("base", Base);
        terms.Integer("size", Size);
        terms.Value("rate", Rate);
        terms.Integer("orderLine", OrderLine);
        terms.Flag("isRepricing", IsRepricing);
    }

    /// <summary>
    /// Code and amount, such as <c>cap -40.00 EUR</c>, and the order line, as in <c>revenue-share[0] 4.00 EUR</c>.
    /// </summary>
    public override string ToString() => OrderLine is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"{Code}[{line}] {Amount}")
        : $"{Code} {Amount}";

    private bool Holds(Held part) => (held & part) != 0;

    private Held With(Held part, bool holds) => holds ? held | part : held & ~part;
}
