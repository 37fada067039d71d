namespace PerfMarketing.Simulation.Checks;

/// <summary>What a seed found wrong; the first few are kept.</summary>
internal sealed class Violations
{
    private const int KeptMax = 5;

    private readonly List<string> found = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Found => found;

    public void Add(string what)
    {
        if (Count++ < KeptMax)
        {
            found.Add(what);
        }
    }

    public void Require(bool holds, string what)
    {
        if (!holds)
        {
            Add(what);
        }
    }
}
