using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What is seen beside other results is seen alike live, in batches, and from records.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class TrafficLiveAndBatchTests
{
    private const int SeedCount = 30;
    private const int EventCount = 70;

    private static readonly Instant Start = Instant.FromUtc(2026, 3, 28, 0, 0);
    private static readonly Instant Until = Start + Duration.FromDays(20);

    [Fact]
    public async Task Same_inputs_give_the_same_entries_and_findings()
    {
        HashSet<string> codes = [];
        for (int seed = 0; seed < SeedCount; seed++)
        {
            CampaignInput[] log = [.. Inputs(seed)];
            AmendedHost host = new(CampaignOf(seed), Touches(seed));
            CampaignRun batch = host.Batch(log, Until);

            await host.RunAsync(log, Until);

            host.Entries.Select(static e => TermJson.Write(e)).Should()
                .Equal(batch.Entries.Select(static e => TermJson.Write(e)), $"seed {seed}");
            foreach (OutcomeState known in batch.State.Outcomes)
            {
                OutcomeState live = (await host.Live.ReviewAsync(known.Id.Value, "2026-04-17T00:00:00Z")).State;
                (live.Decision?.Qualification).Should().Be(known.Decision?.Qualification, $"seed {seed}, {known.Id}");
            }

            TermJson.Write(await FoldAsync(host.Live)).Should().Be(TermJson.Write(Sorted(batch.State)), $"seed {seed}");
            await CompareStatementsAsync(host.Live, batch, seed);
            codes.UnionWith(host.Codes);
        }

        codes.Should().Contain(
        [
            TrafficReasons.Repeated, TrafficReasons.Velocity, TrafficReasons.LongTail, TrafficReasons.ExactIntervals,
            TrafficReasons.ClickFlood, CallReasons.RepeatedCaller, CallReasons.TooShort, TrafficSeen.TagName,
        ]);
    }

    // Live and batch show the same counts, and all statements together come to the report.
    private static async Task CompareStatementsAsync(LiveHost live, CampaignRun batch, int seed)
    {
        Instant asOf = Until + Duration.FromDays(30);
        SettlementWorkflow settlement = new(live.Campaigns, live.Ledger);
        List<Statement> settled = [];
        foreach (YearMonth month in (YearMonth[])[new(2026, 3), new(2026, 4), new(2026, 5)])
        {
            settled.AddRange(
                await settlement.SettleAsync(live.Campaign.Id, month, asOf, CancellationToken.None));
        }

        ValueList<Statement> made = batch.Statements(asOf);
        settled.Where(static s => s.IsClosed).Select(static s => TermJson.Write(s)).Order(StringComparer.Ordinal)
            .Should().Equal(
                made.Where(static s => s.IsClosed).Select(static s => TermJson.Write(s)).Order(StringComparer.Ordinal),
                $"seed {seed}");
        foreach (TrafficLine line in TrafficReport.Of(batch.State).Lines)
        {
            made.Where(s => s.Contract == line.Contract && s.Partner == line.Partner)
                .Select(static s => s.Traffic).OfType<TrafficCounts>()
                .Aggregate(TrafficCounts.None, static (sum, counts) => sum + counts)
                .Should().Be(line.Counts, $"seed {seed}, {line.Partner}");
        }
    }

    [Fact]
    public async Task Batches_of_calls_come_to_the_same()
    {
        for (int seed = 0; seed < SeedCount; seed++)
        {
            AmendedHost singly = new(CampaignOf(seed), Touches(seed));
            LiveHost together = new(CampaignOf(seed));
            await together.RecordAsync(Touches(seed));
            CampaignInput[] log = [.. Inputs(seed).Select(static i => At(i, Start + Duration.FromDays(7)))];

            await singly.RunAsync(log, Until);
            foreach (CampaignInput[] part in log.Chunk(9))
            {
                await together.Conversions.ProcessBatchAsync(
                    together.Campaign.Id, [.. part], Start + Duration.FromDays(7), CancellationToken.None);
            }

            List<string> expected = await RecordsAsync(singly.Live);
            List<string> made = await RecordsAsync(together);
            made.Except(expected).Should().BeEmpty($"seed {seed}");
            made.Should().HaveSameCount(expected, $"seed {seed}");
        }
    }

    // The first part of a log is settled and closed, then the whole of it over the closed statements.
    [Fact]
    public void Restored_statements_are_followed_as_if_nothing_had_been_closed()
    {
        int held = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            CampaignInput[] log = [.. Inputs(seed)];
            AmendedHost host = new(CampaignOf(seed), Touches(seed));
            CampaignRun whole = host.Batch(log, Until);
            Instant cut = Start + Duration.FromDays(4);
            CampaignRun first = host.Batch(log.Where(i => i.RecordedAt < cut), cut);

            CampaignRun again = host.Batch([], Instant.MinValue);
            again.Restore(first.Statements(cut), cut);
            foreach (CampaignInput input in log)
            {
                again.Process(input);
            }

            again.Expire(Until);
            again.Statements(Until).Select(static s => TermJson.Write(s)).Should()
                .Equal(whole.Statements(Until).Select(static s => TermJson.Write(s)), $"seed {seed}");
            TermJson.Write(Sorted(again.State)).Should().Be(TermJson.Write(Sorted(whole.State)), $"seed {seed}");
            held += whole.State.Outcomes.Count(static o => o.Decision?.Qualification is Qualification.Pending);
        }

        held.Should().BePositive();
    }

    private static async Task<List<string>> RecordsAsync(LiveHost host) =>
    [
        .. (await host.StoredAsync()).Select(static s => $"{s.Stream} {TermJson.Write(s.Record)}")
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<TrafficWindow> FoldAsync(LiveHost host)
    {
        CampaignState state = new(host.Campaign);
        (await host.StoredAsync()).Select(static s => s.Record).Where(static r => r is TrafficSeen).ToList()
            .ForEach(state.Apply);
        return Sorted(state);
    }

    // Windows remember alike in any order; what is written follows the order in which it came.
    private static TrafficWindow Sorted(CampaignState state)
    {
        TrafficWindow sorted = new();
        foreach (TrafficRoom room in state.Traffic.Rooms.OrderBy(static r => (r.Common, r.Period)))
        {
            foreach (TrafficSighting sighting in state.Traffic.HistoryOf(room)!.Sightings)
            {
                sorted.Add(new(room, sighting, state.Traffic.FoundIn(sighting.Outcome, room)!));
            }
        }

        return sorted;
    }

    private static CampaignInput At(CampaignInput input, Instant now) => input switch
    {
        CampaignInput.OfOutcome { Outcome: var outcome } =>
            new CampaignInput.OfOutcome(outcome with { RecordedAt = now }),
        CampaignInput.OfEvidence { Verdict: var verdict } =>
            new CampaignInput.OfEvidence(input.OutcomeId, verdict with { ReceivedAt = now }),
        CampaignInput.OfCorrection { Correction: var correction } =>
            new CampaignInput.OfCorrection(correction with { RecordedAt = now }),
        _ => input,
    };

    internal static CampaignDraft CampaignOf(int seed)
    {
        TrafficTerms terms = new()
        {
            Rules =
            [
                new(TrafficRuleKind.Repeated)
                {
                    Of = "device-pseudonym", Within = Duration.FromHours(20), Max = 1, Score = 40,
                },
                new(TrafficRuleKind.Velocity) { Within = Duration.FromHours(9), Max = 4, Score = 30 },
                new(TrafficRuleKind.LongTail)
                {
                    Within = Duration.FromDays(3), After = Duration.FromDays(2), Max = 5, Share = 60.Percent,
                    Score = 20,
                },
                new(TrafficRuleKind.ExactIntervals) { Max = 3, Within = Duration.FromMinutes(30), Score = 10 },
                new(TrafficRuleKind.ClickFlood) { Within = Duration.FromDays(1), Max = 30, Score = 20 },
            ],
            HoldAt = seed % 3 == 0 ? null : 40,
            RejectAt = 60,
        };
        ContractDraft first = ContractDraft.For("main").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 1, 1)).Choosing((Precedence)(seed % 4))
            .Pays("install", Pay.Fixed(2.Eur)).Pays("install", Pay.Fixed(1.Eur)).Pays("click", Pay.Fixed(0.01m.Eur))
            .Pays("call-received", Pay.Fixed(5.Eur));
        first = first with { Traffic = terms, Calls = new(60) { UniqueWithin = Duration.FromDays(2) } };
        return CampaignDraft.For("x", "acme").With(first)
            .With(ContractDraft.For("plain").PaidBy("acme").WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin")
                .Pays("install", Pay.Fixed(3.Eur)))
            .AttributedBy(seed % 2 == 0 ? new Linear() : new LastTouch());
    }

    private static Touchpoint[] Touches(int seed) =>
        [.. FamilyLog.Touches(seed, 16, (Start, -90), Start - Duration.FromHours(1))];

    private static IEnumerable<CampaignInput> Inputs(int seed)
    {
        Random random = new(1_000 + seed);
        for (int i = 0; i < EventCount; i++)
        {
            Instant now = Start + Duration.FromHours(2 * i);
            OutcomeId some = new($"o{random.Next(i + 1)}");
            yield return random.Next(12) switch
            {
                0 => new CampaignInput.OfEvidence(some, TrafficEvidence.Clear(new($"clear-{i}"), now)),
                1 => new CampaignInput.OfCorrection(new Retraction
                {
                    Id = new($"r{i}"), Outcome = some, At = now, RecordedAt = now,
                }),
                _ => new CampaignInput.OfOutcome(OutcomeOf(random, i, now)),
            };
        }
    }

    // Some come late, and some are handed in twice under one id with other content.
    private static Outcome OutcomeOf(Random random, int index, Instant now)
    {
        int kind = random.Next(9);
        FactSet facts = FactSet.Create(Facts.DevicePseudonym.Of($"d{random.Next(9)}"));
        return new()
        {
            Id = new($"o{(random.Next(12) == 0 ? random.Next(index + 1) : index)}"),
            At = now - Duration.FromHours(random.Next(4) == 0 ? random.Next(30) : 0),
            RecordedAt = now,
            Kind = kind < 5 ? "install" : kind < 7 ? "click" : "call-received",
            Quantity = kind is 5 or 6 ? random.Next(1, 60) : 1,
            Customer = new CustomerId($"c{random.Next(5)}"),
            Facts = kind >= 7 ? facts.With(Facts.CallSeconds, random.Next(0, 4) * 40) : facts,
        };
    }
}
