namespace PerfMarketing.Testing;

/// <summary>A generator of numbers that only depend on its seed: xoshiro256**, seeded by splitmix64.</summary>
/// <remarks>
/// The same seed gives the same numbers on every machine and with every version of .NET. Not for secrets. Used by one
/// thread at a time. The algorithms are those of Blackman and Vigna, prng.di.unimi.it.
/// </remarks>
public sealed class SeededRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Makes a generator.</summary>
    /// <param name="seed">The seed; every number is good.</param>
    public SeededRandom(ulong seed)
    {
        Seed = seed;
        s0 = Split(ref seed);
        s1 = Split(ref seed);
        s2 = Split(ref seed);
        s3 = Split(ref seed);
    }

    /// <summary>The seed that it was made with.</summary>
    public ulong Seed { get; }

    /// <summary>The next number, any of 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            ulong result = ulong.RotateLeft(s1 * 5, 7) * 9;
            ulong shifted = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = ulong.RotateLeft(s3, 45);
            return result;
        }
    }

    /// <summary>A number from 0 on and below a bound.</summary>
    /// <param name="bound">The bound; at least 1.</param>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(Next(), (ulong)bound, out _);
    }

    /// <summary>A number between two others, both included.</summary>
    /// <param name="least">The least number.</param>
    /// <param name="greatest">The greatest number; not below the least, and less than 2^63 above it.</param>
    public long Between(long least, long greatest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(greatest, least);
        return least + (long)Math.BigMul(Next(), (ulong)(greatest - least) + 1, out _);
    }

    /// <summary>Whether something happens that happens so often in a thousand times.</summary>
    /// <param name="perMille">How often: 0 is never, 1,000 always.</param>
    public bool Happens(int perMille) => Below(1_000) < perMille;

    /// <summary>One of several things, all equally likely.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="items">The things; at least one.</param>
    public T Pick<T>(params ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>Brings things into another order, all orders equally likely.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="items">The things.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Another generator, seeded by the next number: what one draws does not disturb the other.</summary>
    public SeededRandom Fork() => new(Next());

    private static ulong Split(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
