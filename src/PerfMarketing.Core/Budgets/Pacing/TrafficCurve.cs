using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>Which part of a day's traffic comes in which quarter of an hour.</summary>
/// <remarks>
/// The shares are whole parts of <see cref="Whole"/> and add up to it, so that a stored curve is the same curve.
/// A day of 23 or 25 hours is cut into 96 parts of its own length.
/// </remarks>
public sealed class TrafficCurve : ITerms, IEquatable<TrafficCurve>
{
    /// <summary>The parts of a day.</summary>
    public const int Parts = 96;

    /// <summary>What all shares add up to.</summary>
    public const long Whole = Parts * 10_000_000_000;

    // No quarter of an hour is ever expected to be without any traffic: 0.02 % of an even share.
    private const long ShareMin = Whole / Parts / 5_000;

    private readonly long[] shares;
    private readonly double[] before = new double[Parts + 1];

    private TrafficCurve(long[] shares)
    {
        this.shares = shares;
        long sum = 0;
        for (int i = 0; i < Parts; i++)
        {
            sum += shares[i];
            before[i + 1] = (double)sum / Whole;
        }
    }

    /// <summary>The same traffic all day.</summary>
    public static TrafficCurve Even { get; } = Of(new long[Parts]);

    /// <summary>The shares, in order.</summary>
    public ReadOnlySpan<long> Shares => shares;

    /// <summary>Whether all shares are the same.</summary>
    public static bool operator ==(TrafficCurve? left, TrafficCurve? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether some share differs.</summary>
    public static bool operator !=(TrafficCurve? left, TrafficCurve? right) => !(left == right);

    /// <summary>A curve from what came in each part of a day.</summary>
    /// <param name="amounts">The amounts of the parts; negative ones count as nothing. All nothing: even.</param>
    /// <exception cref="ArgumentException">There are not <see cref="Parts"/> amounts.</exception>
    public static TrafficCurve Of(ReadOnlySpan<long> amounts)
    {
        if (amounts.Length != Parts)
        {
            throw new ArgumentException($"A day has {Parts} parts.", nameof(amounts));
        }

        UInt128 total = 0;
        foreach (long amount in amounts)
        {
            total += (UInt128)Math.Max(0, amount);
        }

        var shares = new long[Parts];
        for (int i = 0; i < Parts; i++)
        {
            shares[i] = total == 0
                ? Whole / Parts
                : (long)((UInt128)Math.Max(0, amounts[i]) * (ulong)Whole / total);
        }

        return new(Completed(shares));
    }

    /// <summary>This curve, moved towards a newer one.</summary>
    /// <param name="today">The newer curve, which counts for a fifth.</param>
    public TrafficCurve Learn(TrafficCurve today)
    {
        ArgumentNullException.ThrowIfNull(today);
        var learned = new long[Parts];
        for (int i = 0; i < Parts; i++)
        {
            learned[i] = ((4 * shares[i]) + today.shares[i]) / 5;
        }

        return new(Completed(learned));
    }

    /// <summary>The part of the day's traffic that comes before a point of the day.</summary>
    /// <param name="day">The part of the day that has passed, from 0 to 1.</param>
    public double Before(double day)
    {
        double place = Math.Clamp(day, 0, 1) * Parts;
        int part = Math.Min(Parts - 1, (int)place);
        return before[part] + ((place - part) * (before[part + 1] - before[part]));
    }

    /// <summary>Reads a curve.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficCurve Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ValueList<long> read = terms.Values<long>("shares", Parts, Parts);
        if (read.Count == Parts && read.All(static s => s is >= 0 and <= Whole) && read.Sum() == Whole)
        {
            return new([.. read]);
        }

        terms.Fail("shares", PacingCodes.CurveInvalid, "A traffic curve has 96 shares that add up to the whole.");
        return Even;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Values("shares", shares.ToValueList());
    }

    /// <summary>Whether all shares are the same.</summary>
    /// <param name="other">Another curve.</param>
    public bool Equals(TrafficCurve? other) => other is not null && shares.AsSpan().SequenceEqual(other.shares);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrafficCurve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(shares[0], shares[Parts / 2], shares[Parts - 1]);

    // Lifts what is next to nothing and gives what division left over, or lacks, to the greatest share.
    private static long[] Completed(long[] shares)
    {
        long sum = 0;
        int greatest = 0;
        for (int i = 0; i < Parts; i++)
        {
            shares[i] = Math.Max(shares[i], ShareMin);
            sum += shares[i];
            greatest = shares[i] > shares[greatest] ? i : greatest;
        }

        shares[greatest] += Whole - sum;
        return shares;
    }
}
