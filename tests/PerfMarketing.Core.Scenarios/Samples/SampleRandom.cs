namespace PerfMarketing.Scenarios.Samples;

/// <summary>Numbers that look random and are the same on every platform: SplitMix64.</summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to one below the end.</summary>
    public int Below(int end)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong bits = state;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            bits ^= bits >> 31;
            return (int)(((UInt128)bits * (uint)end) >> 64);
        }
    }

    /// <summary>A number between two, both of them included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Whether something that happens so many times in a thousand happens now.</summary>
    public bool Chance(int perMille) => Below(1_000) < perMille;

    /// <summary>A place in a list, each as likely as its weight says.</summary>
    public int Weighted(params ReadOnlySpan<int> weights)
    {
        int sum = 0;
        foreach (int weight in weights)
        {
            sum += weight;
        }

        int left = Below(sum);
        int place = 0;
        while (left >= weights[place])
        {
            left -= weights[place++];
        }

        return place;
    }
}
