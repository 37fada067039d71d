using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Proofs.Validation;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Whatever comes in, rules that look beside results decide, and decide the same again.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class TrafficHostileTests
{
    private const int SeedCount = 120;
    private const int EventCount = 60;

    private static readonly Instant Noon = At("2026-03-03T12:00:00Z");
    private static readonly Duration Longest = Duration.FromDays(DurationText.DaysMax);

    [Fact]
    public void Nothing_that_comes_in_makes_a_decision_fail_and_records_give_the_same_state()
    {
        HashSet<string> codes = [];
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Random random = new(seed);
            Campaign campaign = CampaignOf(random);
            CampaignDecider decider = new(campaign);
            CampaignState whole = new(campaign);
            List<CampaignRecord> records = [];
            int cut = random.Next(EventCount);
            CampaignState restored = new(campaign);
            for (int i = 0; i < EventCount; i++)
            {
                if (i == cut)
                {
                    records.ForEach(restored.Apply);
                }

                (Outcome outcome, Journey journey, Instant asOf) = Event(random, i);
                Decision decision = decider.Receive(whole, outcome, [], journey, asOf);
                records.AddRange(decision.Records);
                codes.UnionWith(decision.Outcome.Decision!.Legs.SelectMany(static l => l.Qualification.Match(
                    static _ => [], static p => p.Reasons, static r => r.Reasons, static d => d.Reasons))
                    .Select(static r => r.Code));
                if (i >= cut)
                {
                    decider.Receive(restored, outcome, [], journey, asOf).Records.Select(static r => TermJson.Write(r))
                        .Should().Equal(decision.Records.Select(static r => TermJson.Write(r)), $"seed {seed}, {i}");
                }
            }

            TermJson.Write(restored.Traffic).Should().Be(TermJson.Write(whole.Traffic), $"seed {seed}");
            records.OfType<TrafficSeen>().Select(static r => (r.OutcomeId, r.Finding.Room)).Should()
                .OnlyHaveUniqueItems();
        }

        codes.Should().Contain(
        [
            TrafficReasons.Repeated, TrafficReasons.Velocity, TrafficReasons.LongTail, TrafficReasons.ClickFlood,
            TrafficReasons.ExactIntervals, CallReasons.RepeatedCaller,
        ]);
    }

    // 12,000 results of one hour: what is remembered is bounded, and nobody slips through by sending more.
    [Fact]
    public void A_flood_is_found_to_its_end()
    {
        const int Count = 12_000;
        TrafficTerms terms = new()
        {
            Rules =
            [
                new(TrafficRuleKind.Velocity)
                {
                    Within = Duration.FromHours(1), Max = TrafficHistory.CountMax, Score = 9,
                },
                new(TrafficRuleKind.Repeated)
                {
                    Of = "device-pseudonym", Within = Duration.FromHours(1), Max = 1, Then = TrafficAction.Reject,
                },
            ],
            RejectAt = 9,
        };
        Campaign campaign = (Contract(Pay.Fixed(1.Eur)) with { Traffic = terms }).ToCampaign().Build();
        CampaignDecider decider = new(campaign);
        CampaignState state = new(campaign);
        Journey journey = new(new[] { Touch("p-blog", "2026-03-03T11:00:00Z") });
        int paid = 0;
        for (int i = 0; i < Count; i++)
        {
            Outcome sale = Sale($"o{i}", "2026-03-03T12:00:00Z") with
            {
                At = Noon + Duration.FromMilliseconds(i * 250),
                Facts = FactSet.Create(Facts.DevicePseudonym.Of($"d{i / 3}")),
            };
            paid += decider.Receive(state, sale, [], journey, sale.At).Posted.Count;
        }

        paid.Should().Be(6_667, "of three results of a device two, as long as the partner's 10,000 last");
        state.Traffic.Rooms.Max(r => state.Traffic.HistoryOf(r)!.Count).Should().Be(TrafficHistory.CountMax);
        state.Traffic.Rooms.Sum(r => state.Traffic.HistoryOf(r)!.ForgottenCount).Should().Be(Count - 10_000);
    }

    [Fact]
    public void Thresholds_out_of_bounds_are_refused()
    {
        TrafficRule[] wrong =
        [
            new(TrafficRuleKind.Velocity) { Within = Duration.FromHours(1), Max = TrafficHistory.CountMax + 1 },
            new(TrafficRuleKind.Repeated) { Within = Duration.FromHours(1), Max = -1, Of = "device-pseudonym" },
            new(TrafficRuleKind.ClickFlood) { Within = Duration.FromHours(1), Max = TrafficRule.ClicksMax + 1 },
            new(TrafficRuleKind.Velocity) { Within = Longest + Duration.FromSeconds(1), Max = 1 },
            new(TrafficRuleKind.Velocity) { Within = Duration.Zero, Max = 1 },
            new(TrafficRuleKind.LongTail) { Within = Duration.FromDays(1), Max = 3, Share = 50.Percent },
        ];

        wrong.Where(static r => new TrafficRuleValidator().Validate(r).IsValid).Should().BeEmpty();
        new TrafficRuleValidator().Validate(new TrafficRule(TrafficRuleKind.ClickFlood)
        {
            Within = Longest, Max = TrafficRule.ClicksMax,
        }).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Damaged_terms_are_refused_without_an_exception()
    {
        string text = TermJson.Write(CampaignDraftOf(new Random(1)));
        Random random = new(7);
        for (int i = 0; i < 400; i++)
        {
            int at = text.IndexOf("\"traffic\"", StringComparison.Ordinal) + random.Next(700);
            at = Math.Min(at, text.Length - 1);
            string damaged = string.Concat(text.AsSpan(0, at), "9", text.AsSpan(at + 1));
            try
            {
                CampaignJson.ParseCampaign(damaged).Validate();
            }
            catch (System.Text.Json.JsonException)
            {
            }
        }
    }

    private static Campaign CampaignOf(Random random) => CampaignDraftOf(random).Build();

    private static CampaignDraft CampaignDraftOf(Random random)
    {
        Duration[] lengths = [Duration.FromSeconds(1), Duration.FromHours(3), Duration.FromDays(30), Longest];
        Duration Within() => lengths[random.Next(lengths.Length)];
        TrafficTerms terms = new()
        {
            Rules =
            [
                new(TrafficRuleKind.Velocity) { Within = Within(), Max = random.Next(1, 6), Score = 20 },
                new(TrafficRuleKind.Velocity) { Within = Longest, Max = TrafficHistory.CountMax, Score = 100 },
                new(TrafficRuleKind.Repeated) { Of = "x.any", Within = Within(), Max = random.Next(2), Score = 40 },
                new(TrafficRuleKind.Repeated) { Of = "partner", Within = Within(), Max = 0, Score = 1 },
                new(TrafficRuleKind.ExactIntervals) { Max = 3, Within = Duration.FromHours(1), Score = 10 },
                new(TrafficRuleKind.LongTail)
                {
                    Within = Within(), After = Duration.FromSeconds(1), Max = 1, Share = 0.Percent, Score = 10,
                },
                new(TrafficRuleKind.ClickFlood) { Within = Within(), Max = 1_000_000, Score = 30 },
            ],
            HoldAt = 50,
            RejectAt = 80,
        };
        ContractDraft draft = Contract(Pay.Fixed(1.Eur)).Pays("click", Pay.Fixed(0.Eur))
            .Pays("call-received", Pay.Fixed(1.Eur));
        return (draft with { Traffic = terms, Calls = new(1) { UniqueWithin = Within() } }).ToCampaign();
    }

    private static (Outcome Outcome, Journey Journey, Instant AsOf) Event(Random random, int index)
    {
        Instant[] times =
        [
            ContractCalendar.Earliest, ContractCalendar.Latest - Duration.Epsilon, ContractCalendar.Latest,
            Instant.MinValue, Instant.MaxValue, Instant.FromUnixTimeSeconds(0), Instant.FromUnixTimeSeconds(-1),
            Noon, Noon, Noon + Duration.FromHours(random.Next(5)), Noon + Duration.FromSeconds(index),
        ];
        FactValue[] values =
        [
            FactValue.Of("d1"), FactValue.Of(new string('x', 1_000)), FactValue.Of("%/ ü\u202e"),
            FactValue.Of(1.10m), FactValue.Of(1.1m), FactValue.Of(true), FactValue.Of("1.1"),
        ];
        Instant at = times[random.Next(times.Length)];
        FactSet facts = random.Next(4) == 0 ? FactSet.Empty
            : FactSet.Create(new Fact("x.any", values[random.Next(values.Length)]));
        int kind = random.Next(6);
        Outcome outcome = new()
        {
            Id = new($"o{random.Next(index + 1)}"),
            At = at,
            Kind = kind == 0 ? "click" : kind == 1 ? "call-received" : "sale",
            Quantity = kind == 0 ? Outcome.QuantityMax : 1,
            Customer = random.Next(5) == 0 ? null : new CustomerId($"c{random.Next(3)}"),
            Facts = kind == 1 ? facts.With(Facts.CallSeconds, random.Next(-1, 300)) : facts,
        };
        Journey journey = at > Instant.MinValue && at < Instant.MaxValue && random.Next(8) > 0
            ? new(new[]
            {
                new JourneyTouch
                {
                    Id = new("t1"),
                    At = at - Duration.FromSeconds(random.Next(9)),
                    RecordedAt = at - Duration.FromSeconds(9),
                    Partner = new(random.Next(2) == 0 ? "p-blog" : "p-mail"),
                    Kind = TouchpointKind.Click,
                },
            })
            : default;
        Instant asOf = ContractCalendar.Covers(at) && random.Next(9) > 0 ? at + Duration.FromMinutes(1) : at;
        return (outcome, journey, asOf);
    }
}
