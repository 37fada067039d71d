using System.Runtime.InteropServices;
using PerfMarketing.Monetary;

namespace PerfMarketing.Payouts;

/// <content>How entries keep single lines.</content>
public readonly partial record struct PayoutLine
{
    /// <summary>
    /// A line as entries keep it by the million: in half the space as long as it is a price of units or a share of an
    /// amount, with numbers of at most 64 bits; else in an object of its own.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly struct Packed
    {
        // The code; or the whole line, when it is not packed.
        private readonly object? name;
        private readonly ulong amount;
        private readonly ulong priced;
        private readonly ulong factor;
        private readonly byte amountForm;
        private readonly byte pricedForm;
        private readonly byte factorForm;
        private readonly Held held;
        private readonly Currency currency;
        private readonly Currency pricedCurrency;

        /// <summary>Packs a line.</summary>
        /// <param name="line">The line.</param>
        public Packed(in PayoutLine line)
        {
            decimal by = line.Holds(Held.Rate) ? line.rate.Fraction : line.quantity;
            if ((line.held & (Held.Size | Held.OrderLine)) != 0
                || (line.Holds(Held.Rate) && line.Holds(Held.Quantity))
                || !Exact.TryPack(line.Amount.Amount, out amount, out amountForm)
                || !Exact.TryPack(line.priced.Amount, out priced, out pricedForm)
                || !Exact.TryPack(by, out factor, out factorForm))
            {
                name = line;
                return;
            }

            (name, held, currency, pricedCurrency) =
                (line.Code, line.held, line.Amount.Currency, line.priced.Currency);
        }

        /// <summary>The line that was packed, to the bit.</summary>
        public PayoutLine Line => name is PayoutLine whole
            ? whole
            : new(
                (string)name!,
                new(Exact.Unpack(amount, amountForm), currency),
                new(Exact.Unpack(priced, pricedForm), pricedCurrency),
                Exact.Unpack(factor, factorForm),
                held);
    }
}
