using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// I23: which campaign of the advertiser has which order, by the claims as they are committed: whoever first decided
/// that somebody is to be paid for it. No other one ever pays for it, and is told who has it.
/// </summary>
internal sealed class OrderWatch(WorldPlan world, Violations violations, FaultCounts counts)
{
    // Whoever does not see that an outcome was refused takes its order, before the commit is refused.
    private readonly bool lags = world.RateOf(FaultKind.StaleRead) > 0;

    private readonly Dictionary<OrderId, OrderClaimed> claims = [];
    private readonly Dictionary<(CampaignId, OutcomeId), OrderId> orders = [];
    private readonly HashSet<(CampaignId, OrderId)> decided = [];
    private readonly HashSet<(CampaignId, OutcomeId)> gone = [];

    /// <summary>What other campaigns than one have.</summary>
    public IEnumerable<OrderClaimed> OfOthers(CampaignId campaign) => claims.Values.Where(c => c.Campaign != campaign);

    /// <summary>Whether another campaign has an order.</summary>
    public bool IsOthers(string campaign, OrderId order) =>
        claims.TryGetValue(order, out OrderClaimed? claim) && claim.Campaign.Value != campaign;

    /// <summary>A commit in the unit of the advertiser.</summary>
    public void Take(CommitBatch batch)
    {
        CampaignRecord[] records = [.. batch.Appends.SelectMany(static a => a.Records)];
        violations.Require(
            records is [OrderClaimed] && batch.Outbox.Count == 0, $"I23: {batch.Key} does more than to take an order");
        foreach (OrderClaimed claim in records.OfType<OrderClaimed>())
        {
            violations.Require(claims.TryAdd(claim.Order, claim), $"I23: {claim.Order} is taken twice: {batch.Key}");
        }
    }

    /// <summary>What a campaign committed.</summary>
    public void Take(CampaignId campaign, CampaignRecord[] records)
    {
        foreach (CampaignRecord record in records)
        {
            if (record is OutcomeReceived { Outcome: { OrderId: { } brought, IsTest: false } outcome })
            {
                orders[(campaign, outcome.Id)] = brought;
            }

            if (orders.TryGetValue((campaign, record.OutcomeId), out OrderId order)
                && record is OutcomeDecided or Earning)
            {
                claims.TryGetValue(order, out OrderClaimed? claim);
                Check(campaign, record, order, claim);
            }
        }
    }

    /// <summary>In the end: no order was taken for nothing, unless reads lag behind.</summary>
    public void CheckEnd()
    {
        foreach (OrderClaimed claim in lags ? [] : claims.Values.ToArray())
        {
            violations.Require(
                decided.Contains((claim.Campaign, claim.Order)) || gone.Contains((claim.Campaign, claim.OutcomeId)),
                $"I23: {claim.Campaign} has {claim.Order} for {claim.OutcomeId}, and nobody was to be paid for it");
        }
    }

    private void Check(CampaignId campaign, CampaignRecord record, OrderId order, OrderClaimed? claim)
    {
        if (record is Earning or OutcomeDecided { Legs.Count: > 0 })
        {
            violations.Require(
                claim?.Campaign == campaign,
                $"I23: {campaign} decides to pay {order} for {record.OutcomeId}, and {claim?.Campaign} has it");
            decided.Add((campaign, order));
        }
        else if (record is OutcomeDecided { Qualification: Qualification.Rejected { Reasons: [var why, ..] } })
        {
            string? other = why.Args.Where(static a => a.Name == "campaign").Select(static a => a.Value)
                .FirstOrDefault();
            bool isNamed = claim is not null && claim.Campaign != campaign && claim.Campaign.Value == other
                && why.Code == "outcome.duplicate-order"
                && why.Args.Any(a => a.Name == "first" && a.Value == claim.OutcomeId.Value);
            violations.Require(
                other is null || isNamed, $"I23: {campaign} leaves {record.OutcomeId} by {why}, and has it {claim}");
            if (other is not null)
            {
                counts.Hit(FaultKind.OrderTaken);
            }

            // Whoever takes an order and breaks off may find its outcome retracted when the call is made again.
            if (why.Code == "outcome.retracted")
            {
                gone.Add((campaign, record.OutcomeId));
            }
        }
    }
}
