namespace PerfMarketing.Contracts;

/// <summary>What grows from row to row of a <see cref="PriceTable"/>.</summary>
public enum PriceVolume
{
    /// <summary>How many outcomes like the sample come one after another in one period. The default.</summary>
    Outcomes,

    /// <summary>The quantity of one outcome; its value grows with it.</summary>
    Quantity,

    /// <summary>The commissionable amount of one outcome.</summary>
    Value,
}
