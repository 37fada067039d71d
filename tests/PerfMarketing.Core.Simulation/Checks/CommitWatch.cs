using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// Looks at every commit as it is done: lets the oracle decide the same, and checks what must always hold.
/// </summary>
internal sealed class CommitWatch
{
    private readonly WorldPlan world;
    private readonly Violations violations;
    private readonly JourneyLog journeys;
    private readonly LedgerChecks ledger;
    private readonly EvidenceVault vault;
    private readonly DecisionChecks decisions;
    private readonly WideChecks? wide;
    private readonly OrderWatch orders;
    private readonly CampaignId campaign;
    private readonly Dictionary<string, Invalidation> invalidations = [];
    private readonly Dictionary<BookingId, ManualEarning> bookings = [];
    private readonly PriorityQueue<string, (Instant At, OutcomeId Outcome)> deadlines = new();
    private readonly Dictionary<string, OutcomeDecided> decided = [];
    private readonly Dictionary<OutcomeId, Outcome> contents = [];
    private readonly Dictionary<(OutcomeId, CorrectionId), Correction> corrections = [];
    private readonly Dictionary<OutcomeId, List<EvidenceVerdict>> verdicts = [];
    private readonly Dictionary<ContractId, Instant> statementsClosed = [];
    private readonly HashSet<(OutcomeId, Digest)> conflicts = [];

    public CommitWatch(
        WorldPlan world,
        Campaign campaign,
        JourneyLog journeys,
        Violations violations,
        WideChecks? wide,
        OrderWatch orders)
    {
        this.world = world;
        this.orders = orders;
        this.campaign = campaign.Id;
        this.wide = wide;
        this.journeys = journeys;
        this.violations = violations;
        Oracle = new(world, journeys, orders);
        ledger = new(world, campaign, violations);
        Evidence = new(world, violations);
        vault = new(world, violations);
        decisions = new(world, violations);
    }

    public OracleBook Oracle { get; }

    public EvidenceWatch Evidence { get; }

    public EvidenceVault Vault => vault;

    public List<LogItem> Log { get; } = [];

    /// <summary>The records of each commit, copies left out.</summary>
    public List<CampaignRecord[]> Records { get; } = [];

    public IReadOnlyDictionary<string, OutcomeDecided> Decided => decided;

    public WideChecks? Wide => wide;

    public Instant? LastDeadline { get; private set; }

    public Outcome? ContentOf(OutcomeId id) => contents.GetValueOrDefault(id);

    public ManualEarning? BookedAs(BookingId id) => bookings.GetValueOrDefault(id);

    public Correction? ContentOf(Correction correction) =>
        corrections.GetValueOrDefault((correction.Outcome, correction.Id));

    public bool Knows(OutcomeId id, EvidenceVerdict verdict) =>
        verdicts.TryGetValue(id, out List<EvidenceVerdict>? known) && known.Contains(verdict);

    /// <summary>Whether the tally that a booking opens has counted anything.</summary>
    public bool HasBegun(ManualEarning opening) => ledger.HasBegun(opening);

    /// <summary>Whether what a report tells is stored: nothing is lost that was acknowledged.</summary>
    public bool Has(ConversionReport report)
    {
        OutcomeState told = report.State;
        return (told.Outcome is null || contents.ContainsKey(told.Id))
            && told.Corrections.All(c => corrections.ContainsKey((told.Id, c.Id)))
            && told.Verdicts.All(v => Knows(told.Id, v));
    }

    /// <summary>The first outcome that waits for an instant that has come, by time and then by the ids.</summary>
    public (string Outcome, Instant At)? NextDue(Instant until)
    {
        while (deadlines.TryPeek(out string? outcome, out (Instant At, OutcomeId Outcome) due) && due.At <= until)
        {
            if (decided[outcome].Legs.Any(l => l.Qualification is Qualification.Pending { Until: { } end }
                && end <= due.At))
            {
                return (outcome, due.At);
            }

            deadlines.Dequeue();
        }

        return null;
    }

    /// <summary>Notes what is handed in, of which a commit holds what it takes alone.</summary>
    public void Sent(Invalidation invalidation) =>
        invalidations[$"invalidation/{invalidation.Id}"] = invalidation;

    public void Take(CommitBatch batch)
    {
        // What several streams need to know stands in each of them; which evidence was used follows from the evidence.
        CampaignRecord[] records = [.. batch.Appends.SelectMany(static a => a.Records)
            .Where(static record => record is not EvidenceUsed)
            .Distinct(ReferenceEqualityComparer.Instance).OfType<CampaignRecord>()];
        orders.Take(campaign, records);
        if (TakeBooked(batch, records) || (wide is not null && TakeWide(batch, records)))
        {
            return;
        }

        if (records.Length == 0)
        {
            violations.Add($"I10: the commit {batch.Key} holds no records");
            return;
        }

        if (records is [StatementsClosed closed])
        {
            statementsClosed[closed.Contract] = closed.Through;
            return;
        }

        foreach (LedgerEntry late in records.OfType<LedgerEntry>()
            .Where(e => e.DecidedAt < statementsClosed.GetValueOrDefault(e.Contract, Instant.MinValue)))
        {
            violations.Add($"I3: {late.Id} was posted into a closed statement");
        }

        vault.Take(records);
        LogItem item = ItemOf(records, batch.Key.StartsWith("amendment/", StringComparison.Ordinal));
        Log.Add(item);
        Records.Add(records);
        ledger.Take(batch, records, item);
        wide?.Take(records);
        if (wide is null)
        {
            ledger.Compare(Oracle.Take(item), [.. records.OfType<LedgerEntry>()], batch.Key);
        }

        Enqueue(records);
    }

    // What a person booked, or what contradicts it.
    private bool TakeBooked(CommitBatch batch, CampaignRecord[] records)
    {
        if (records is not [ManualEntry booked])
        {
            return records is [BookingConflict];
        }

        Log.Add(new(journeys.Sequence++, booked.DecidedAt, string.Empty) { Booked = booked.Source });
        bookings.Add(booked.Source.Id, booked.Source);
        Records.Add(records);
        ledger.Take(batch, records, null);
        if (wide is not null)
        {
            wide.Take(records);
        }
        else
        {
            Oracle.Open(booked.Source, booked.Id, booked.DecidedAt);
        }

        return true;
    }

    // Commits that are about no outcome, or about several.
    private bool TakeWide(CommitBatch batch, CampaignRecord[] records)
    {
        if (records.Length == 0 && batch.Key.StartsWith("due/", StringComparison.Ordinal))
        {
            return true;
        }

        bool isInvalid = invalidations.TryGetValue(batch.Key, out Invalidation? invalid);
        if (records.Length == 0 || (!isInvalid && !Array.Exists(records, static r => r is PeriodsClosed)))
        {
            return false;
        }

        if (isInvalid)
        {
            Log.Add(new(journeys.Sequence++, records[0].DecidedAt, string.Empty) { Invalidation = invalid });
            Records.Add(records);
        }

        vault.Take(records);
        ledger.Take(batch, records, null);
        wide!.Take(records);
        foreach (IGrouping<OutcomeId, CampaignRecord> own in records.Where(static r => !r.OutcomeId.IsUnset)
            .GroupBy(static r => r.OutcomeId))
        {
            Enqueue([.. own]);
        }

        return true;
    }

    public void Compare(ValueList<Statement> statements, LocalDate month, Instant asOf)
    {
        if (wide is not null)
        {
            return;
        }

        ledger.Compare(statements, [.. OracleStatements.Of(world, Oracle.Entries, asOf).Where(s => s.Month == month)]);
    }

    private LogItem ItemOf(CampaignRecord[] records, bool isAmendment)
    {
        OutcomeReceived? received = null;
        Correction? correction = null;
        ConflictReceived? conflict = null;
        List<EvidenceVerdict> told = [];
        List<EvidenceVerdict> believed = [];
        foreach (CampaignRecord record in records)
        {
            switch (record)
            {
                case OutcomeReceived outcome:
                    received = outcome;
                    violations.Require(
                        contents.TryAdd(outcome.OutcomeId, outcome.Outcome), $"I4: {outcome.OutcomeId} came in twice");
                    break;
                case EvidenceReceived evidence:
                    EvidenceVerdict verdict = evidence.Verdict;
                    told.Add(verdict);
                    if (Evidence.Believes(evidence, ContentOf(record.OutcomeId)))
                    {
                        believed.Add(verdict);
                    }

                    verdicts.TryAdd(record.OutcomeId, []);
                    verdicts[record.OutcomeId].Add(verdict);
                    break;
                case CorrectionReceived { Correction: var taken }:
                    correction = taken;
                    violations.Require(
                        corrections.TryAdd((taken.Outcome, taken.Id), taken), $"I4: {taken.Id} came in twice");
                    break;
                case ConflictReceived kept:
                    conflict = kept;
                    violations.Require(
                        records.Length == 1 && conflicts.Add((kept.OutcomeId, kept.Content)),
                        $"I4: a contradiction of {kept.OutcomeId} was kept twice, or did something");
                    break;
                default:
                    break;
            }
        }

        return new(journeys.Sequence++, records[0].DecidedAt, records[0].OutcomeId.Value)
        {
            Received = received?.Outcome,
            Verdicts = [.. told],
            Believed = [.. believed],
            Correction = correction,
            Conflict = conflict,
            IsAmendment = isAmendment,
        };
    }

    private void Enqueue(CampaignRecord[] records)
    {
        foreach (OutcomeDecided decision in records.OfType<OutcomeDecided>())
        {
            decided[decision.OutcomeId.Value] = decision;
        }

        if (!decided.TryGetValue(records[0].OutcomeId.Value, out OutcomeDecided? standing))
        {
            return;
        }

        Watch(standing);
        if (wide is not null)
        {
            return;
        }

        decisions.Compare(standing, Oracle.Of(records[0].OutcomeId.Value));
    }

    private void Watch(OutcomeDecided standing)
    {
        foreach (LegDecision leg in standing.Legs)
        {
            if (leg.Qualification is Qualification.Pending { Until: { } until })
            {
                deadlines.Enqueue(standing.OutcomeId.Value, (until, standing.OutcomeId));
                LastDeadline = LastDeadline is { } last && last > until ? last : until;
            }
        }
    }
}
