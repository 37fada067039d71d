using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Replays;

/// <summary>
/// I14: the log is cut into batches, each of one instant, which are handed to the workflows at once or in several
/// parts, over new stores: all of it must be what the batch makes of the same log.
/// </summary>
internal sealed class BatchCutCheck(WorldPlan world, LiveRun live, SeededRandom random, Violations violations)
{
    private const string Why = "I14: handed in by batches";
    private const int PageCount = 25;
    private const int SweepCountMax = 2_000;

    private readonly List<CampaignRecord> made = [];
    private readonly List<CampaignRecord> expected = [];
    private readonly MemoryLedger store = new();

    private CampaignId Id => live.Campaign.Id;

    public void Run(Handed[] log)
    {
        ObservedLedger ledger = new(store, Take);
        MemoryCampaigns campaigns = new(live.Campaign);
        WorkflowPorts ports = new()
        {
            Campaigns = campaigns,
            Journeys = new ReplayJourneys(live.Journeys),
            Ledger = ledger,
            Due = store,
        };
        ConversionWorkflow conversions = new(ports, new EvidenceVerifier(new SimKeys(world)));
        InvalidationWorkflow invalidations = new(ports);
        DueWorkflow due = new(ports, store);
        JourneyLog marks = new();
        LogReplay replay = new(world, live.Campaign, live.Journeys, marks) { Taken = live.Orders.OfOthers(Id) };
        TakeOrders(replay.Taken);
        RunPicture run = new(replay) { Recorded = Note };
        foreach (Handed[] group in GroupsOf(log))
        {
            Instant at = group[0].At;
            Sweep(due, at);
            foreach (Handed[] part in PartsOf(group))
            {
                if (part[0].Invalid is { } invalid)
                {
                    Wait(invalidations.InvalidateAsync(Id, invalid, at, default));
                }
                else
                {
                    Wait(conversions.ProcessBatchAsync(Id, [.. part.Select(static h => h.Input!)], at, default));
                }
            }

            foreach (Handed one in group)
            {
                run.Run.Expire(at);
                if (one.Outcome is { Customer: { } customer, IsTest: false } outcome)
                {
                    marks.Add(new OutcomeMark(customer, outcome.Id, outcome.At, at));
                }

                replay.HandIn(run.Run, one);
            }
        }

        Sweep(due, live.Now);
        run.At(live.Now);
        Dictionary<StatementId, Statement> statements = Settle(new(campaigns, ledger));
        Compare();
        new Differences(violations, Why).Compare(
            run.Statements.Where(static s => s.IsClosed).ToDictionary(static s => s.Id),
            statements,
            static s => TermJson.Write(s));
    }

    // The store holds what other campaigns have.
    private void TakeOrders(IEnumerable<OrderClaimed> taken)
    {
        foreach (OrderClaimed claim in taken)
        {
            var stream = StreamId.OfClaim(live.Campaign.Advertiser, claim.Order);
            _ = Wait(store.CommitAsync(
                new()
                {
                    Unit = stream.Unit,
                    Key = stream.ToString(),
                    Content = Digest.Of([1]),
                    Appends = [new(new(stream, 0), [claim])],
                },
                default));
        }
    }

    private static T Wait<T>(ValueTask<T> call) => call.AsTask().GetAwaiter().GetResult();

    // Some instants of the log become one, whatever came between them; what is invalid comes alone.
    private IEnumerable<Handed[]> GroupsOf(Handed[] log)
    {
        int most = random.Pick(2, 6, 20, 60);
        for (int i = 0; i < log.Length;)
        {
            int count = log[i].Invalid is not null ? 1 : 1 + random.Below(most);
            Handed[] group = [.. log.Skip(i).Take(count).TakeWhile((h, k) => k == 0 || h.Invalid is null)];
            i += group.Length;
            yield return [.. group.Select(h => h.RecordedAt(group[^1].At))];
        }
    }

    // Other cut points, and now and then a part once more.
    private IEnumerable<Handed[]> PartsOf(Handed[] group)
    {
        bool isWhole = random.Happens(400);
        for (int i = 0; i < group.Length;)
        {
            int count = isWhole ? group.Length : 1 + random.Below(group.Length - i);
            Handed[] part = group[i..(i + count)];
            i += count;
            yield return part;
            if (random.Happens(100))
            {
                yield return part[..(1 + random.Below(part.Length))];
            }
        }
    }

    // A timer that runs often: whoever waits on after its turn comes again in order.
    private void Sweep(DueWorkflow due, Instant until)
    {
        for (int i = 0; Wait(store.FindAsync(Id, until, null, 1, default)) is { Count: > 0 } first; i++)
        {
            if (i == SweepCountMax)
            {
                violations.Add($"{Why}: {first[0].Outcome} stays due at {until}");
                return;
            }

            Wait(due.ReviewDueAsync(Id, first[0].At, PageCount, null, default));
        }
    }

    private Dictionary<StatementId, Statement> Settle(SettlementWorkflow settlement)
    {
        Dictionary<StatementId, Statement> found = [];
        LocalDate day = world.Start.InUtc().Date.PlusMonths(-3);
        for (LocalDate month = new(day.Year, day.Month, 1);
            month <= live.Now.InUtc().Date.PlusMonths(1);
            month = month.PlusMonths(1))
        {
            foreach (Statement statement in Wait(
                settlement.SettleAsync(Id, new(month.Year, month.Month), live.Now, default))
                .Where(static s => s.IsClosed))
            {
                found.Add(statement.Id, statement);
            }
        }

        return found;
    }

    private void Take(CommitBatch batch) =>
        made.AddRange(batch.Appends.SelectMany(static a => a.Records)
        .Distinct(ReferenceEqualityComparer.Instance).OfType<CampaignRecord>().Where(Moves));

    private void Note(CampaignRecord record)
    {
        if (Moves(record))
        {
            expected.Add(record);
        }
    }

    private static bool Moves(CampaignRecord record) =>
        record is LedgerEntry or LimitMoved or BudgetMoved or TrafficCounted or PeriodsClosed;

    private void Compare()
    {
        Dictionary<CampaignRecord, int> left = [];
        foreach (CampaignRecord record in expected)
        {
            left[record] = left.GetValueOrDefault(record) + 1;
        }

        foreach (CampaignRecord record in made)
        {
            left[record] = left.GetValueOrDefault(record) - 1;
        }

        foreach ((CampaignRecord record, int count) in left.Where(static l => l.Value != 0)
            .OrderBy(static l => l.Key.DecidedAt).Take(4))
        {
            violations.Add($"{Why} there are {-count} more of {record}");
        }
    }
}
