using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PerfMarketing.Attribution.DataDriven.Numerics;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>One fitting of a <see cref="ShapleyModel"/>.</summary>
internal sealed class ShapleyFit(PathCounts paths)
{
    private const int HalfBits = 32;

    // A set of so many channels is a number.
    private const int FewCount = 64;

    private readonly PathRows rows = paths.Rows;
    private readonly int count = paths.Channels.Count;

    /// <summary>Fits a game whose number of channels was checked.</summary>
    internal ShapleyModel? Fit(ShapleyGame game, out Reason? refusal)
    {
        refusal = null;
        (double[] Worth, double[] Credit, double?[] Value) found;
        switch (game)
        {
            case ShapleyGame.Coverage:
                found = Coverage();
                break;
            case ShapleyGame.ExactSetRate when ExactSets() is { } exact:
                found = exact;
                break;
            case ShapleyGame.ExactSetRate:
                refusal = Reason.Of(
                    DataDrivenReasons.TooManyChannels, ("channels", count), ("max", ShapleyModel.ChannelCountMax));
                return null;
            case ShapleyGame.SubsetRate or ShapleyGame.Markov:
                (double[] worth, double[] value) = game == ShapleyGame.Markov ? MarkovSets() : Subsets();
                found = InProportion(worth, value);
                break;
            case ShapleyGame.ShaoLi:
            default:
                if (new ShaoLi(paths).Scores() is not { } scores)
                {
                    refusal = NoProportion(game);
                    return null;
                }

                found = InProportion(scores, scores);
                break;
        }

        if (found.Credit.Length > 0 && !double.IsFinite(found.Credit[0]))
        {
            refusal = NoProportion(game);
            return null;
        }

        var worths = new ChannelWorth[count];
        for (int i = 0; i < count; i++)
        {
            worths[i] = new(paths.Channels[i], found.Worth[i], found.Credit[i], found.Value[i]);
        }

        return new()
        {
            Game = game,
            Conversions = paths.Conversions,
            Value = paths.Value,
            Worths = ValueList<ChannelWorth>.Own(worths),
        };
    }

    /// <summary>The distinct channels of a row, in the order in which they came.</summary>
    /// <param name="path">The row's channels.</param>
    /// <param name="row">The row.</param>
    /// <param name="seen">By channel, one more than the row that had it last.</param>
    /// <param name="distinct">Receives the channels: room for one more than there are.</param>
    internal static int Distinct(ReadOnlySpan<ushort> path, int row, int[] seen, Span<ushort> distinct)
    {
        // Whether a channel is new no processor can guess.
        int found = 0;
        foreach (ushort step in path)
        {
            distinct[found] = step;
            found += Unsafe.BitCast<bool, byte>(seen[step] != row + 1);
            seen[step] = row + 1;
        }

        return found;
    }

    private static Reason NoProportion(ShapleyGame game) =>
        Reason.Of(DataDrivenReasons.NoProportion, ("game", EnumText.Of(game)));

    private (double[] Worth, double[] Credit, double?[] Value) InProportion(double[] worth, double[] value)
    {
        double sum = FoldedSum.Of(worth);
        double valueSum = FoldedSum.Of(value);
        double all = (double)paths.Value;
        bool hasValue = rows.Values.AsSpan(0, rows.Count).ContainsAnyExcept(Int128.Zero);
        return (
            worth,
            [.. worth.Select(w => w / sum * paths.Conversions)],
            [.. value.Select(v => all == 0 && !hasValue ? 0
                : valueSum == 0 ? (double?)null
                : v / valueSum * all)]);
    }

    // Whole counts by channel and size of set; only then divided, in one order.
    private (double[] Worth, double[] Credit, double?[] Value) Coverage()
    {
        var sizes = new Vector256<long>[count + 1][];
        var seen = new int[count];
        var distinct = new ushort[count + 1];
        UnitTally.CheckRoom(paths, times: 1);
        for (int row = 0; row < rows.Count; row++)
        {
            long conversions = rows.Conversions[row];
            if (conversions == 0)
            {
                continue;
            }

            ReadOnlySpan<ushort> path = rows.Path(row);
            int size = count <= FewCount ? FewDistinct(path, distinct) : Distinct(path, row, seen, distinct);
            Vector256<long>[] sums = sizes[size] ??= new Vector256<long>[count];
            Vector256<long> tally = UnitTally.Of(conversions, rows.Values[row]);
            foreach (ushort channel in distinct.AsSpan(0, size))
            {
                sums[channel] += tally;
            }
        }

        var credit = new double[count];
        var worth = new double?[count];
        for (int channel = 0; channel < count; channel++)
        {
            double value = 0;
            for (int size = 1; size < sizes.Length; size++)
            {
                if (sizes[size] is { } sums)
                {
                    credit[channel] += (double)UnitTally.CountOf(sums[channel]) / size;
                    value += ExactValue.ToDouble(UnitTally.UnitsOf(sums[channel])) / size;
                }
            }

            worth[channel] = value;
        }

        return (credit, credit, worth);
    }

    private static int FewDistinct(ReadOnlySpan<ushort> path, Span<ushort> distinct)
    {
        ulong set = 0;
        foreach (ushort step in path)
        {
            set |= 1UL << step;
        }

        int found = 0;
        for (; set != 0; set &= set - 1)
        {
            distinct[found++] = (ushort)BitOperations.TrailingZeroCount(set);
        }

        return found;
    }

    private (double[] Worth, double[] Value) Subsets()
    {
        // Both counts in one number where they fit in half of it: there are many sets.
        bool isPacked = paths.Journeys <= int.MaxValue;
        (int shift, long low) = isPacked ? (HalfBits, uint.MaxValue) : (0, -1L);
        var conversions = new long[1 << count];
        long[] journeys = isPacked ? conversions : new long[1 << count];
        for (int row = 0; row < rows.Count; row++)
        {
            int set = SetOf(row);
            long all = rows.Conversions[row] + rows.Nulls[row];
            journeys[set] += all << shift;
            conversions[set] += rows.Conversions[row];
        }

        Lattice.SumSubsets<long>(conversions);
        if (!isPacked)
        {
            Lattice.SumSubsets<long>(journeys);
        }

        // Where all conversions are worth the same, value is shared as they are.
        double[]? values = HasOneValue() ? null : SetValues();
        if (values is not null)
        {
            Lattice.SumSubsets<double>(values);
            for (int set = 0; set < values.Length; set++)
            {
                long all = journeys[set] >> shift;
                values[set] = all == 0 ? 0 : values[set] / all;
            }
        }

        double[] worth = Lattice.Shapley(Rates(conversions, low, journeys, shift), count);
        return (worth, values is null ? worth : Lattice.Shapley(values, count));
    }

    // The game stands where the conversions stood.
    private static Span<double> Rates(long[] conversions, long low, long[] journeys, int shift)
    {
        Span<double> game = MemoryMarshal.Cast<long, double>(conversions.AsSpan());
        int set = 0;
        for (; set <= game.Length - Vector256<long>.Count; set += Vector256<long>.Count)
        {
            Vector256<double> all = Vector256.ConvertToDouble(Vector256.Create(journeys, set) >> shift);
            Vector256<double> own =
                Vector256.ConvertToDouble(Vector256.Create(conversions, set) & Vector256.Create(low));
            Vector256.AndNot(own / all, Vector256.Equals(all, Vector256<double>.Zero)).CopyTo(game[set..]);
        }

        for (; set < game.Length; set++)
        {
            long all = journeys[set] >> shift;
            game[set] = all == 0 ? 0 : (double)(conversions[set] & low) / all;
        }

        return game;
    }

    private (double[] Worth, double[] Value) MarkovSets()
    {
        ChainCounts chain = ChainCounts.Of(paths, 1);
        (double[] conversions, double[] values) = SubsetChains.Solve(chain, count);
        double[] worth = Lattice.Shapley(conversions, count);
        return (worth, Lattice.Shapley(values, count));
    }

    private int SetOf(int row)
    {
        int set = 0;
        foreach (ushort step in rows.Path(row))
        {
            set |= 1 << step;
        }

        return set;
    }

    private bool HasOneValue()
    {
        Int128 units = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            units += rows.Values[row];
        }

        Int128 each = units / paths.Conversions;
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.Values[row] != each * rows.Conversions[row])
            {
                return false;
            }
        }

        return true;
    }

    private double[] SetValues()
    {
        var units = new Dictionary<int, Int128>();
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.Values[row] != 0)
            {
                int set = SetOf(row);
                units[set] = units.GetValueOrDefault(set) + rows.Values[row];
            }
        }

        var values = new double[1 << count];
        foreach ((int set, Int128 sum) in units)
        {
            values[set] = ExactValue.ToDouble(sum);
        }

        return values;
    }

    // Each observed set is a game of its own among its members; a set too great for that is refused.
    private (double[] Worth, double[] Credit, double?[] Value)? ExactSets()
    {
        SortedDictionary<string, SetSum> sets = new(StringComparer.Ordinal);
        var seen = new int[count];
        var distinct = new ushort[count + 1];
        for (int row = 0; row < rows.Count; row++)
        {
            ushort[] members = distinct[..Distinct(rows.Path(row), row, seen, distinct)];
            Array.Sort(members);
            string key = string.Concat(members.Select(static m => (char)m));
            sets.TryGetValue(key, out SetSum? sum);
            sets[key] = (sum ?? new(members, 0, 0, 0)) is var old
                ? old with
                {
                    Conversions = old.Conversions + rows.Conversions[row],
                    Journeys = old.Journeys + rows.Conversions[row] + rows.Nulls[row],
                    Units = old.Units + rows.Values[row],
                }
                : sum!;
        }

        var credit = new double[count];
        var worth = new double[count];
        var value = new double?[count];
        Array.Fill(value, 0);
        foreach (SetSum set in sets.Values.Where(static s => s.Conversions > 0))
        {
            if (set.Members.Length > ShapleyModel.ChannelCountMax)
            {
                return null;
            }

            double[] game = [.. Enumerable.Range(0, 1 << set.Members.Length).Select(mask => RateOf(sets, set, mask))];
            double[] shares = Lattice.Shapley(game, set.Members.Length);
            double sum = FoldedSum.Of(shares);
            for (int i = 0; i < shares.Length; i++)
            {
                worth[set.Members[i]] += shares[i];
                credit[set.Members[i]] += shares[i] / sum * set.Conversions;
                value[set.Members[i]] += shares[i] / sum * ExactValue.ToDouble(set.Units);
            }
        }

        return (worth, credit, value);
    }

    private static double RateOf(SortedDictionary<string, SetSum> sets, SetSum whole, int mask)
    {
        string key = string.Concat(whole.Members.Where((_, i) => (mask >> i & 1) != 0).Select(static m => (char)m));
        return sets.TryGetValue(key, out SetSum? set) && set.Conversions > 0
            ? (double)set.Conversions / set.Journeys
            : 0;
    }

    private sealed record SetSum(ushort[] Members, long Conversions, long Journeys, Int128 Units);
}
