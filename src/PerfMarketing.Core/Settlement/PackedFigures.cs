using System.Runtime.InteropServices;
using PerfMarketing.Monetary;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>
/// What an earning was priced from, as it is kept by the million: value and quantity, what was tallied before and what
/// it counts. In half the space as long as there is one outcome of one currency without facts, and its numbers have at
/// most 64 bits; else in an object of its own.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct PackedFigures
{
    private readonly ulong beforeCount;
    private readonly ulong beforeQuantity;
    private readonly ulong beforeValue;
    private readonly ulong beforeAccrued;
    private readonly ulong quantity;
    private readonly ulong value;
    private readonly ulong accrued;
    private readonly Forms before;
    private readonly Forms counts;
    private readonly Currency currency;
    private readonly Whole? whole;

    /// <summary>Packs what is priced, before it is.</summary>
    /// <param name="value">The value that is priced.</param>
    /// <param name="quantity">The quantity that is priced.</param>
    public PackedFigures(in Accrual value, decimal quantity)
    {
        if (!Exact.TryPack(quantity, out this.quantity, out byte one)
            || !Exact.TryPack(value.Amount, out this.value, out byte two))
        {
            Tally none = Tally.Zero(value.Currency);
            whole = new(none, none, value, quantity);
            return;
        }

        (counts, currency) = (new(0, one, two, 0), value.Currency);
    }

    /// <summary>Packs what was priced.</summary>
    /// <param name="before">What was tallied before.</param>
    /// <param name="counted">What the earning adds.</param>
    /// <param name="value">The value that was priced.</param>
    /// <param name="quantity">The quantity that was priced.</param>
    public PackedFigures(in Tally before, in Tally counted, in Accrual value, decimal quantity)
    {
        if (!Exact.TryPack(before.Count, out beforeCount, out byte one)
            || !Exact.TryPack(before.Quantity, out beforeQuantity, out byte two)
            || !Exact.TryPack(before.Value.Amount, out beforeValue, out byte three)
            || !Exact.TryPack(before.Accrued.Amount, out beforeAccrued, out byte four)
            || !Exact.TryPack(counted.Count, out ulong count, out byte zero)
            || !Exact.TryPack(quantity, out this.quantity, out byte five)
            || !Exact.TryPack(value.Amount, out this.value, out byte six)
            || !Exact.TryPack(counted.Accrued.Amount, out accrued, out byte seven)
            || !Exact.IsSame(counted.Quantity, quantity) || !Exact.IsSame(counted.Value.Amount, value.Amount)
            || count > byte.MaxValue || zero != 0
            || before.Facts.Count + counted.Facts.Count > 0
            || !IsOne(value.Currency, before, counted))
        {
            whole = new(before, counted, value, quantity);
            return;
        }

        (this.before, counts) = (new(one, two, three, four), new((byte)count, five, six, seven));
        currency = value.Currency;
    }

    /// <summary>The value, to the bit.</summary>
    public Accrual Value => whole is null ? new(Exact.Unpack(value, counts.Value), currency) : whole.Value;

    /// <summary>The quantity, to the bit.</summary>
    public decimal Quantity => whole is null ? Exact.Unpack(quantity, counts.Quantity) : whole.Quantity;

    /// <summary>What was tallied before, to the bit.</summary>
    public Tally Before => whole is null
        ? new(
            Exact.Unpack(beforeCount, before.Count),
            Exact.Unpack(beforeQuantity, before.Quantity),
            new(Exact.Unpack(beforeValue, before.Value), currency),
            new(Exact.Unpack(beforeAccrued, before.Accrued), currency))
        : whole.Before;

    /// <summary>What the earning adds, to the bit.</summary>
    public Tally Counted => whole is null
        ? new(counts.Count, Quantity, Value, new(Exact.Unpack(accrued, counts.Accrued), currency))
        : whole.Counted;

    /// <summary>The same of another value or quantity.</summary>
    public PackedFigures With(in Accrual value, decimal quantity) => new(Before, Counted, value, quantity);

    /// <summary>The same between other tallies.</summary>
    public PackedFigures With(in Tally before, in Tally counted) => new(before, counted, Value, Quantity);

    private static bool IsOne(Currency currency, in Tally before, in Tally counted) =>
        before.Value.Currency == currency && before.Accrued.Currency == currency
        && counted.Value.Currency == currency && counted.Accrued.Currency == currency;

    // Sign and scale of each number; of what is counted, the count itself.
    private readonly record struct Forms(byte Count, byte Quantity, byte Value, byte Accrued);

    private sealed record Whole(Tally Before, Tally Counted, Accrual Value, decimal Quantity);
}
