using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What each line of an order is worth under the terms of a clause, and what of it is kept.</summary>
internal static class OrderParts
{
    /// <summary>
    /// The commissionable lines: without terms what the outcome's truth says is kept. Lines of which nothing is kept
    /// are no lines any more.
    /// </summary>
    internal static ValueList<CommissionableLine> LinesOf(
        CommissionableAmount? terms, Outcome outcome, OutcomeTruth truth)
    {
        if (truth.Lines.Count == 0)
        {
            return [];
        }

        long[]? amounts = terms is null ? null : AmountsOf(terms, outcome);
        FoldedLine[] first = terms is null ? [] : OrderValues.LinesOf(outcome);
        List<CommissionableLine> lines = new(truth.Lines.Count);
        foreach (LineTruth line in truth.Lines)
        {
            OrderLine ordered = outcome.Lines[line.Line];
            if (line.KeptQuantity == 0 || (terms is not null && !Exclusions.Of(terms, ordered).IsIn))
            {
                continue;
            }

            Money kept = amounts is null
                ? line.Kept
                : Money.FromMinor(Keep(amounts[line.Line], line, first[line.Line]), line.Kept.Currency);
            lines.Add(new(ordered.Sku, ordered.Category, ordered.Brand, line.KeptQuantity, kept)
            {
                OrderLine = line.Line,
            });
        }

        return lines.ToValueList();
    }

    /// <summary>The parts that the terms ask for, but the outcome does not state.</summary>
    internal static IEnumerable<Reason> NotStated(CommissionableAmount terms, Outcome outcome)
    {
        OrderTotals totals = outcome.Totals ?? new();
        bool discounted = totals.Discount is not null || outcome.Lines.Any(static l => l.Discount is not null);
        (string Term, bool IsAsked, bool IsStated)[] parts =
        [
            ("tax", terms.Tax == Inclusion.In, outcome.Lines.All(static l => l.Tax is not null)),
            ("shipping", terms.Shipping == Inclusion.In, totals.Shipping is not null),
            ("fees", terms.Fees == Inclusion.In, totals.Fees is not null),
            ("giftCards", terms.GiftCards == Inclusion.Out, totals.GiftCard is not null),
            ("discounts", terms.Discounts == Inclusion.In, discounted),
        ];
        return parts.Where(static p => p.IsAsked && !p.IsStated)
            .Select(static p => Reason.Of(CommissionableReasons.NotStated, ("term", p.Term)));
    }

    // What each line counts before anything came back, excluded ones too: they carry their share of the whole order.
    private static long[] AmountsOf(CommissionableAmount terms, Outcome outcome)
    {
        long[] paid = OrderValues.WeightsOf(outcome);
        long[] amounts = [.. paid];
        for (int i = 0; i < amounts.Length; i++)
        {
            OrderLine line = outcome.Lines[i];
            if (terms.Discounts == Inclusion.In)
            {
                amounts[i] = line.Net.MinorUnits + Minor(line.Discount);
            }

            amounts[i] += terms.Tax == Inclusion.In ? Minor(line.Tax) : 0;
        }

        OrderTotals totals = outcome.Totals ?? new();
        Spread(terms.Shipping == Inclusion.In ? Minor(totals.Shipping) : 0, paid, amounts);
        Spread(terms.Fees == Inclusion.In ? Minor(totals.Fees) : 0, paid, amounts);
        if (terms.GiftCards == Inclusion.Out)
        {
            Spread(-Math.Min(Minor(totals.GiftCard), amounts.Sum()), amounts, amounts);
        }

        return amounts;
    }

    private static long Minor(Money? amount) => amount?.MinorUnits ?? 0;

    // By what the lines cost; equally when they cost nothing.
    private static void Spread(long whole, long[] weights, long[] amounts)
    {
        if (whole == 0)
        {
            return;
        }

        bool free = Array.TrueForAll(weights, static w => w == 0);
        long[] parts = Allocation.Split(whole, free ? Array.ConvertAll(weights, static _ => 1L) : weights);
        for (int i = 0; i < amounts.Length; i++)
        {
            amounts[i] += parts[i];
        }
    }

    // The fraction that is kept of what the line was worth at first. A free line keeps its parts by pieces, and what it
    // was restated to be worth is added.
    private static long Keep(long amount, LineTruth line, FoldedLine first) => first.Worth > 0
        ? Scale(amount, line.Kept.MinorUnits, first.Worth)
        : Scale(amount, FoldedLine.Scale(line.KeptQuantity), FoldedLine.Scale(first.Quantity)) + line.Kept.MinorUnits;

    private static long Scale(long amount, Int128 part, Int128 whole) =>
        (long)(((2 * amount * part) + whole) / (2 * whole));
}
