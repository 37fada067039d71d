using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Short ways to say what tests of limits need.</summary>
internal static class LimitSample
{
    public const string Full = "2026-03-10T12:00:00Z";

    public static readonly JourneyTouch Blog = Touch("p-blog", "2026-01-01T09:00:00Z");

    public static CampaignRun RunOf(
        Limit limit, LimitOverflow? overflow = null, Func<ClauseDraft, ClauseDraft>? terms = null)
    {
        Limit chosen = overflow switch
        {
            null => limit,
            LimitOverflow.Divert => limit.DivertingTo(new("sale-2")),
            { } policy => limit.Or(policy),
        };
        return Run(
            Contract(Pay.RevenueShare(10.Percent), c => (terms?.Invoke(c) ?? c).LimitedTo(chosen))
                .Pays("sale", Pay.Fixed(0.10m.Eur), terms).ToCampaign(),
            Blog);
    }

    public static LimitKey Room(string limit, string period) =>
        new(new("acme-2026"), new("sale"), new(limit), default, default, period);

    public static LimitState StateOf(CampaignRun run, LimitKey key) => run.State.LimitOf(key)!;

    public static void Take(CampaignRun run, int count, string partner, string at = Full)
    {
        for (int i = 0; i < count; i++)
        {
            run.Process(Of(Sale($"{partner}-{at}-{i}", at, 10.Eur) with
            {
                Touch = new($"{partner}-2026-01-01T09:00:00Z"),
                RecordedAt = At(at) + Duration.FromMinutes(run.State.Outcomes.Count),
            }));
        }
    }

    public static string Named(Decision decision) => decision.Outcome.Decision!.Qualification.Match(
        static _ => "qualified", static _ => "pending", static _ => "rejected", static _ => "disputed");

    // What the only leg says: its notes, or why it is not paid.
    public static string ReasonOf(Decision decision)
    {
        LegDecision leg = decision.Outcome.Decision!.Legs.Single();
        return string.Join("; ", leg.Notes.Concat(leg.Qualification switch
        {
            Qualification.Pending { Reasons: var reasons } => reasons,
            Qualification.Rejected { Reasons: var reasons } => reasons,
            _ => [],
        }));
    }
}
