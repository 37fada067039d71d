using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What holds of two campaigns of one advertiser that are handed the same, whoever is asked first.</summary>
public sealed class OrderClaimLawTests
{
    private const int SeedCount = 24;
    private const int EventCount = 100;

    private static readonly Instant End = Instant.FromUtc(2026, 6, 1, 0, 0);

    [Fact]
    public async Task Whoever_is_asked_first_each_order_is_paid_once_and_the_sum_is_the_same()
    {
        int taken = 0;
        int paid = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Money[] sums = new Money[3];
            for (int turn = 0; turn < sums.Length; turn++)
            {
                Two two = new(DraftOf("camp-a", seed), DraftOf("camp-b", seed));
                await two.PlayAsync(seed, turn);

                LedgerEntry[] entries = [.. two.Ledger.Entries];
                entries.OfType<Earning>().Where(e => two.OrderOf(e.OutcomeId) is not null)
                    .Select(e => (two.OrderOf(e.OutcomeId), e.Clause, e.Partner))
                    .Should().OnlyHaveUniqueItems($"seed {seed}, turn {turn}");
                paid += entries.Length;
                sums[turn] = entries.Aggregate(0.Eur, static (sum, e) => sum + e.Amount);
                taken += two.TakenElsewhere;
            }

            sums.Distinct().Should().ContainSingle($"seed {seed}");
        }

        taken.Should().BeGreaterThan(SeedCount);
        paid.Should().BeGreaterThan(10 * SeedCount);
    }

    // A run over the log of one campaign is told what the other one took, and says what the workflows said.
    [Fact]
    public async Task Run_that_is_told_the_claims_comes_to_what_the_workflows_came_to()
    {
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Two two = new(DraftOf("camp-a", seed), DraftOf("camp-b", seed, fixedPrice: true));
            await two.PlayAsync(seed, turn: 2);
            ValueList<OrderClaimed> claims = await two.ClaimsAsync();

            foreach (Side side in two.Sides)
            {
                CampaignRun run = side.Run(claims);
                ValueList<Statement> statements = run.Statements(End);
                run.Entries.Select(static e => TermJson.Write(e)).Should()
                    .Equal(side.Entries.Select(static e => TermJson.Write(e)), $"seed {seed}, {side.Host.Campaign}");
                Dictionary<OutcomeId, OutcomeDecided> live = await side.DecisionsAsync();
                live.Should().HaveCount(run.State.Outcomes.Count(static o => o.Decision is not null));
                foreach (OutcomeState known in run.State.Outcomes.Where(static o => o.Decision is not null))
                {
                    TermJson.Write(live[known.Id]).Should()
                        .Be(TermJson.Write(known.Decision!), $"seed {seed}, {side.Host.Campaign} {known.Id}");
                }

                // Taken over from its statements, and decided again.
                CampaignRun again = side.Run(claims, statements);
                again.Statements(End).Where(static s => s.IsClosed).Should()
                    .Equal(statements.Where(static s => s.IsClosed), $"seed {seed}");
            }
        }
    }

    // Where no workflow ran, runs tell each other what they took.
    [Fact]
    public async Task Claims_that_runs_make_are_those_of_the_workflows()
    {
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Two two = new(DraftOf("camp-a", seed), DraftOf("camp-b", seed));
            await two.PlayAsync(seed, turn: 0);
            ValueList<OrderClaimed> claims = await two.ClaimsAsync();
            List<OrderClaimed> made = [];
            foreach (Side side in two.Sides)
            {
                made.AddRange(side.ClaimsOf(side.Run(claims)));
            }

            made.Select(static c => (c.Order, c.Campaign, c.OutcomeId)).Should()
                .BeEquivalentTo(claims.Select(static c => (c.Order, c.Campaign, c.OutcomeId)), $"seed {seed}");
        }
    }

    private static CampaignDraft DraftOf(string id, int seed, bool fixedPrice = false) =>
        ContractDraft.For(id).PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays(
                "sale",
                fixedPrice ? Pay.Fixed(7.Eur) : Pay.RevenueShare(10.Percent),
                c => seed % 3 == 0 ? c : c.TrustingHost("order-paid", within: Duration.FromDays(2)))
            .Pays("order", Pay.Fixed(4.55m.Eur))
            .ToCampaign();

    /// <summary>Two campaigns over one store, and what each was handed.</summary>
    private sealed class Two
    {
        private readonly Dictionary<OutcomeId, OrderId?> orders = [];

        public Two(CampaignDraft a, CampaignDraft b) =>
            Sides = [new(new(a, ledger: Ledger)), new(new(b, ledger: Ledger))];

        public MemoryLedger Ledger { get; } = new();

        public Side[] Sides { get; }

        public int TakenElsewhere => Sides.Sum(static s => s.TakenElsewhere);

        public OrderId? OrderOf(OutcomeId outcome) => orders.GetValueOrDefault(outcome);

        // Turn 0 asks the first campaign first, turn 1 the second one, turn 2 now this and now that one.
        public async Task PlayAsync(int seed, int turn)
        {
            int count = 0;
            foreach (object input in new RandomEvents(seed).Take(EventCount))
            {
                bool isFirst = turn == 2 ? count++ * 7 % 5 < 2 : turn == 0;
                foreach (Side side in isFirst ? Sides : Sides.Reverse())
                {
                    await side.TakeAsync(input);
                }

                if (input is CampaignInput.OfOutcome { Outcome: var outcome })
                {
                    orders.TryAdd(outcome.Id, outcome.OrderId);
                }
            }

            foreach (Side side in Sides)
            {
                await side.PassAsync(End);
            }
        }

        public async Task<ValueList<OrderClaimed>> ClaimsAsync() =>
            [.. (await Sides[0].Host.StoredAsync()).Select(static r => r.Record).OfType<OrderClaimed>()];
    }

    /// <summary>One campaign: live, and as a log for a run.</summary>
    private sealed class Side(LiveHost host)
    {
        private readonly List<object> log = [];
        private readonly List<Decision> decisions = [];

        public LiveHost Host => host;

        public List<LedgerEntry> Entries { get; } = [];

        public int TakenElsewhere { get; private set; }

        public async Task TakeAsync(object input)
        {
            log.Add(input);
            if (input is Touchpoint touchpoint)
            {
                await host.RecordAsync(touchpoint);
                return;
            }

            var taken = (CampaignInput)input;
            await PassAsync(taken.RecordedAt);
            Keep(await host.TakeAsync(taken));
        }

        // The newest of each outcome.
        public async Task<Dictionary<OutcomeId, OutcomeDecided>> DecisionsAsync() =>
            (await host.StoredAsync())
                .Where(s => s.Record is OutcomeDecided { OutcomeId: var id }
                    && s.Stream == StreamId.OfOutcome(host.Campaign.Id, id))
                .Select(static s => (OutcomeDecided)s.Record).GroupBy(static d => d.OutcomeId)
                .ToDictionary(static d => d.Key, static d => d.Last());

        public async Task PassAsync(Instant now) => (await host.TickAsync(now)).ForEach(Keep);

        public CampaignRun Run(ValueList<OrderClaimed> claims, ValueList<Statement>? before = null)
        {
            decisions.Clear();
            List<Touchpoint> touches = [];
            CampaignRun run = new(host.Campaign, new KnownTouches(touches)) { Decided = decisions.Add };
            run.Restore(before ?? []);
            foreach (OrderClaimed claim in claims)
            {
                run.Note(claim);
            }

            foreach (object input in log)
            {
                if (input is Touchpoint touchpoint)
                {
                    touches.Add(touchpoint);
                }
                else
                {
                    run.Process((CampaignInput)input);
                }
            }

            run.Expire(End);
            return run;
        }

        public IEnumerable<OrderClaimed> ClaimsOf(CampaignRun run) => decisions
            .Select(d => OrderClaimed.Of(run.State.Campaign, d)).OfType<OrderClaimed>().DistinctBy(static c => c.Order);

        private void Keep(ConversionReport report)
        {
            Entries.AddRange(report.IsRepetition ? [] : report.Posted);
            TakenElsewhere += report.Reasons.Count(static r => r.Code == SettlementReasons.DuplicateOrder
                && r.Args.Any(static a => a.Name == "campaign"));
            report.Promoted.ToList().ForEach(Keep);
        }
    }

    /// <summary>The touches that were recorded so far.</summary>
    private sealed class KnownTouches(List<Touchpoint> touches) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(
            touches.DistinctBy(static t => t.Id)
                .Where(t => t.Id == outcome.Touch || (t.Customer == outcome.Customer && t.At <= outcome.At))
                .Select(JourneyTouch.Of).ToArray());
    }
}
