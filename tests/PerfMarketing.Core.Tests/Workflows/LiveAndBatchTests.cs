using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>DESIGN §4 rule 15: live calls and a batch over the same inputs in the same order decide the same.</summary>
public sealed class LiveAndBatchTests
{
    private const int SeedCount = 60;
    private const int EventCount = 80;

    private static readonly AttributionRule[] Rules =
    [
        new LastTouch(), new Linear(), new PositionBased(), new ReferencedTouch(),
        new LastTouch { CutAtConversion = true }, new Linear { Lookback = LookbackWindow.Hours(36) },
    ];

    [Fact]
    public async Task Same_inputs_in_the_same_order_give_the_same_records()
    {
        (int entries, HashSet<string> kinds) = await CompareAsync(CampaignOf, SeedCount);

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
        (int entries, HashSet<string> kinds) = await CompareAsync(SharedOf, Seeds);

        entries.Should().BeGreaterThan(5 * Seeds, "the mix must post something");
        kinds.Should().Contain(["limit", "budget", "adjustment", LimitReasons.Reached]);
    }

    // The second version begins within the month and the week.
    [Fact]
    public async Task Limits_that_change_within_their_period_give_the_same_records()
    {
        const int Seeds = 48;
        (int entries, HashSet<string> kinds) = await CompareAsync(AmendedOf, Seeds);

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
        (int entries, HashSet<string> kinds) = await CompareAsync(FollowedOf, Seeds);

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

    // The best of two prices, one of which falls with what all partners, or all contracts, bring together.
    private static Campaign SharedOf(int seed)
    {
        TallyTerms together = new()
        {
            Scope = seed % 4 < 2 ? TallyScope.Contract : TallyScope.Campaign,
            Credit = seed % 2 == 0 ? TallyCredit.Credited : TallyCredit.Involved,
        };
        ContractDraft second = ContractDraft.For("net-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Tiered(new(6.Eur, UpTo: 2), new(2.Eur)), c => c.TalliedBy(together));
        return (Contract(
                Pay.Tiered(new(6.Eur, UpTo: 2), new(2.Eur)),
                c => c.TalliedBy(together).LimitedTo(Limit.Outcomes(1.5m, PeriodUnit.Week, LimitScope.Partner)))
            .Pays("sale", Pay.RevenueShare(2.Percent))
            .Pays("lead", Pay.Tiered(new(3.Eur, UpTo: 1.5m), new(1.Eur)), c => c.TalliedBy(together)
                .LimitedTo(Limit.Spend(2.Eur, PeriodUnit.Day, LimitScope.Partner))) with
        {
            Precedence = Precedence.Best,
        })
            .AttributedBy(seed % 3 == 0 ? new PositionBased() : new Linear())
            .With(second)
            .BudgetedBy(new(new("month"), 60.Eur, PeriodUnit.Month)
            {
                OnExceeded = LimitOverflow.PayRemainder,
                AtCap = CapBehavior.StopAndReject,
            })
            .Build();
    }

    // Rounded together or alone, in one version or in two.
    private static Campaign FollowedOf(int seed)
    {
        TallyTerms together = new() { Corrections = TallyCorrections.Reevaluated };
        RoundAt at = seed % 2 == 0 ? RoundAt.Period : RoundAt.Outcome;
        ContractDraft first = Contract(
                Pay.Volume(new(7.77m.Percent, UpTo: 3), new(12.5m.Percent)),
                c => c.TalliedBy(together).Rounded(default, at))
            .Pays("lead", Pay.RevenueShare(3.33m.Percent), c => c.TalliedBy(together).Rounded(default, at))
            .EffectiveFrom(new(2026, 1, 1));
        PayoutModel after = seed % 4 < 2
            ? Pay.Tiered(new(1.37m.Eur, UpTo: 2.5m), new(4.10m.Eur))
            : Pay.RevenueShare(6.66m.Percent);
        ContractDraft second = first.Amend(
            new(2026, 3, 30),
            d => d with { Clauses = [d.Clauses[0] with { Pays = after }, .. d.Clauses.Skip(1)] });
        CampaignDraft campaign = first.AttributedBy(Rules[seed % Rules.Length])
            .BudgetedBy(new Budget(new("month"), (seed % 4 < 2 ? 40 : 400).Eur, PeriodUnit.Month));
        return (seed / 4 % 2 == 0 ? campaign.With(second) : campaign).Build();
    }

    // Another room, or another overflow, or none, under the same name; twice a partner's, twice of all partners.
    private static Campaign AmendedOf(int seed)
    {
        LimitOverflow before = (LimitOverflow)(seed % 6);
        LimitOverflow after = (LimitOverflow)(seed / 6 % 6);
        LimitScope scope = seed % 4 < 2 ? LimitScope.Partner : LimitScope.Contract;
        ClauseDraft With(ClauseDraft clause, int max, LimitOverflow overflow)
        {
            Limit limit = Limit.Spend(max.Eur, seed % 3 == 0 ? PeriodUnit.Week : PeriodUnit.Month, scope);
            return clause with
            {
                Limits = [overflow == LimitOverflow.Divert ? limit.DivertingTo(new("sale-2")) : limit.Or(overflow)],
            };
        }

        ContractDraft first = Contract(
                Pay.RevenueShare(12.Percent).CappedAt(20.Eur),
                c => With(c, 12, before).TrustingHost("order-paid", within: Duration.FromDays(2)))
            .Pays("sale", Pay.Fixed(0.20m.Eur)).Pays("lead", Pay.Fixed(1.Eur)).EffectiveFrom(new(2026, 1, 1));
        ContractDraft second = first.Amend(
            new(2026, 3, 30),
            d => d with { Clauses = [With(d.Clauses[0], seed % 5 < 3 ? 30 : 5, after), .. d.Clauses.Skip(1)] });
        return first.AttributedBy(Rules[seed % Rules.Length]).With(second).Build();
    }

    private static Campaign CampaignOf(int seed)
    {
        ContractDraft second = ContractDraft.For("net-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "America/New_York")
            .Pays("sale", Pay.RevenueShare(3.33m.Percent), c => c.Correcting(CorrectionPolicy.Reprice));
        return Contract(
                Pay.RevenueShare(12.Percent).CappedAt(20.Eur),
                c => Limited(c, seed).TrustingHost("order-paid", within: Duration.FromDays(2))
                    .GradedBy(GradeTerms.None.Accept("A").Scale("B", 50.Percent).Reverse("D")))
            .Pays("lead", LeadsOf(seed), c => c.HeldFor(Duration.FromDays(14))
                .TalliedBy(TallyOf(seed)).GradedBy(GradeTerms.None.Scale("B", 33.33m.Percent).Reverse("C")))
            .Pays("order", Pay.Fixed(4.55m.Eur), c => Single(c, seed).Correcting(CorrectionPolicy.UntilFullReturn))
            .Pays("sale", Pay.Fixed(0.20m.Eur))
            .AttributedBy(Rules[seed % Rules.Length])
            .With(second)
            .BudgetedBy(new Budget(new("month"), (seed % 4 is 1 or 2 ? 30 : 120).Eur, PeriodUnit.Month)
            {
                AtCap = (CapBehavior)(seed % 3),
                Recognition = (BudgetRecognition)(seed / 3 % 3),
            }.Or((LimitOverflow)(seed / 3 % 6), "sale-2"))
            .BudgetedBy(new Budget(new("day"), 30.Eur, PeriodUnit.Day)
            {
                AtCap = (CapBehavior)(seed / 2 % 3),
                Recognition = (BudgetRecognition)(seed / 5 % 3),
                Changes = seed % 4 < 2
                    ? []
                    :
                    [
                        new(Instant.FromUtc(2026, 3, 29, 11, 0), 12.Eur),
                        new(Instant.FromUtc(2026, 3, 31, 9, 0), 45.Eur),
                    ],
                Zone = seed % 7 == 3 ? "America/New_York" : null,
                ReserveFor = seed % 3 == 1 ? Duration.FromHours(9) : null,
                Since = seed % 5 == 3 ? Instant.FromUtc(2026, 3, 28, 15, 0) : null,
                UsedBefore = seed % 5 == 3 ? 7.Eur : null,
            }.Or((LimitOverflow)(seed / 6 % 6), "sale-2"))
            .Build();
    }

    private static PayoutModel LeadsOf(int seed) => (seed % 4) switch
    {
        0 => Pay.Tiered(new(1.20m.Eur, UpTo: 3), new(0.90m.Eur)),
        1 => Pay.Volume(new(0.90m.Eur, UpTo: 3), new(1.20m.Eur)),
        2 => Pay.Volume(new(1.20m.Eur, UpTo: 3), new(0.90m.Eur)),
        _ => Pay.Tiered(new(1.20m.Eur, UpTo: 7), new(0.90m.Eur)),
    };

    private static TallyTerms TallyOf(int seed) => (seed % 4) switch
    {
        2 => new() { Corrections = TallyCorrections.Reevaluated },
        3 => new() { Scope = TallyScope.Contract },
        _ => TallyTerms.Default,
    };

    // Half of the campaigns have no limits; in the others something waits, goes elsewhere or is cut.
    private static ClauseDraft Limited(ClauseDraft clause, int seed) => (seed / Rules.Length % 6) switch
    {
        0 => clause.LimitedTo(Limit.Spend(30.Eur, PeriodUnit.Month).Or(LimitOverflow.Hold)),
        1 => clause.LimitedTo(Limit.Outcomes(1, PeriodUnit.Week, LimitScope.PartnerCustomer).Or(LimitOverflow.Hold))
            .LimitedTo(Limit.Spend(35.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder)),
        2 => clause.LimitedTo(Limit.First(1).DivertingTo(new("sale-2"))),
        _ => clause,
    };

    private static ClauseDraft Single(ClauseDraft clause, int seed) => seed % 2 == 0
        ? clause
        : clause.LimitedTo(Limit.Outcomes(1, PeriodUnit.Lifetime).Or(LimitOverflow.Hold));

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
