using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Settle;

/// <summary>What the outcomes of a log are worth together, where an amount cannot hold it.</summary>
internal static class Worth
{
    /// <summary>Says which outcomes are worth too much to be summed.</summary>
    /// <param name="state">The outcomes.</param>
    /// <returns>The currency and the outcome that is worth most in it; null when all sums fit.</returns>
    public static string? WhyTooGreat(CampaignState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Dictionary<Currency, (Int128 Sum, OutcomeState Greatest, Money Value)> sums = [];
        foreach (OutcomeState known in state.Outcomes)
        {
            if (known.Outcome is not { } outcome || ValueOf(outcome) is not { } value)
            {
                continue;
            }

            (Int128 sum, OutcomeState greatest, Money most) =
                sums.TryGetValue(value.Currency, out var found) ? found : (0, known, value);
            bool isGreater = value > most || (value == most && known.Id.CompareTo(greatest.Id) < 0);
            sums[value.Currency] = (
                sum + value.MinorUnits, isGreater ? known : greatest, isGreater ? value : most);
        }

        return sums.OrderBy(static s => s.Key.Code, StringComparer.Ordinal)
            .Where(static s => s.Value.Sum > Money.MinorUnitsMax)
            .Select(static s =>
                $"What the outcomes are worth is, summed in {s.Key}, more than an amount can be; the greatest is"
                + $" {s.Value.Greatest.Id} with {s.Value.Value}.")
            .FirstOrDefault();
    }

    private static Money? ValueOf(Outcome outcome)
    {
        try
        {
            return OutcomeTruth.Of(outcome).OriginalValue;
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }
}
