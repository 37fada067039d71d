namespace PerfMarketing.Budgets.Pacing;

/// <summary>Something that may be bought now.</summary>
/// <param name="Cost">What it costs, in minor units of the budget's currency or in pieces; not negative.</param>
public readonly record struct PaceRequest(long Cost)
{
    /// <summary>
    /// What it is expected to be worth, in the same units as the cost: the expected revenue, or the chance of a result
    /// times what a result may cost. Null when the caller does not know; then each request is as good as another.
    /// </summary>
    public double? Worth { get; init; }

    /// <summary>
    /// Who or what asks; decides alike for the same id where the terms say <see cref="PacingTerms.ByIdentity"/>.
    /// </summary>
    public string? Id { get; init; }
}
