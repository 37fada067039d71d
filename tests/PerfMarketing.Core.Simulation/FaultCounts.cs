namespace PerfMarketing.Simulation;

/// <summary>How often each fault happened.</summary>
internal sealed class FaultCounts
{
    private readonly long[] hits = new long[64];

    public long this[FaultKind kind] => hits[(int)kind];

    public void Hit(FaultKind kind) => hits[(int)kind]++;

    public void Add(FaultCounts other)
    {
        for (int i = 0; i < hits.Length; i++)
        {
            hits[i] += other.hits[i];
        }
    }
}
