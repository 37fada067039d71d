using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>Finds who brought the outcomes of a run before their turn to be decided has come.</summary>
/// <remarks>
/// <para>
/// Who gets the credit depends on the campaign and the journey alone, and not on what was decided before: so it can be
/// found ahead, by as many threads as the host likes, while one thread decides in order. The decisions are the same.
/// </para>
/// <para>
/// Thread-safe, as far as the <see cref="IJourneySource"/> is: it is asked by every thread that finds, and by the one
/// that decides.
/// </para>
/// </remarks>
public sealed class CreditFinder
{
    private readonly Campaign campaign;
    private readonly IJourneySource journeys;
    private readonly ExplainLevel explain;

    internal CreditFinder(Campaign campaign, IJourneySource journeys, ExplainLevel explain)
    {
        (this.campaign, this.journeys, this.explain) = (campaign, journeys, explain);
        Straight = new(campaign, explain);
        ReadsMore = campaign.Contracts.Any(static c => c.Traffic is not null || c.Rights.HasPermissions);
    }

    // What is drafted ahead of outcomes that are decided on the straight way.
    internal StraightWay Straight { get; }

    // Whether a decision asks more of a journey than who gets the credit: see whoever reads Work.Seen.
    internal bool ReadsMore { get; }

    /// <summary>Finds who brought an outcome.</summary>
    /// <param name="input">The input.</param>
    /// <returns>
    /// What <see cref="CampaignRun.Process(CampaignInput, FoundCredit)"/> takes with the input; nothing for what is no
    /// outcome, or for one that is wrong.
    /// </returns>
    public FoundCredit Find(CampaignInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input is not CampaignInput.OfOutcome { Outcome: var outcome }
            || outcome.Check().Count > 0
            || !ContractCalendar.Covers(outcome.At)
            || !ContractCalendar.Covers(outcome.RecordedAt))
        {
            return default;
        }

        Journey journey = journeys.Find(outcome);
        AttributionDecision found = Attribute(campaign, outcome, journey, outcome.RecordedAt, explain);
        return new(this, input, found)
        {
            Draft = Straight.IsOpenTo(outcome, outcome.RecordedAt)
                ? Straight.DraftOf(outcome, found, outcome.RecordedAt)
                : default,
        };
    }

    internal static AttributionDecision Attribute(
        Campaign campaign, Outcome outcome, in Journey journey, Instant asOf, ExplainLevel explain)
    {
        ConversionPoint point = PointOf(campaign, outcome, journey, asOf);
        AttributionDecision found = Attributor.Assign(
            campaign.Attribution, journey.Touches.Span, point, campaign.EligibilityAt(asOf), explain);
        found = campaign.Model is { } model && found.IsCredited ? found with { Model = model } : found;
        return campaign.AsksForRoles
            ? found with { Roles = RoleFinder.Find(campaign, found, journey.Touches.Span, point, asOf) }
            : found;
    }

    // What attribution is asked with for an outcome.
    internal static ConversionPoint PointOf(
        Campaign campaign, Outcome outcome, in Journey journey, Instant asOf) => new()
        {
            At = outcome.At,
            KnownAt = asOf,
            Sequence = journey.Sequence,
            Reference = outcome.Touch,
            Previous = journey.Previous,
            Facts = outcome.Facts,
            Claims = ClaimFinder.Find(campaign, outcome, journey, asOf),
            IsTest = outcome.IsTest,
        };
}
