namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Why a model cannot be fitted.</summary>
public static class DataDrivenReasons
{
    /// <summary>
    /// No journey converted, so that there is nothing to share out; <c>journeys</c> says how many there are.
    /// </summary>
    public const string NothingConverts = "model.nothing-converts";

    /// <summary>
    /// There are more channels than the model can weigh exactly; <c>channels</c> says how many, <c>max</c> the most.
    /// </summary>
    public const string TooManyChannels = "model.too-many-channels";

    /// <summary>The channels' worths add up to 0, so that there is no proportion in which to share out.</summary>
    public const string NoProportion = "model.no-proportion";

    /// <summary>
    /// There are too few journeys to hold some of them out; <c>journeys</c> says how many there are.
    /// </summary>
    public const string TooFewJourneys = "model.too-few-journeys";

    /// <summary>
    /// The chain could not be solved exactly enough to share out by it; <c>error</c> says by how much a removal effect
    /// may be off, <c>max</c> by how much it may be.
    /// </summary>
    public const string NotExact = "model.not-exact";

    /// <summary>The model needs to know when touches happened, and paths do not say.</summary>
    public const string NoClock = "model.no-clock";
}
