using PerfMarketing.Monetary;

namespace PerfMarketing.Events;

/// <summary>What each line of an order is worth: its net less its share of the order's discount.</summary>
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
}
