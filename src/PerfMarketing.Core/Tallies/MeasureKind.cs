namespace PerfMarketing.Tallies;

/// <summary>What a <see cref="Measure"/> measures.</summary>
public enum MeasureKind
{
    /// <summary>Outcomes: one each, whatever they stand for.</summary>
    Count,

    /// <summary>The units that outcomes stand for.</summary>
    Quantity,

    /// <summary>The commissionable amount of outcomes, in major units of the contract's currency.</summary>
    Value,

    /// <summary>The exact payout under the clause, in major units of the contract's currency.</summary>
    Payout,

    /// <summary>A fact that holds a number, or an amount in the contract's currency.</summary>
    Fact,

    /// <summary>What another contract pays for the same outcome, in the contract's currency.</summary>
    Leg,
}
