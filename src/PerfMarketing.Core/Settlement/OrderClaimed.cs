using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>A campaign took an order of its advertiser: no other campaign of the advertiser pays for it.</summary>
/// <remarks>
/// The first campaign takes the order in which somebody gets the credit and a clause of that partner's contract is for
/// the outcome. It keeps it, whatever becomes of the outcome. <see cref="CampaignRecord.OutcomeId"/> names the outcome
/// of that campaign for which it was taken.
/// </remarks>
public sealed record OrderClaimed : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "order-claimed";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The campaign that took the order.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>The order id, unique per advertiser.</summary>
    public required OrderId Order { get; init; }

    /// <summary>
    /// The order that a decision takes for its campaign; null when its outcome claims none, or no clause is for it.
    /// </summary>
    /// <remarks>
    /// A decision that says the same again takes the same order again: the first claim of an order counts.
    /// </remarks>
    /// <param name="campaign">The campaign that decided.</param>
    /// <param name="decision">The decision.</param>
    public static OrderClaimed? Of(Campaign campaign, Decision decision)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(decision);
        return decision is
        {
            Answer: DecisionAnswer.Decided,
            Outcome: { Outcome: { OrderId: not null } outcome, Decision: { Legs.Count: > 0 } decided },
        }
            && OutcomeReceived.ClaimOf(outcome, campaign) is { } order
            ? new() { OutcomeId = outcome.Id, DecidedAt = decided.DecidedAt, Campaign = campaign.Id, Order = order }
            : null;
    }

    internal static OrderClaimed ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Campaign = terms.Value<CampaignId>("campaign"),
        Order = terms.Value<OrderId>("order"),
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("campaign", Campaign);
        terms.Value("order", Order);
    }
}
