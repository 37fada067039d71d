namespace PerfMarketing.Monetary;

/// <summary>The codes of weights and shares that cannot divide anything.</summary>
public static class AllocationCodes
{
    /// <summary>No weights, more than <see cref="Allocation.PartCountMax"/>, a negative one, or only zeros.</summary>
    public const string InvalidWeights = "allocation.invalid-weights";

    /// <summary>The shares are more than the whole.</summary>
    public const string SumExceedsOne = "allocation.sum-exceeds-one";

    /// <summary>The shares are less than the whole, and none takes what remains.</summary>
    public const string SumBelowOne = "allocation.sum-below-one";

    /// <summary>More than one share takes what remains.</summary>
    public const string TwoRemainders = "allocation.two-remainders";
}
