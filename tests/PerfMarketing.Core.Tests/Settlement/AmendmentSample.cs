using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Short ways to say what tests of amendments need.</summary>
internal static class AmendmentSample
{
    public const string Accepted = "2026-03-20T12:00:00Z";

    public static readonly JourneyTouch Blog = Touch("p-blog", "2026-02-20T09:00:00Z");

    public static readonly CampaignInput[] TwoSales =
    [
        Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)), Of(Sale("o2", "2026-03-10T12:00:00Z", 200.Eur)),
    ];

    public static Money Total(CampaignRun run) =>
        run.Entries.Aggregate(0.Eur, static (sum, entry) => sum + entry.Amount);

    public static CampaignDraft Amended(
        PayoutModel before,
        PayoutModel after,
        Func<ClauseDraft, ClauseDraft>? terms = null,
        LocalDate? from = null,
        Func<ContractDraft, ContractDraft>? change = null)
    {
        ContractDraft first = Contract(before, terms).EffectiveFrom(new(2026, 1, 1));
        ContractDraft second = first.Amend(
            from ?? new(2026, 3, 1), d => d with { Clauses = [d.Clauses[0] with { Pays = after }] });
        return first.ToCampaign().With(change is null ? second : change(second)).With(ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new("p-blog") })
            .Then(new ContractEvent.Proposed(2) { At = At("2026-03-18T12:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(2) { At = At(Accepted), By = new("p-blog") }));
    }

    public static CampaignDraft Both(PayoutModel before, PayoutModel after)
    {
        ContractHistory history = ContractHistory.Of("acme-2026");
        foreach ((int version, string at) in new[] { (1, "2025-12-01T12:00:00Z"), (2, Accepted) })
        {
            history = history.Then(new ContractEvent.Proposed(version) { At = At(at), By = new("acme") })
                .Then(new ContractEvent.Accepted(version) { At = At(at), By = new("p-blog") })
                .Then(new ContractEvent.Accepted(version) { At = At(at), By = new("p-mail") });
        }

        return Amended(before, after).With(history);
    }

    // The same when the second version was accepted before anything came in.
    public static CampaignDraft Known(CampaignDraft late)
    {
        ContractHistory history = late.Lifecycles[0];
        return late with
        {
            Lifecycles =
            [
                history with
                {
                    Events =
                    [
                        .. history.Events.Select(static (e, i) => e with
                        {
                            At = At(i == 0 ? "2025-12-01T12:00:00Z" : $"2025-12-1{i}T12:00:00Z"),
                        }),
                    ],
                },
            ],
        };
    }

    public static IEnumerable<CampaignInput> Sales(params IEnumerable<string> days) =>
        days.Select(static (day, i) => Of(Sale($"o{i + 1}", $"2026-{day}T12:00:00Z", 100.Eur)));

    public static CampaignRun Settle(CampaignDraft campaign, params CampaignInput[] log)
    {
        CampaignRun run = new(campaign.Build(), new Touches());
        Feed(run, log);
        return run;
    }

    public static void Feed(CampaignRun run, CampaignInput[] log)
    {
        foreach (CampaignInput input in log)
        {
            run.Process(input);
        }

        run.Expire(At("2026-04-02T00:00:00Z"));
    }

    public static CampaignState Fold(Campaign campaign, IEnumerable<CampaignRecord> records)
    {
        CampaignState state = new(campaign);
        foreach (CampaignRecord record in records)
        {
            state.Apply(record);
        }

        return state;
    }

    public sealed class Touches : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[] { Blog });
    }

    public sealed class NoTouches : IJourneySource
    {
        public Journey Find(Outcome outcome) => default;
    }
}
