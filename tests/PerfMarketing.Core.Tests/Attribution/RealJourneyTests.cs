using System.Globalization;
using System.Numerics;
using NodaTime.Text;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using Xunit.Abstractions;

namespace PerfMarketing.Tests.Attribution;

public sealed class RealJourneyTests(ITestOutputHelper output)
{
    private const string Absent = "../shared/data is not there: nothing to compare with.";

    // Conversions by channel over the example data of ChannelAttribution 2.2.4: first, last, linear (to 9 decimals).
    private static readonly (string Channel, int First, int Last, decimal Linear)[] PathData =
    [
        ("alpha", 6308, 8447, 7574.718593751m), ("iota", 4606, 3355, 3857.096221018m),
        ("eta", 3164, 4167, 3539.951157101m), ("beta", 2831, 989, 2083.500144589m),
        ("theta", 1606, 653, 1022.801393904m), ("lambda", 902, 1207, 1035.257572286m),
        ("epsilon", 99, 531, 272.170437720m), ("zeta", 27, 107, 136.551540466m),
        ("kappa", 74, 230, 137.964077922m), ("gamma", 165, 92, 121.041639020m),
        ("delta", 1, 5, 1.725m), ("mi", 2, 2, 2.222222222m),
    ];

    [Fact]
    public void Paths_give_the_channels_of_the_reference_their_conversions()
    {
        if (SharedLogs.Rows("channelattribution_pathdata.csv.gz") is not { } rows)
        {
            output.WriteLine(Absent);
            return;
        }

        Dictionary<string, decimal> first = Credits(rows, new FirstTouch());
        Dictionary<string, decimal> last = Credits(rows, new LastTouch());
        Dictionary<string, decimal> linear = Credits(rows, new Linear());
        foreach ((string channel, int firstCount, int lastCount, decimal linearCount) in PathData)
        {
            first[channel].Should().Be(firstCount, channel);
            last[channel].Should().Be(lastCount, channel);
            linear[channel].Should().BeApproximately(linearCount, 0.000_000_001m, channel);
        }
    }

    [Fact]
    public void A_log_where_rows_are_touches_and_conversions_credits_each_conversion_once()
    {
        if (SharedLogs.Rows("si05_attribution_events.csv.gz") is not { } rows)
        {
            output.WriteLine(Absent);
            return;
        }

        Dictionary<string, int> own = rows.Where(static r => r[3] == "1")
            .GroupBy(static r => r[5]).ToDictionary(static g => g.Key, static g => g.Count());
        Dictionary<string, Dictionary<long, BigInteger>> last =
            LogCredits(rows, new LastTouch { CutAtConversion = true });

        // The converting row is itself the last touch of its journey.
        last.ToDictionary(static c => c.Key, static c => (int)c.Value[1]).Should().Equal(own);
        Sum(LogCredits(rows, new Linear { CutAtConversion = true })).Should().Be((1_838, 1));
        Sum(LogCredits(rows, new PositionBased { CutAtConversion = true })).Should().Be((1_838, 1));
    }

    private static Dictionary<string, decimal> Credits(string[][] rows, AttributionRule rule)
    {
        Dictionary<string, decimal> credits = [];
        foreach (string[] row in rows)
        {
            string[] path = row[0].Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            JourneyTouch[] touches =
                [.. path.Select(static c => new JourneyTouch { At = Journeys.Start, Partner = new(c) })];
            foreach (Credit credit in Attributor.Assign(rule, touches, Journeys.Conversion(0)).Credits)
            {
                credits.TryGetValue(credit.Partner.Value, out decimal sum);
                decimal conversions = int.Parse(row[1], CultureInfo.InvariantCulture);
                credits[credit.Partner.Value] = sum + (conversions * credit.Weight / credit.Total);
            }
        }

        return credits;
    }

    // By channel, then by total: sums of weights, so that nothing is rounded.
    private static Dictionary<string, Dictionary<long, BigInteger>> LogCredits(string[][] rows, AttributionRule rule)
    {
        Dictionary<string, Dictionary<long, BigInteger>> credits = [];
        var events = rows.Select(static (row, i) => (Row: row, Touch: new JourneyTouch
        {
            At = InstantPattern.General.Parse(row[1]).Value,
            Sequence = i,
            Partner = new(row[5]),
        }));
        foreach (var customer in events.GroupBy(static e => e.Row[0]))
        {
            JourneyTouch[] touches = [.. customer.Select(static e => e.Touch)];
            JourneyCut? previous = null;
            foreach (JourneyTouch own in customer.Where(static e => e.Row[3] == "1").Select(static e => e.Touch)
                .OrderBy(static t => t.At).ThenBy(static t => t.Sequence))
            {
                ConversionPoint conversion =
                    new() { At = own.At, KnownAt = own.At, Sequence = own.Sequence, Previous = previous };
                foreach (Credit credit in Attributor.Assign(rule, touches, conversion).Credits)
                {
                    credits.TryAdd(credit.Partner.Value, []);
                    Dictionary<long, BigInteger> sums = credits[credit.Partner.Value];
                    sums[credit.Total] = sums.GetValueOrDefault(credit.Total) + credit.Weight;
                }

                previous = new(own.At, own.Sequence);
            }
        }

        return credits;
    }

    private static (BigInteger Numerator, BigInteger Denominator) Sum(
        Dictionary<string, Dictionary<long, BigInteger>> credits)
    {
        BigInteger above = 0;
        BigInteger below = 1;
        foreach ((long total, BigInteger weight) in credits.Values.SelectMany(static c => c))
        {
            above = (above * total) + (weight * below);
            below *= total;
            BigInteger divisor = BigInteger.GreatestCommonDivisor(above, below);
            (above, below) = (above / divisor, below / divisor);
        }

        return (above, below);
    }
}
