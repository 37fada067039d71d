namespace PerfMarketing.Attribution.DataDriven;

/// <summary>What a set of channels is worth, of which Shapley's value shares out the worth of all.</summary>
public enum ShapleyGame
{
    /// <summary>
    /// The conversions of journeys whose channels are all in the set: a conversion is shared evenly among the distinct
    /// channels of its journey. In closed form, for any number of channels, and never negative. The default.
    /// </summary>
    Coverage,

    /// <summary>
    /// The conversions per journey among those whose channels are all in the set. Unstable where channels are rare:
    /// worths may be far from their data, and negative.
    /// </summary>
    SubsetRate,

    /// <summary>
    /// For each observed set of channels by itself: the conversions per journey of exactly that set. Unstable where
    /// sets are rare, and worths may be negative.
    /// </summary>
    ExactSetRate,

    /// <summary>
    /// The probability of converting in the Markov chain of order 1 when all other channels are removed.
    /// </summary>
    Markov,

    /// <summary>
    /// The probability model of Shao and Li (2011): conversions per journey with a channel, and half of what pairs add.
    /// </summary>
    ShaoLi,
}
