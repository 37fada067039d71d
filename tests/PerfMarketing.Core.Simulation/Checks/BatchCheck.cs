using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Checks;

/// <summary>Runs the log of a live run through the batch: what it records must be what was committed.</summary>
internal sealed class BatchCheck(WorldPlan world, LiveRun live, Violations violations) : IJourneySource
{
    private LogItem current = null!;
    private bool seesLate;

    public CampaignRun Run()
    {
        Queue<ValueList<CampaignRecord>> made = [];
        List<CampaignRecord> all = [];
        CampaignRun run = new(live.Campaign, this)
        {
            Recorded = live.Watch.Wide is null ? null : all.Add,
            Decided = d =>
            {
                if (d.Records.Count > 0)
                {
                    made.Enqueue(d.Records);
                }
            },
        };
        foreach (OrderClaimed claim in live.Orders.OfOthers(live.Campaign.Id))
        {
            run.Note(claim);
        }

        for (int i = 0; i < live.Watch.Log.Count; i++)
        {
            LogItem item = current = live.Watch.Log[i];

            // Why nobody is credited tells of touches that came late; else they must make no difference.
            seesLate = live.Watch.Records[i].Any(static r => r is OutcomeDecided { Attribution.IsCredited: true });
            if (item.IsReview)
            {
                run.Expire(item.AsOf);
                continue;
            }

            if (item.Booked is { } booked)
            {
                BookingDecision again = run.Book(booked, item.AsOf);
                violations.Require(
                    again.Entries.SequenceEqual(live.Watch.Records[i]), $"I14: the batch books {again.Entries}");
                continue;
            }

            if (item.Invalidation is { } invalid)
            {
                run.Invalidate(invalid, item.AsOf);
                continue;
            }

            foreach (CampaignInput input in InputsOf(item))
            {
                run.Process(input);
            }
        }

        if (live.Watch.Wide is { } wide)
        {
            run.Expire(live.Now);
            CompareAll(all, wide.Records);
        }
        else
        {
            Compare(made);
        }

        CompareStatements(run);
        return run;
    }

    public Journey Find(Outcome outcome)
    {
        if (outcome.Customer is not { } customer)
        {
            return default;
        }

        Instant from = world.Lookback is { } window ? outcome.At - window : Instant.MinValue;
        Instant? previous = live.Journeys.PreviousOf(
            outcome.Id, customer, outcome.At, current.AsOf, current.Sequence);
        return new(
            (seesLate
                ? live.Journeys.WithLateOf(customer, current.Sequence, current.AsOf)
                : live.Journeys.TouchesOf(customer, current.Sequence))
                .Where(t => t.At >= from && t.At <= outcome.At).Select(JourneyTouch.Of).ToArray(),
            previous is { } at ? new JourneyCut(at) : null);
    }

    private static IEnumerable<CampaignInput> InputsOf(LogItem item)
    {
        if (item.Received is { } outcome)
        {
            yield return new CampaignInput.OfOutcome(outcome);
        }

        foreach (Proofs.EvidenceVerdict verdict in item.Verdicts)
        {
            yield return new CampaignInput.OfEvidence(new(item.Outcome), verdict);
        }

        if (item.Conflict?.Outcome is { } other)
        {
            yield return new CampaignInput.OfOutcome(other);
        }

        if ((item.Correction ?? item.Conflict?.Correction) is { } correction)
        {
            yield return new CampaignInput.OfCorrection(correction);
        }
    }

    // Commit by commit: streams have an order of their own, so what one commit holds is compared as a set.
    private void Compare(Queue<ValueList<CampaignRecord>> made)
    {
        foreach (CampaignRecord[] stored in live.Watch.Records.Where(static r => r is not [ManualEntry]))
        {
            if (!made.TryDequeue(out ValueList<CampaignRecord>? again))
            {
                violations.Add($"I14: the batch has nothing for {stored[0]}");
                return;
            }

            if (again.Count != stored.Length || !stored.All(again.Contains))
            {
                violations.Add($"I14: live recorded {Text(stored)}\n  and the batch\n    {Text(again)}");
                return;
            }
        }

        violations.Require(made.Count == 0, $"I14: the batch decided {made.Count} more");
    }

    // Where one call makes several commits, and time makes others: all that moves money, whatever its order.
    private void CompareAll(List<CampaignRecord> made, List<CampaignRecord> stored)
    {
        Dictionary<CampaignRecord, int> left = [];
        foreach (CampaignRecord record in made.Where(Moves))
        {
            left[record] = left.GetValueOrDefault(record) + 1;
        }

        foreach (CampaignRecord record in stored.Where(Moves))
        {
            left[record] = left.GetValueOrDefault(record) - 1;
        }

        foreach ((CampaignRecord record, int count) in left.Where(static l => l.Value != 0)
            .OrderBy(static l => l.Key.DecidedAt).Take(4))
        {
            violations.Add($"I14: the batch has {count} more of {record}");
        }
    }

    private static bool Moves(CampaignRecord record) =>
        record is LedgerEntry or LimitMoved or BudgetMoved or TrafficCounted or PeriodsClosed;

    private static string Text(IEnumerable<CampaignRecord> records) => string.Join("\n    ", records);

    // The month in which a statement ends.
    private LocalDate MonthOf(Statement statement)
    {
        DateTimeZone zone = live.Campaign.Contracts.First(c => c.Id == statement.Contract).Calendar.Zone;
        LocalDate last = (statement.To - Duration.Epsilon).InZone(zone).Date;
        return new(last.Year, last.Month, 1);
    }

    // Statements that were closed on the way are the statements of the whole log.
    private void CompareStatements(CampaignRun run)
    {
        ValueList<Statement> all = run.Statements(live.Now);
        foreach ((LocalDate month, ValueList<Statement> closed) in live.Settled)
        {
            Statement[] again = [.. all.Where(s => s.IsClosed && MonthOf(s) == month)];
            violations.Require(
                closed.Count == again.Length && closed.All(s => again.Contains(s)),
                $"I3: the statements of {month} changed after they were closed");
        }

        foreach (var account in run.Entries.GroupBy(static e => (e.Contract, e.Partner)))
        {
            Statement[] own =
                [.. all.Where(s => s.Contract == account.Key.Contract && s.Partner == account.Key.Partner)];
            long posted = account.Where(e => e.DecidedAt <= live.Now).Sum(static e => e.Amount.MinorUnits);
            long shown = own.Sum(static s => s.Payable.MinorUnits - (s.Claimed?.MinorUnits ?? 0))
                + own[^1].Closing.MinorUnits;
            violations.Require(posted == shown, $"I3: {account.Key} holds {posted}, its statements {shown}");
        }
    }
}
