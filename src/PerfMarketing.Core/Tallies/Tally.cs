using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tallies;

/// <summary>What has been counted so far for one contract, clause, partner and period.</summary>
/// <remarks>
/// Tallies count credit, not heads: an outcome with two fifths of the credit adds 0.4. All parts are exact; a tally is
/// never rounded. Two tallies of the same key may be added: the order of outcomes does not matter to the sums.
/// </remarks>
/// <param name="Count">Credited outcomes, with at most 12 decimals.</param>
/// <param name="Quantity">Credited quantity, with at most 12 decimals.</param>
/// <param name="Value">Credited value of the outcomes.</param>
/// <param name="Accrued">The exact payout so far: the P of cumulative clauses.</param>
public readonly record struct Tally(decimal Count, decimal Quantity, Accrual Value, Accrual Accrued) : ITerms
{
    /// <summary>Credited sums of the numeric facts that the clause measures, in the order of their names.</summary>
    public ValueList<TallyFact> Facts
    {
        get => field ?? ValueList<TallyFact>.Empty;
        init => field = value is { Count: > 0 } ? value : null;
    }

    /// <summary>Whether nothing was counted yet.</summary>
    public bool IsEmpty => Count == 0 && Quantity == 0;

    /// <summary>The sum of two tallies of one key.</summary>
    public static Tally operator +(Tally left, Tally right) => new(
        left.Count + right.Count,
        left.Quantity + right.Quantity,
        left.Value + right.Value,
        left.Accrued + right.Accrued)
    {
        Facts = Merge(left.Facts, right.Facts),
    };

    /// <summary>The difference of two tallies of one key.</summary>
    public static Tally operator -(Tally left, Tally right) => left + -right;

    /// <summary>The tally the other way: what takes another one back.</summary>
    public static Tally operator -(Tally value) => new(-value.Count, -value.Quantity, -value.Value, -value.Accrued)
    {
        Facts = [.. value.Facts.Select(static f => f with { Amount = -f.Amount })],
    };

    /// <summary>Nothing counted yet.</summary>
    /// <param name="currency">The contract's currency.</param>
    public static Tally Zero(Currency currency) => new(0, 0, Accrual.Zero(currency), Accrual.Zero(currency));

    /// <summary>Reads a tally as <see cref="Write"/> wrote it.</summary>
    /// <param name="terms">The terms.</param>
    public static Tally Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Number("count"),
            terms.Number("quantity"),
            terms.Value<Accrual>("value"),
            terms.Value<Accrual>("accrued"))
        {
            Facts = terms.List("facts", TallyFact.Read),
        };
    }

    /// <summary>What has been counted by a measure; 0 for what tallies do not hold, such as other legs.</summary>
    /// <param name="measure">The measure.</param>
    public decimal Of(Measure measure) => measure.Kind switch
    {
        MeasureKind.Count => Count,
        MeasureKind.Quantity => Quantity,
        MeasureKind.Value => Value.Amount,
        MeasureKind.Payout => Accrued.Amount,
        MeasureKind.Fact => FactOf(measure.Name),
        _ => 0,
    };

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Number("count", Count);
        terms.Number("quantity", Quantity);
        terms.Value("value", Value);
        terms.Value("accrued", Accrued);
        terms.List("facts", Facts);
    }

    private decimal FactOf(string name)
    {
        foreach (TallyFact fact in Facts)
        {
            if (string.Equals(fact.Name, name, StringComparison.Ordinal))
            {
                return fact.Amount;
            }
        }

        return 0;
    }

    // Facts are few and mostly the same on both sides.
    private static ValueList<TallyFact> Merge(ValueList<TallyFact> left, ValueList<TallyFact> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }

        return [.. left.Concat(right).GroupBy(static f => f.Name, StringComparer.Ordinal)
            .Select(static g => new TallyFact(g.Key, g.Sum(static f => f.Amount)))
            .OrderBy(static f => f.Name, StringComparer.Ordinal)];
    }
}
