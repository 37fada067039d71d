using NodaTime;

namespace PerfMarketing.Testing.Pacing;

/// <summary>What a request costs at which time, such as the price of a click by the hour.</summary>
/// <remarks>A price holds until the next one, and the first one also before its own instant.</remarks>
public sealed class PriceSeries
{
    /// <summary>The greatest price: 10^12 units.</summary>
    public const long PriceMax = 1_000_000_000_000;

    private readonly Instant[] starts;
    private readonly long[] prices;

    /// <summary>A series from its prices, in any order; of several at one instant the last one counts.</summary>
    /// <param name="prices">From when on a request costs how many units; at least one.</param>
    /// <exception cref="ArgumentException">
    /// There is none, or one is not from 1 to <see cref="PriceMax"/>.
    /// </exception>
    public PriceSeries(IEnumerable<(Instant From, long Price)> prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        (Instant From, long Price)[] sorted = [.. prices.OrderBy(static p => p.From)];
        if (sorted.Length == 0 || !sorted.All(static p => p.Price is >= 1 and <= PriceMax))
        {
            throw new ArgumentException($"There are prices from 1 to {PriceMax}.", nameof(prices));
        }

        starts = Array.ConvertAll(sorted, static p => p.From);
        this.prices = Array.ConvertAll(sorted, static p => p.Price);
        Mean = this.prices.Average();
        Least = this.prices.Min();
    }

    /// <summary>The mean of all prices, each counted alike.</summary>
    public double Mean { get; }

    /// <summary>The lowest price.</summary>
    public long Least { get; }

    /// <summary>What a request costs at an instant.</summary>
    /// <param name="at">The instant.</param>
    public long At(Instant at)
    {
        (int low, int high) = (0, starts.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = starts[middle] <= at ? (middle + 1, high) : (low, middle);
        }

        return prices[Math.Max(0, low - 1)];
    }
}
