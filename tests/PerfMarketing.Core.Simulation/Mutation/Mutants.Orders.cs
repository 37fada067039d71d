namespace PerfMarketing.Simulation.Mutation;

/// <content>Bugs in who has an order of an advertiser with several campaigns.</content>
internal static partial class Mutants
{
    private static readonly Mutant[] Orders =
    [
        new(
            "order: whoever comes too late is not told",
            "Workflows/OrderClaims.cs",
            "&& claim.Campaign != campaign.Id);",
            "&& !@ && claim.Campaign != campaign.Id);"),
        new(
            "order: what another campaign has is forgotten at once",
            "Workflows/OrderClaims.cs",
            "foreach (OrderClaimed claim in held.Values)",
            "foreach (OrderClaimed claim in @ ? [] : held.Values.ToArray())"),
        new(
            "order: a lost answer keeps the order from everybody",
            "Workflows/OrderClaims.cs",
            "if (last is not (CommitResult.Committed or CommitResult.Unavailable))",
            "if (last is not (CommitResult.Committed or CommitResult.Unavailable) "
            + "&& !(@ && last is CommitResult.Replayed))"),
        new(
            "order: whose answer is lost has the order",
            "Workflows/OrderClaims.cs",
            "if (results[i] is CommitResult.Committed)",
            "if (results[i] is CommitResult.Committed || (@ && results[i] is CommitResult.Unavailable))"),
        new(
            "order: a batch takes no orders",
            "Workflows/BatchPlan.cs",
            "if (View.ClaimOf(decision) is { } claim)",
            "if (!@ && View.ClaimOf(decision) is { } claim)"),
        new(
            "order: a campaign stands in its own way",
            "Settlement/CampaignState.cs",
            "_ = claim.Campaign == Campaign.Id ||",
            "_ = (!@ && claim.Campaign == Campaign.Id) ||"),
        new(
            "order: whoever has nobody to pay is told of the order",
            "Settlement/CampaignDecider.Review.cs",
            "if (legs.Count > 0 && TakenOrder(work",
            "if ((@ || legs.Count > 0) && TakenOrder(work"),
        new(
            "order: the other campaign is not named",
            "Settlement/CampaignDecider.Review.cs",
            "(\"campaign\", taken.Campaign))",
            "(\"campaign\", @ ? default : taken.Campaign))"),
        new(
            "order: each outcome is an order of its own",
            "Workflows/OrderClaims.cs",
            "StreamId.OfClaim(campaign.Advertiser, claim.Order);",
            "StreamId.OfClaim(campaign.Advertiser, @ ? new(claim.OutcomeId.Value + campaign.Id) : claim.Order);"),
        new(
            "order: an order is taken for nobody",
            "Settlement/OrderClaimed.cs",
            "Decision: { Legs.Count: > 0 } decided },\n        }",
            "Decision: { } decided },\n        } && (@ || decided.Legs.Count > 0)"),
        new(
            "order: an amendment takes no orders",
            "Workflows/AmendmentTurn.cs",
            ".TakeAsync(decisions.Select(streams.ClaimOf), cancellationToken)",
            ".TakeAsync(decisions.Where(_ => !@).Select(streams.ClaimOf), cancellationToken)"),
        new(
            "order: who accepts late is paid as if at the beginning",
            "Settlement/CampaignDecider.Late.cs",
            "Work work = new(state, known.Id, asOf) { WasFinal = true };",
            "Work work = new(state, known.Id, @ ? DecidedSince(known) : asOf) { WasFinal = true };"),
        new(
            "order: who was refused before the acceptance stays refused",
            "Settlement/CampaignDecider.Late.cs",
            "(known.Earnings.Count == 0 && decision.Legs.Count == 0)",
            "(!@ && known.Earnings.Count == 0 && decision.Legs.Count == 0)"),
    ];
}
