using PerfMarketing.Attribution;

namespace PerfMarketing.Settlement;

/// <summary>Who brought an outcome, as a <see cref="CreditFinder"/> found it; <c>default</c> is nothing.</summary>
public readonly record struct FoundCredit
{
    internal FoundCredit(CreditFinder? by, CampaignInput? input, AttributionDecision attribution) =>
        (By, Input, Attribution) = (by, input, attribution);

    /// <summary>Who gets the credit; null when nothing was found.</summary>
    public AttributionDecision? Attribution { get; }

    internal CreditFinder? By { get; }

    internal CampaignInput? Input { get; }

    // What is known then, when it is decided on the straight way.
    internal StraightDraft Draft { get; init; }

    internal FoundCredit With(AttributionDecision attribution) => new(By, Input, attribution);

    internal FoundCredit With(StraightDraft draft) => this with { Draft = draft };
}
