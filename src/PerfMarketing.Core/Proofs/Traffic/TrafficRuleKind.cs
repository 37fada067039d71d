namespace PerfMarketing.Proofs.Traffic;

/// <summary>What a rule of invalid traffic looks for.</summary>
/// <remarks>
/// Sources: the MRC's guidelines on invalid traffic (activity-based filtration) and what mobile attribution providers
/// publish on click injection and flooding. Thresholds are terms of the contract.
/// </remarks>
public enum TrafficRuleKind
{
    /// <summary>
    /// The result came before the touch that it refers to, by more than <see cref="TrafficRule.Within"/>, a skew of
    /// clocks.
    /// </summary>
    BeforeTouch,

    /// <summary>
    /// The result came less than <see cref="TrafficRule.Within"/> after the touch: nobody is that fast.
    /// </summary>
    TooFast,

    /// <summary>The touch lies <see cref="TrafficRule.Within"/> or more before the result.</summary>
    OutsideLookback,

    /// <summary>
    /// The result's country is not one of <see cref="TrafficRule.Values"/>; when there are none, not the touch's.
    /// </summary>
    CountryMismatch,

    /// <summary>The result's value is in none of the currencies in <see cref="TrafficRule.Values"/>.</summary>
    CurrencyMismatch,

    /// <summary>A licensed list put the result into one of the classes in <see cref="TrafficRule.Values"/>.</summary>
    Classified,

    /// <summary>
    /// More than <see cref="TrafficRule.Max"/> earlier results of <see cref="TrafficRule.Within"/> have the same fact
    /// <see cref="TrafficRule.Of"/>, such as the pseudonym of a device, address or e-mail.
    /// </summary>
    Repeated,

    /// <summary>
    /// The partner's newest <see cref="TrafficRule.Max"/> results lie at equal intervals, give or take
    /// <see cref="TrafficRule.Within"/>; results that lie 30 days back are not looked at.
    /// </summary>
    ExactIntervals,

    /// <summary>
    /// The partner brought more than <see cref="TrafficRule.Max"/> results in <see cref="TrafficRule.Within"/>.
    /// </summary>
    Velocity,

    /// <summary>
    /// Of at least <see cref="TrafficRule.Max"/> results of the partner in <see cref="TrafficRule.Within"/>, more than
    /// the part <see cref="TrafficRule.Share"/> came later than <see cref="TrafficRule.After"/> after their touches.
    /// </summary>
    LongTail,

    /// <summary>
    /// The partner has more than <see cref="TrafficRule.Max"/> clicks for each of its results in
    /// <see cref="TrafficRule.Within"/>. Clicks are results of the kind <c>click</c> by their quantity.
    /// </summary>
    ClickFlood,
}
