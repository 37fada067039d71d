namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>What each rule gives each channel.</summary>
internal sealed class RuleSums(int channelCount)
{
    internal CreditSum[] First { get; } = new CreditSum[channelCount];

    internal CreditSum[] Last { get; } = new CreditSum[channelCount];

    internal CreditSum[] Linear { get; } = new CreditSum[channelCount];

    internal CreditSum[] Position { get; } = new CreditSum[channelCount];

    internal CreditSum[] TimeDecay { get; } = new CreditSum[channelCount];

    internal void Add(RuleSums other)
    {
        Add(First, other.First);
        Add(Last, other.Last);
        Add(Linear, other.Linear);
        Add(Position, other.Position);
        Add(TimeDecay, other.TimeDecay);
    }

    private static void Add(CreditSum[] to, CreditSum[] other)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i].Add(other[i]);
        }
    }
}
