using PerfMarketing.Monetary;

namespace PerfMarketing.Events;

/// <summary>
/// What each line of an order is worth: its net less its share of the order's discount, made to sum to the stated
/// value.
/// </summary>
internal static class OrderValues
{
    internal static EventChecks Check(Outcome outcome, EventChecks checks)
    {
        Int128 net = 0;
        foreach (OrderLine line in outcome.Lines)
        {
            net += line.Net.MinorUnits;
        }

        return checks
            .Require(net <= Money.MinorUnitsMax, EventCodes.AmountTooGreat, "lines")
            .Require((outcome.Totals?.Discount?.MinorUnits ?? 0) <= net, EventCodes.DiscountTooGreat,
                "totals.discount");
    }

    /// <summary>The stated value; without one, the sum of the lines less the order's discount.</summary>
    internal static Money? ValueOf(Outcome outcome) => outcome.Value
        ?? (outcome.Lines.Count > 0 ? Money.FromMinor(WeightsOf(outcome).Sum(), outcome.Lines[0].Net.Currency) : null);

    /// <summary>
    /// What each line costs after its share of the order's discount; one weight when there are no lines.
    /// </summary>
    internal static long[] WeightsOf(Outcome outcome)
    {
        if (outcome.Lines.Count == 0)
        {
            return [1];
        }

        var net = new long[outcome.Lines.Count];
        for (int i = 0; i < net.Length; i++)
        {
            net[i] = outcome.Lines[i].Net.MinorUnits;
        }

        if (outcome.Totals?.Discount is { MinorUnits: > 0 } discount)
        {
            long[] shares = Allocation.Split(discount.MinorUnits, net);
            for (int i = 0; i < net.Length; i++)
            {
                net[i] -= shares[i];
            }
        }

        return net;
    }

    internal static FoldedLine[] LinesOf(Outcome outcome)
    {
        if (outcome.Lines.Count == 0)
        {
            return outcome.Value is { } value ? [new(value.MinorUnits, 1)] : [];
        }

        FoldedLine[] lines = [.. outcome.Lines.Select(static l => new FoldedLine(0, l.Quantity))];
        return Spread(ValueOf(outcome)!.Value.MinorUnits, WeightsOf(outcome), lines);
    }

    /// <summary>The lines with a value spread over them; equally when none of them costs anything.</summary>
    internal static FoldedLine[] Spread(long value, long[] weights, FoldedLine[] lines)
    {
        bool free = Array.TrueForAll(weights, static w => w == 0);
        long[] parts = Allocation.Split(value, free ? Array.ConvertAll(weights, static _ => 1L) : weights);
        return [.. lines.Select((line, i) => line with { Worth = parts[i] })];
    }
}
