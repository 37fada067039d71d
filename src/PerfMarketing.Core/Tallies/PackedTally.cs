using System.Runtime.InteropServices;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tallies;

/// <summary>
/// A tally as ledger entries keep it, by the million: in half the space as long as it names no facts and its numbers
/// have at most 64 bits, else in an object of its own.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct PackedTally
{
    private readonly ulong count;
    private readonly ulong quantity;
    private readonly ulong value;
    private readonly ulong accrued;
    private readonly Forms forms;
    private readonly Currency valueCurrency;
    private readonly Currency accruedCurrency;
    private readonly object? whole;

    /// <summary>Packs a tally.</summary>
    /// <param name="tally">The tally.</param>
    public PackedTally(in Tally tally)
    {
        if (!Exact.TryPack(tally.Count, out count, out byte one)
            || !Exact.TryPack(tally.Quantity, out quantity, out byte two)
            || !Exact.TryPack(tally.Value.Amount, out value, out byte three)
            || !Exact.TryPack(tally.Accrued.Amount, out accrued, out byte four)
            || tally.Facts.Count > 0)
        {
            whole = tally;
            return;
        }

        forms = new(one, two, three, four);
        (valueCurrency, accruedCurrency) = (tally.Value.Currency, tally.Accrued.Currency);
    }

    /// <summary>The tally that was packed, to the bit.</summary>
    public Tally Tally => whole is Tally kept ? kept : new(
        Exact.Unpack(count, forms.Count),
        Exact.Unpack(quantity, forms.Quantity),
        new(Exact.Unpack(value, forms.Value), valueCurrency),
        new(Exact.Unpack(accrued, forms.Accrued), accruedCurrency));

    // Sign and scale of each number.
    private readonly record struct Forms(byte Count, byte Quantity, byte Value, byte Accrued);
}
