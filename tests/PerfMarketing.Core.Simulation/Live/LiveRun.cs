using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Streams;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <summary>A host that hands a stream of events to the workflows, over ports that go wrong.</summary>
internal sealed partial class LiveRun
{
    // So small that what is kept goes again and again.
    private const int SmallCache = 60;

    private const int TryCount = 10;
    private const int WideTryCount = 500;
    private const int RoundCountMax = 60;
    private const int ReviewCountMax = 2_000;

    private readonly WorldPlan world;
    private readonly SeededRandom random;
    private readonly FaultCounts counts;
    private readonly Violations violations;
    private readonly CommitWatch watch;
    private readonly WorldFaults faults;
    private readonly VirtualScheduler scheduler = new();
    private readonly SimKeys keys;
    private readonly TouchpointWorkflow touchpoints;
    private readonly ConversionWorkflow conversions;
    private readonly SettlementWorkflow settlement;
    private readonly InvalidationWorkflow invalidations;
    private readonly DueWorkflow due;
    private readonly BookingWorkflow bookings;
    private readonly RemittanceWorkflow remittances;
    private readonly RemittanceChecks payouts;
    private readonly SimBank bank;
    private readonly SimInvoices invoices;
    private readonly SimRival? rival;
    private readonly Dictionary<LocalDate, ValueList<Statement>> settled = [];
    private readonly Queue<SimEvent> backlog = new();
    private Instant floor = Instant.MinValue;
    private Instant now = Instant.MinValue;
    private LocalDate nextMonth;

    public LiveRun(WorldPlan world, Campaign campaign, SeededRandom random, FaultCounts counts, Violations violations)
    {
        this.world = world;
        this.random = random;
        this.counts = counts;
        this.violations = violations;
        Campaign = campaign;
        Orders = new(world, violations, counts);
        WideChecks? wide = world.IsWide ? new(campaign, counts, violations) : null;
        watch = new(world, campaign, Journeys, violations, wide, Orders);
        keys = new(world);
        batching = new(world.Seed ^ BatchSalt);
        batchMost = batching.Happens(250) ? batching.Pick(2, 4, 8, 20) : 0;
        faults = new(world, random.Fork(), counts);
        int tears = world.RateOf(FaultKind.TornBatch);
        ObservedLedger ledger = new(Ledger, Observe)
        {
            Tears = () => faults.IsOn && tears > 0 && random.Happens(tears) && Hit(FaultKind.TornBatch),
            Violated = violations.Add,
        };
        FaultyLedger faultyLedger = new(ledger, faults, scheduler);
        FaultyJourneys faultyJourneys = new(new ObservedJourneys(JourneyStore, Journeys), faults, scheduler);
        FaultyCampaigns campaigns = new(new MemoryCampaigns(campaign), faults, scheduler);
        touchpoints = new(faultyJourneys);
        WorkflowPorts ports = new()
        {
            Campaigns = campaigns,
            Journeys = faultyJourneys,
            Ledger = faultyLedger,
            Due = Ledger,
            Cache = new((world.Seed % 4) switch { 0 => 0, 1 => SmallCache, _ => CampaignCache.RecordsDefault }),
        };
        invalidations = new(ports);
        due = new(ports, Ledger);
        conversions = new(ports, new EvidenceVerifier(keys));
        settlement = new(campaigns, faultyLedger);
        int trouble = Math.Min(500, 6 * world.RateOf(FaultKind.PaymentTrouble));
        bank = new(trouble, random.Fork(), counts, violations, PayableTo);
        bookings = new(campaigns, faultyLedger);
        remittances = new(faultyLedger, bank);
        invoices = new(world, violations);
        returning = new(world.Seed ^ ReturnSalt);
        returnRate = returning.Happens(300) || world.Claims ? returning.Pick(60, 150, 300) : 0;
        agreedUntil = returnRate > 0 ? AgreedUntil(returning, world.Start) : Instant.MaxValue;
        payouts = new(campaign, counts, violations, TermsOf, GivenOf, invoices);
        rival = SimRival.Of(world, Orders, violations, faultyLedger, faults, scheduler);
    }

    public Campaign Campaign { get; }

    public MemoryLedger Ledger { get; } = new();

    public MemoryJourneys JourneyStore { get; } = new();

    public JourneyLog Journeys { get; } = new();

    public CommitWatch Watch => watch;

    public OrderWatch Orders { get; }

    public IReadOnlyDictionary<LocalDate, ValueList<Statement>> Settled => settled;

    public Instant Now => now;

    private CampaignId Id => Campaign.Id;

    /// <summary>The safety phase: everything is handed in, and everything may go wrong.</summary>
    public void Play(List<Delivery> deliveries)
    {
        nextMonth = FirstMonth(deliveries[0].At);
        int i = 0;
        while (i < deliveries.Count && violations.Count == 0)
        {
            List<Delivery[]> calls = CallsAt(deliveries, i);
            Instant asOf = Advance(calls[0][^1].At);
            HandIn(calls, asOf);
            i += calls.Sum(static c => c.Length);
        }
    }

    /// <summary>The liveness phase: nothing goes wrong any more, and whatever is left must end soon.</summary>
    public void Settle()
    {
        faults.IsOn = false;
        if (violations.Count > 0)
        {
            return;
        }

        int rounds = 0;
        while (backlog.Count > 0 && rounds++ < RoundCountMax)
        {
            int left = backlog.Count;
            Instant asOf = Advance(now + Duration.FromMinutes(1));
            for (int i = 0; i < left; i++)
            {
                Finish([HandInAsync([new(asOf, 0, backlog.Dequeue())], asOf)]);
            }
        }

        if (backlog.Count > 0)
        {
            violations.Add($"liveness: {backlog.Count} events are left after {RoundCountMax} rounds without faults");
        }

        HandRivalRest();
        Instant end = Instant.Max(now, watch.LastDeadline ?? now) + Duration.FromDays(40);
        Advance(end);
        CloseRest();
        if (watch.NextDue(Instant.MaxValue) is { } waits)
        {
            violations.Add($"liveness: {waits.Outcome} still waits until {waits.At}");
        }

        RemitAll();
        watch.Evidence.Review(keys.RingAt(now), now);
        watch.Vault.Check();
    }

    // Simultaneous calls: never touchpoints, which are read without a version.
    private List<Delivery[]> CallsAt(List<Delivery> deliveries, int first)
    {
        // Who waits for room goes before whoever comes later: calls that overtake each other would change whose it is.
        int most = world.IsWide || world.CutAtConversion || world.RateOf(FaultKind.TwoWriters) == 0
            ? 1
            : 1 + random.Below(4);
        List<Delivery[]> calls = [];
        int next = first;
        do
        {
            calls.Add(CallAt(deliveries, next));
            next += calls[^1].Length;
        }
        while (calls.Count < most && next < deliveries.Count
            && deliveries[first].Event is not SimEvent.Touch
            && deliveries[next].Event is not SimEvent.Touch);
        return calls;
    }

    // Lets time pass: what waits for an instant is reviewed then, months that are over are settled.
    private Instant Advance(Instant at)
    {
        Instant raw = Instant.Max(at, now);
        while (nextMonth != default && EndOf(nextMonth) is var end && end <= raw)
        {
            ReviewUntil(end);
            now = Instant.Max(now, end);
            SettleMonth(nextMonth);
            SweepAfterMonth();
            floor = now;
            nextMonth = nextMonth.PlusMonths(1);
        }

        now = raw;
        if (faults.IsOn && world.RateOf(FaultKind.ClockBackwards) is > 0 and var rate && random.Happens(rate))
        {
            counts.Hit(FaultKind.ClockBackwards);
            raw = Instant.Max(floor, raw - Duration.FromSeconds(random.Between(1, 600)));
        }

        ReviewUntil(raw);
        return raw;
    }

    private void ReviewUntil(Instant until)
    {
        if (world.IsWide)
        {
            SweepUntil(until);
            return;
        }

        int tries = 0;
        while (violations.Count == 0 && watch.NextDue(until) is { } due)
        {
            Instant asOf = Instant.Max(due.At, Instant.Min(floor, until));
            OutcomeId id = new(due.Outcome);
            Finish([TryAsync(() => conversions.ReviewAsync(Id, id, asOf, default).AsTask())]);
            if (++tries > ReviewCountMax)
            {
                violations.Add($"liveness: the review of {due.Outcome} at {due.At} never ends");
                return;
            }
        }
    }

    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (PortFailedException)
        {
            return false;
        }
        catch (CommitFailedException)
        {
            return false;
        }
    }

    private void Finish(List<Task> tasks)
    {
        scheduler.Run();
        foreach (Task task in tasks)
        {
            if (!task.IsCompleted)
            {
                throw new InvalidOperationException("A call waits for nothing.");
            }

            task.GetAwaiter().GetResult();
        }
    }

    private async Task HandInAsync(Delivery[] deliveries, Instant asOf)
    {
        // A call that broke off is repeated before anything else, so that whoever it left waiting goes on.
        for (int i = 0; i < (world.IsWide ? WideTryCount : TryCount); i++)
        {
            if (await TryAsync(() => deliveries is [var one] ? CallAsync(one, asOf) : BatchAsync(deliveries, asOf))
                .ConfigureAwait(false))
            {
                return;
            }
        }

        foreach (Delivery delivery in deliveries)
        {
            backlog.Enqueue(delivery.Event);
        }
    }

    private async Task CallAsync(Delivery delivery, Instant asOf)
    {
        switch (delivery.Event)
        {
            case SimEvent.Touch { Touchpoint: var touch }:
                await RecordAsync(delivery, touch with { RecordedAt = asOf }).ConfigureAwait(false);
                break;
            case SimEvent.Happened { Outcome: var outcome }:
                Outcome sent = Given(delivery, outcome, asOf);
                Answers(await conversions.ProcessAsync(Id, sent, [], asOf, default).ConfigureAwait(false), delivery);
                break;
            case SimEvent.Proved { Outcome: var id, Verdict: var verdict }:
                EvidenceVerdict told = Given(delivery, id, verdict, asOf);
                Answers(
                    await conversions.AddVerdictAsync(Id, id, told, asOf, default).ConfigureAwait(false), delivery);
                break;
            case SimEvent.Signed { Outcome: var id, Evidence: var evidence }:
                keys.Now = asOf;
                EvidenceInput input = evidence.Receive(world, asOf);
                watch.Evidence.Sent(id, input, evidence);
                Answers(
                    await conversions.AddEvidenceAsync(Id, id, input, asOf, default).ConfigureAwait(false), delivery);
                break;
            case SimEvent.Erased { Outcome: var id }:
                for (int i = watch.Vault.Erase(id, asOf); i > 0; i--)
                {
                    counts.Hit(FaultKind.Erasure);
                }

                break;
            case SimEvent.Invalidated { Invalidation: var invalid }:
                watch.Sent(invalid);
                await invalidations.InvalidateAsync(Id, invalid, asOf, default).ConfigureAwait(false);
                break;
            case SimEvent.Booked { Manual: var manual }:
                await BookAsync(Sent(delivery, manual, ManualEarning.Read), asOf).ConfigureAwait(false);
                break;
            case SimEvent.Corrected { Correction: var correction }:
                Answers(await TakeAsync(Given(delivery, correction, asOf), asOf).ConfigureAwait(false), delivery);
                break;
            default:
                break;
        }
    }

    private ValueTask<ConversionReport> TakeAsync(Correction given, Instant asOf) => given switch
    {
        Graded grade => conversions.GradeAsync(Id, grade, asOf, default),
        Ruling ruling => conversions.DecideAsync(Id, ruling, asOf, default),
        _ => conversions.CorrectAsync(Id, given, asOf, default),
    };

    private async Task RecordAsync(Delivery delivery, Touchpoint touch)
    {
        Touchpoint sent = Sent(delivery, touch, Touchpoint.Read);
        ValueList<TouchpointReceipt> receipts =
            await touchpoints.RecordAsync([sent], default).ConfigureAwait(false);
        if (receipts[0].Answer == TouchAnswer.Refused)
        {
            violations.Add($"I4: the touchpoint {touch.Id} was refused: {receipts[0].Reason}");
        }

        if (rival is not null)
        {
            await rival.RecordAsync(sent).ConfigureAwait(false);
        }
    }

    // The same id with other content is a conflict, and only that.
    private void Answers(ConversionReport report, Delivery delivery) => Answers(watch, report, delivery.Event);

    private void Answers(CommitWatch watch, ConversionReport report, SimEvent about)
    {
        (OutcomeId id, bool differs) = about switch
        {
            SimEvent.Happened { Outcome: var outcome } => (
                outcome.Id,
                watch.ContentOf(outcome.Id) is { } kept && kept != outcome with { RecordedAt = kept.RecordedAt }),
            SimEvent.Corrected { Correction: var correction } => (
                correction.Outcome,
                watch.ContentOf(correction) is { } first
                    && first != correction with { RecordedAt = first.RecordedAt }),
            SimEvent.Proved { Outcome: var proved } => (proved, false),
            SimEvent.Signed { Outcome: var signed } => (signed, false),
            _ => throw new InvalidOperationException("That has no answer."),
        };
        violations.Require(watch.Has(report), $"I11: {id} was answered with {report.Answer}, but nothing is stored");
        if (differs != (report.Answer == DecisionAnswer.Conflict))
        {
            violations.Add($"I4: {id} was answered with {report.Answer}, although its content differs: {differs}");
        }
    }

    private T Sent<T>(Delivery delivery, T what, Func<TermReader, T?> read)
        where T : class, ITerms
    {
        return delivery.Reserialised
            ? Serialization.TermJson.Parse(Serialization.TermJson.Write(what), read) ?? what
            : what;
    }

    private bool Hit(FaultKind kind)
    {
        counts.Hit(kind);
        return true;
    }
}
