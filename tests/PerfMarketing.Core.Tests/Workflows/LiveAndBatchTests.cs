using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>DESIGN §4 rule 15: live calls and a batch over the same inputs in the same order decide the same.</summary>
public sealed class LiveAndBatchTests
{
    private const int SeedCount = 60;
    private const int EventCount = 80;

    [Fact]
    public async Task Same_inputs_in_the_same_order_give_the_same_records()
    {
        (int entries, HashSet<string> kinds) = await CompareAsync(LiveTerms.AnyOf, SeedCount);

        entries.Should().BeGreaterThan(10 * SeedCount, "the mix must post something");
        kinds.Should().Contain(
        [
            "Conflict", "Replayed", "Qualified", "Pending", "Disputed", "adjustment", "earning", "budget", "repricing",
            SettlementReasons.OverBudget, SettlementReasons.DuplicateOrder, "proof.expired",
            "limit", "promoted", LimitReasons.Held, LimitReasons.HoldEnded, LimitReasons.Diverted, LimitReasons.Cut,
            LimitReasons.Reached, SettlementReasons.BudgetHeld, SettlementReasons.BudgetUnpaid,
            SettlementReasons.BudgetDiverted, SettlementReasons.OverReserve,
        ]);
    }

    [Fact]
    public async Task Best_prices_over_tallies_of_all_partners_under_limits_give_the_same_records()
    {
        const int Seeds = 16;
        (int entries, HashSet<string> kinds) = await CompareAsync(LiveTerms.SharedOf, Seeds);

        entries.Should().BeGreaterThan(5 * Seeds, "the mix must post something");
        kinds.Should().Contain(["limit", "budget", "adjustment", LimitReasons.Reached]);
    }

    // The second version begins within the month and the week.
    [Fact]
    public async Task Limits_that_change_within_their_period_give_the_same_records()
    {
        const int Seeds = 48;
        (int entries, HashSet<string> kinds) = await CompareAsync(LiveTerms.AmendedOf, Seeds);

        entries.Should().BeGreaterThan(5 * Seeds, "the mix must post something");
        kinds.Should().Contain(
        [
            "limit", "promoted", LimitReasons.Held, LimitReasons.HoldEnded, LimitReasons.Diverted, LimitReasons.Cut,
            LimitReasons.Reached, LimitReasons.Unpaid, LimitReasons.Exceeded,
        ]);
    }

    // What leaves a tally re-prices what else a partner brought to it, by the version that priced each.
    [Fact]
    public async Task Tallies_that_follow_corrections_over_two_versions_give_the_same_records()
    {
        const int Seeds = 48;
        (int entries, HashSet<string> kinds) = await CompareAsync(LiveTerms.FollowedOf, Seeds);

        entries.Should().BeGreaterThan(5 * Seeds, "the mix must post something");
        kinds.Should().Contain(["adjustment", "repricing", "budget"]);
    }

    private static async Task<(int Entries, HashSet<string> Kinds)> CompareAsync(
        Func<int, Campaign> campaignOf, int seeds)
    {
        int entries = 0;
        HashSet<string> kinds = [];
        for (int seed = 0; seed < seeds; seed++)
        {
            Pair pair = new(campaignOf(seed));
            foreach (object input in new RandomEvents(seed).Take(EventCount))
            {
                await pair.TakeAsync(input, seed);
            }

            await pair.CompareStatementsAsync(seed);
            entries += pair.Entries.Count;
            kinds.UnionWith(pair.Kinds);
        }

        return (entries, kinds);
    }

    /// <summary>One campaign run twice: by workflows and by the batch.</summary>
    private sealed class Pair
    {
        private readonly LiveHost live;
        private readonly BatchJourneys journeys;
        private readonly CampaignRun batch;

        public Pair(Campaign campaign)
        {
            live = new(campaign.ToDraft());
            journeys = new(campaign.Attribution.Lookback);
            batch = new(campaign, journeys);
        }

        public List<LedgerEntry> Entries { get; } = [];

        public HashSet<string> Kinds { get; } = [];

        public async Task TakeAsync(object input, int seed)
        {
            if (input is Touchpoint touchpoint)
            {
                await live.RecordAsync(touchpoint);
                journeys.Add(touchpoint);
                return;
            }

            var known = (CampaignInput)input;
            await ExpireAsync(known.RecordedAt);
            if (known is CampaignInput.OfOutcome { Outcome: var marked })
            {
                journeys.Mark(marked);
            }

            Decision decision = batch.Process(known);
            ConversionReport report = await live.TakeAsync(known);
            Keep(report);
            report.Answer.Should().Be(decision.Answer, $"seed {seed}, {input}");
            Written(report.IsRepetition ? [] : report.Records).Should()
                .Equal(Written(decision.Records), $"seed {seed}, {input}");
            Written(Entries).Should().Equal(Written(batch.Entries), $"seed {seed}, {input}");
        }

        public async Task CompareStatementsAsync(int seed)
        {
            Instant end = Instant.FromUtc(2026, 6, 1, 0, 0);
            ValueList<Statement> all = batch.Statements(end);
            foreach (int month in (int[])[3, 4, 5])
            {
                ValueList<Statement> settled = await live.Settlement.SettleAsync(
                    live.Campaign.Id, new(2026, month), end, CancellationToken.None);
                settled.Should().Equal(all.Where(s => s.Period == $"2026-0{month}"), $"seed {seed}");
            }
        }

        private static IEnumerable<string> Written(IEnumerable<CampaignRecord> records) =>
            records.Select(static r => TermJson.Write(r));

        private async Task ExpireAsync(Instant now)
        {
            batch.Expire(now);
            HashSet<OutcomeId> noted =
            [
                .. (await live.Ledger.FindAsync(live.Campaign.Id, now, null, DueWorkflow.CountMax, default))
                    .Select(static d => d.Outcome),
            ];
            foreach (ConversionReport report in await live.TickAsync(now, count: 1 + (Entries.Count % 7)))
            {
                Keep(report);
                Kinds.UnionWith(noted.Contains(report.State.Id) ? [] : ["promoted"]);
            }
        }

        private void Keep(ConversionReport report)
        {
            Entries.AddRange(report.IsRepetition ? [] : report.Posted);
            Kinds.UnionWith(report.Promoted.Where(static p => p.Records.Count > 0).Select(static _ => "promoted"));
            Kinds.Add(report.Answer.ToString());
            Kinds.Add(report.Qualification.GetType().Name);
            Kinds.UnionWith(report.Records.Select(static r => r.Tag));
            Kinds.UnionWith(report.Reasons.Select(static r => r.Code));
            foreach (ConversionReport promoted in report.Promoted)
            {
                Keep(promoted);
            }
        }
    }

    /// <summary>What a batch knows of journeys, gathered as the log goes on.</summary>
    private sealed class BatchJourneys(LookbackWindow lookback) : IJourneySource
    {
        private readonly List<Touchpoint> touchpoints = [];
        private readonly Dictionary<OutcomeId, Outcome> outcomes = [];

        public void Add(Touchpoint touchpoint)
        {
            if (!touchpoints.Exists(t => t.Id == touchpoint.Id))
            {
                touchpoints.Add(touchpoint);
            }
        }

        public void Mark(Outcome outcome)
        {
            if (!outcome.IsTest)
            {
                outcomes.TryAdd(outcome.Id, outcome);
            }
        }

        public Journey Find(Outcome outcome)
        {
            Instant from = lookback.Length is { } length ? outcome.At - length : Instant.MinValue;
            JourneyTouch[] touches =
            [
                .. touchpoints.Where(t => t.Id == outcome.Touch
                        || (t.Customer == outcome.Customer && from <= t.At && t.At <= outcome.At))
                    .Select(JourneyTouch.Of),
            ];
            Outcome? previous = outcomes.Values
                .Where(o => o.Customer == outcome.Customer
                    && (o.At < outcome.At || (o.At == outcome.At && o.Id < outcome.Id)))
                .MaxBy(static o => o.At);
            return new(touches, previous is null ? null : new JourneyCut(previous.At));
        }
    }
}
