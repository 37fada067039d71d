using System.Numerics;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>A chain of few states solved by one dense factorisation, all single removals included.</summary>
/// <remarks>
/// M = diag(entered) − counts is an M-matrix. Its diagonal is kept as the sum of what leaves a state, so that the
/// factors and the inverse are made without a single subtraction of like numbers. With order 1 the conversions of those
/// who enter state c are y_c / (M⁻¹)_cc for each journey, y being the probability of converting from c on.
/// </remarks>
internal static class DenseChain
{
    /// <summary>The most states that are solved so.</summary>
    internal const int CountMax = 1_024;

    /// <summary>Solves a chain of order 1.</summary>
    /// <param name="graph">The chain.</param>
    /// <param name="errorMax">
    /// By how much of all conversions those of a removal may be off: when that is not proven, it is solved once more
    /// with twice as many digits.
    /// </param>
    internal static DenseSolution Solve(ChainGraph graph, double errorMax)
    {
        DenseSolution found = new Work<double>(
            graph,
            (Of: static count => count, Units: ExactValue.ToDouble, High: static number => number),
            Rounding.Unit).Solve();
        double converted = FoldedSum.Of(graph.Conversions) / graph.Journeys;
        return found.Bound <= errorMax * converted
            ? found
            : new Work<TwofoldNumber>(
                graph,
                (TwofoldNumber.Of, TwofoldNumber.OfUnits, High: static number => number.High),
                TwofoldNumber.Rounding).Solve();
    }

    private sealed class Work<T>(
        ChainGraph graph,
        (Func<long, T> Of, Func<Int128, T> Units, Func<T, double> High) numbers,
        double rounding)
        where T : struct, IAdditionOperators<T, T, T>, ISubtractionOperators<T, T, T>, IMultiplyOperators<T, T, T>,
        IDivisionOperators<T, T, T>
    {
        private readonly int n = graph.Count;

        internal DenseSolution Solve()
        {
            T[] inverse = Invert(Factor());
            (T[] conversion, double lack) = Conversions(inverse);
            var value = new double[n];
            var steps = new double[n];
            var hits = new double[n];
            var losses = new double[n];
            T[] worths = [.. graph.Order.Select(state => numbers.Units(graph.States.Values[state]))];
            T[] entered = [.. Enumerable.Range(0, n).Select(Entered)];
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<T> row = inverse.AsSpan(i * n, n);
                T worth = Product(row, worths);
                value[i] = numbers.High(worth);
                steps[i] = numbers.High(Product(row, entered));
                hits[i] = numbers.High(conversion[i] / row[i]) / graph.Journeys;
                losses[i] = numbers.High(worth / row[i]) / graph.Journeys;
            }

            double[] conversions = [.. conversion.Select(numbers.High)];
            return new(new(conversions, value, steps, lack), hits, losses, Bound(inverse, hits) + lack);
        }

        // Twice what M times a column of the inverse lacks of the column's one, for what the column makes of the
        // removal: once for what is entered at the starts, once since the starts find the column's own sum.
        private double Bound(T[] inverse, double[] hits)
        {
            var lacks = new double[n];
            var products = new T[n];
            for (int i = 0; i < n; i++)
            {
                Array.Clear(products);
                T left = numbers.Of(graph.EndsAt(i));
                int operations = 6;
                foreach ((int target, long count) in graph.Moves(i))
                {
                    T moves = numbers.Of(count);
                    AddTimes(products, inverse.AsSpan(target * n, n), moves);
                    left += moves;
                    operations++;
                }

                products[i] += numbers.Of(1);
                double off = operations * rounding;
                for (int c = 0; c < n; c++)
                {
                    T visits = left * inverse[(i * n) + c];
                    lacks[c] += Math.Abs(numbers.High(products[c] - visits))
                        + (off * (numbers.High(products[c]) + numbers.High(visits)));
                }
            }

            double bound = 0;
            for (int c = 0; c < n; c++)
            {
                bound = Math.Max(bound, hits[c] * ((2 * lacks[c]) + Rounding.Last));
            }

            return Rounding.Margin * bound;
        }

        private (T[] Conversion, double Lack) Conversions(T[] inverse)
        {
            T[] sources = [.. graph.Order.Select(state => numbers.Of(graph.States.Conversions[state]))];
            var conversion = new T[n];
            for (int i = 0; i < n; i++)
            {
                conversion[i] = Product(inverse.AsSpan(i * n, n), sources);
            }

            double lack = 0;
            for (int i = 0; i < n; i++)
            {
                T sum = sources[i];
                T left = numbers.Of(graph.EndsAt(i));
                int operations = 6;
                foreach ((int target, long count) in graph.Moves(i))
                {
                    T moves = numbers.Of(count);
                    sum += moves * conversion[target];
                    left += moves;
                    operations += 2;
                }

                T flow = left * conversion[i];
                lack += Math.Abs(numbers.High(sum - flow))
                    + (operations * rounding * (numbers.High(sum) + numbers.High(flow)));
            }

            return (conversion, Rounding.Margin * lack / graph.Journeys);
        }

        private T Entered(int place)
        {
            int state = graph.Order[place];
            T entered = numbers.Of(graph.EndsAt(place));
            for (int edge = graph.States.EdgeStarts[state]; edge < graph.States.EdgeStarts[state + 1]; edge++)
            {
                entered += numbers.Of(graph.States.EdgeCounts[edge]);
            }

            return entered;
        }

        private static T Product(ReadOnlySpan<T> row, T[] column)
        {
            T sum = default;
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * column[j];
            }

            return sum;
        }

        // L below the diagonal and U above it without their signs, which are all negative; U's diagonal on it.
        private T[] Factor()
        {
            var a = new T[n * n];
            var ends = new T[n];
            for (int i = 0; i < n; i++)
            {
                ends[i] = numbers.Of(graph.EndsAt(i));
                foreach ((int target, long count) in graph.Moves(i))
                {
                    a[(i * n) + target] = numbers.Of(count);
                }
            }

            for (int k = 0; k < n; k++)
            {
                ReadOnlySpan<T> pivots = a.AsSpan((k * n) + k + 1, n - k - 1);
                T left = ends[k];
                foreach (T count in pivots)
                {
                    left += count;
                }

                a[(k * n) + k] = left;
                for (int i = k + 1; i < n; i++)
                {
                    if (IsZero(a[(i * n) + k]))
                    {
                        continue;
                    }

                    T share = a[(i * n) + k] / left;
                    a[(i * n) + k] = share;
                    ends[i] += share * ends[k];
                    AddTimes(a.AsSpan((i * n) + k + 1, n - k - 1), pivots, share);
                }
            }

            return a;
        }

        private T[] Invert(T[] factors)
        {
            var x = new T[n * n];
            for (int i = 0; i < n; i++)
            {
                Span<T> row = x.AsSpan(i * n, i + 1);
                row[i] = numbers.Of(1);
                for (int k = 0; k < i; k++)
                {
                    T share = factors[(i * n) + k];
                    if (!IsZero(share))
                    {
                        AddTimes(row, x.AsSpan(k * n, k + 1), share);
                    }
                }
            }

            for (int i = n - 1; i >= 0; i--)
            {
                Span<T> row = x.AsSpan(i * n, n);
                for (int k = i + 1; k < n; k++)
                {
                    T count = factors[(i * n) + k];
                    if (!IsZero(count))
                    {
                        AddTimes(row, x.AsSpan(k * n, n), count);
                    }
                }

                T left = factors[(i * n) + i];
                for (int j = 0; j < n; j++)
                {
                    row[j] /= left;
                }
            }

            return x;
        }

        private bool IsZero(T number) => numbers.High(number) == 0;

        // The first as many places as the addend has; separate operations, so that every processor gives the same bits.
        private static void AddTimes(Span<T> row, ReadOnlySpan<T> addend, T factor)
        {
            int i = 0;
            if (typeof(T) == typeof(double))
            {
                Span<double> sums = MemoryMarshal.Cast<T, double>(row);
                ReadOnlySpan<double> addends = MemoryMarshal.Cast<T, double>(addend);
                Vector<double> all = new((double)(object)factor);
                for (; i <= addends.Length - Vector<double>.Count; i += Vector<double>.Count)
                {
                    (new Vector<double>(sums[i..]) + (all * new Vector<double>(addends[i..]))).CopyTo(sums[i..]);
                }
            }

            for (; i < addend.Length; i++)
            {
                row[i] += factor * addend[i];
            }
        }
    }
}

/// <summary>What removing each state of a chain of order 1 loses.</summary>
/// <param name="All">The chain with nothing removed.</param>
/// <param name="Hits">By place, the conversions of those who enter it, for each journey.</param>
/// <param name="Losses">The same of value.</param>
/// <param name="Bound">How far one of the hits may be off.</param>
internal sealed record DenseSolution(ChainBase All, double[] Hits, double[] Losses, double Bound);
