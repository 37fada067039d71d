using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <content>Entries of closed statements, which count again.</content>
public sealed partial class CampaignRun
{
    // What was decided at the instant that has come, of outcomes that have not been decided in it yet.
    private readonly Dictionary<OutcomeId, List<(long Place, LedgerEntry Entry)>> arrivals = [];
    private Instant arrivedAt;
    private long place;

    // Whether the next decision posted something that closed statements have.
    private bool hasArrived;

    // What waited for somebody else then, and earned when that was decided.
    private readonly List<(OutcomeId Outcome, Instant At)> followed = [];

    // What closed statements paid, by outcome; null without such statements.
    private ILookup<OutcomeId, Earning>? paid;

    /// <summary>Why a campaign cannot go on from closed statements; empty when it can.</summary>
    /// <remarks>
    /// A version of a contract has one digest: what it paid cannot go on under other terms. A version that is not part
    /// of the campaign any more is no obstacle: its earnings stand, and are not corrected.
    /// </remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="statements">
    /// The statements; of open ones what was decided before the newest closed statement of their contract was over.
    /// </param>
    /// <returns><see cref="SettlementReasons.TermsChanged"/> for each version of which that is so.</returns>
    public static ValueList<Reason> CheckRestored(Campaign campaign, IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(statements);
        return
        [
            .. StandingIn([.. statements]).Select(static e => (e.Contract, e.Version, Terms: TermsOf(e))).Distinct()
                .Where(e => e.Terms is { } made
                    && campaign.FindContract(e.Contract, e.Version) is { } now && now.Digest != made)
                .OrderBy(static e => e.Contract).ThenBy(static e => e.Version)
                .Select(e => StatementClosing.ChangedOf(
                    campaign.FindContract(e.Contract, e.Version)!, e.Terms!.Value)),
        ];
    }

    // Nothing more is decided before the end of a contract's newest closed statement, whosever it is: what partners of
    // longer periods have from before it stands too.
    private static IEnumerable<LedgerEntry> StandingIn(Statement[] statements)
    {
        ILookup<bool, Statement> byState = statements.ToLookup(static s => s.IsClosed);
        Dictionary<ContractId, Instant> through = byState[true].GroupBy(static s => s.Contract)
            .ToDictionary(static own => own.Key, static own => own.Max(static s => s.To));
        IEnumerable<LedgerEntry> open = byState[false].SelectMany(static s => s.Lines)
            .Where(e => through.TryGetValue(e.Contract, out Instant end) && e.DecidedAt < end);
        return byState[true].SelectMany(static s => s.Lines).Concat(open).DistinctBy(static e => e.Id);
    }

    // Terms that became known since may cut other periods: what has an open statement was not over.
    private void CloseThrough(Instant? asOf, Statement[] statements)
    {
        if (asOf is { } end && ContractCalendar.Covers(end))
        {
            foreach (IGrouping<ContractId, Contract> versions in State.Campaign.Contracts.GroupBy(static c => c.Id))
            {
                State.Close(versions.Key, statements.Where(s => !s.IsClosed && s.Contract == versions.Key)
                    .Select(static s => s.From)
                    .Append(StatementPeriods.ClosedBy(State.Campaign, versions, end)).Min());
            }
        }

        foreach (Statement statement in statements.Where(static s => s.IsClosed))
        {
            State.Close(statement.Contract, statement.To);
        }
    }

    private bool IsPaidAsOther(Outcome outcome) =>
        paid?.Contains(outcome.Id) == true
        && State.Find(outcome.Id)?.Outcome is null
        && decider.IsPaidAsOther(outcome, paid[outcome.Id]);

    private static Digest? TermsOf(LedgerEntry entry) => entry switch
    {
        Earning earning => earning.Terms,
        PeriodEarning earning => earning.Terms,
        _ => null,
    };

    // Restored entries count from when they were decided; of one instant those of an outcome when it is decided in it,
    // as they did then.
    private bool Recall(Instant asOf)
    {
        if (followed.Count > 0)
        {
            Follow(asOf);
        }

        return restored.Count + arrivals.Count > 0 && Count(asOf, isOver: false);
    }

    // Nothing more comes in at this instant: what nobody has asked for counts all the same.
    private bool Flush(Instant asOf) => restored.Count + arrivals.Count > 0 && Count(asOf, isOver: true);

    // What the next decision on an outcome posted then. Nearly no outcome has anything: no closure is made for those.
    private void Arrive(OutcomeId id, Instant asOf, CampaignInput? input = null)
    {
        if (arrivals.Count > 0 && arrivedAt == PresentOf(id, asOf) && arrivals.ContainsKey(id))
        {
            AwaitReady(id, input);
        }
    }

    private void AwaitReady(OutcomeId id, CampaignInput? input)
    {
        List<LedgerEntry> found = [];
        Take(id, entry =>
        {
            bool isReady = IsReady(entry, input, found);
            if (isReady)
            {
                found.Add(entry);
            }

            return isReady;
        });
        Await(found);
    }

    private List<(long Place, LedgerEntry Entry)> Take(OutcomeId id, Predicate<LedgerEntry> takes)
    {
        List<(long Place, LedgerEntry Entry)> all = arrivals[id];
        List<(long Place, LedgerEntry Entry)> taken = [];
        all.RemoveAll(a =>
        {
            bool isTaken = takes(a.Entry);
            if (isTaken)
            {
                taken.Add(a);
            }

            return isTaken;
        });
        if (all.Count == 0)
        {
            arrivals.Remove(id);
        }

        return taken;
    }

    // The same of an invalidation, which is about many.
    private void Arrive(Invalidation invalidation, Instant asOf)
    {
        if (arrivedAt != asOf || invalidation.Id.IsUnset)
        {
            return;
        }

        CorrectionId cause = Invalidation.CauseOf(State.Campaign.Id, invalidation.Id);
        bool IsShare(LedgerEntry entry) =>
            entry is Adjustment { Invalidated: not null } share && share.Cause == cause;
        bool IsOfIt(LedgerEntry entry) =>
            IsShare(entry) || (entry is Repricing repricing && repricing.Correction == cause);

        OutcomeId[] outcomes =
            [.. arrivals.Where(a => a.Value.Exists(e => IsShare(e.Entry))).Select(static a => a.Key)];
        if (outcomes.Length == 0)
        {
            return;
        }

        List<(long Place, LedgerEntry Entry)> found = [];
        foreach (OutcomeId id in outcomes)
        {
            HashSet<EntryId> lines =
            [
                .. arrivals[id].Select(static a => a.Entry).OfType<Adjustment>().Where(IsShare)
                    .Select(static e => e.Corrects),
            ];
            found.AddRange(Take(id, e => IsOfIt(e) || (e is DisputeHold held && lines.Contains(held.Corrects))));
        }

        Await([.. found.OrderBy(static f => f.Place).Select(static f => f.Entry)]);
        decider.CountArrived(State);
        hasArrived = false;
        foreach (OutcomeId id in outcomes)
        {
            NameHeld(id, asOf);
            LetGo(decider.Look(State, id).Due, asOf, asOf);
        }
    }

    private void Await(List<LedgerEntry> found)
    {
        hasArrived = found.Count > 0;
        decider.Await(State, found);
        foreach (LedgerEntry entry in found)
        {
            Recorded?.Invoke(entry);
        }
    }

    // Whatever an entry names has come.
    private bool IsReady(LedgerEntry entry, CampaignInput? input, List<LedgerEntry> before)
    {
        OutcomeState? known = State.Find(entry.OutcomeId);
        Outcome? outcome = known?.Outcome ?? (input as CampaignInput.OfOutcome)?.Outcome;
        return outcome is not null && entry switch
        {
            Earning earning => IsReady(earning, outcome, known, input),
            Adjustment { Invalidated: not null } => false,
            Adjustment adjustment => IsEarned(adjustment.Corrects, known, before)
                && (adjustment.Ruling is not null || Has(adjustment.Cause, known, input)),
            DisputeHold held => IsEarned(held.Corrects, known, before),
            Repricing repricing => IsEarned(repricing.CausedBy, known, before)
                && (repricing.Correction is not { } cause || Has(cause, known, input)),
            _ => true,
        };
    }

    private bool IsReady(Earning earning, Outcome outcome, OutcomeState? known, CampaignInput? input) =>
        earning.Corrections.All(c => Has(c, known, input))
        && (earning.Approval is not { } approval || Has(approval, known, input))
        && earning.Evidence.All(e => known?.Verdicts.Any(v => v.ReplayKey == e) == true
            || (input is CampaignInput.OfEvidence { Verdict: var verdict } && verdict.ReplayKey == e))
        && !decider.AwaitsParent(State, outcome);

    private static bool Has(CorrectionId id, OutcomeState? known, CampaignInput? input) =>
        known?.Corrections.Any(c => c.Id == id) == true
        || (input is CampaignInput.OfCorrection { Correction: var correction } && correction.Id == id);

    private static bool IsEarned(EntryId id, OutcomeState? known, List<LedgerEntry> before) =>
        known?.Earnings.Any(e => e.Earning.Id == id) == true || before.Exists(e => e.Id == id);

    // Who is let go by a decision, and by what it posted then.
    private ValueList<OutcomeId> DueAfter(Decision decision, Instant asOf)
    {
        if (!hasArrived)
        {
            return decision.Due;
        }

        hasArrived = false;
        decider.CountArrived(State);
        NameHeld(decision.Outcome.Id, asOf);
        return [.. decision.Due.Concat(decider.Look(State, decision.Outcome.Id).Due).Distinct()];
    }

    private void ReviewNow(OutcomeId id, Instant asOf, Instant since)
    {
        Arrive(id, asOf);
        KeepAll(decider.ReviewAt(State, id, JourneyOf(id), asOf), asOf, since);
    }

    // What stayed open although it has earned since is decided when whatever let it go on has been.
    private void Follow(Instant before)
    {
        foreach ((OutcomeId id, Instant at) in followed.FindAll(f => f.At < before))
        {
            followed.Remove((id, at));
            if (State.Find(id) is { Outcome: not null, Decision: { } decision } known
                && !CampaignDecider.IsFinal(decision.Qualification)
                && known.Earnings.Any(e => e.Earning.DecidedAt == at && at > decision.DecidedAt))
            {
                ReviewNow(id, at, at);
            }
        }
    }

    private bool Count(Instant asOf, bool isOver)
    {
        List<LedgerEntry> counting = Passed(asOf, isOver);
        List<LedgerEntry> come = [];
        while (restored.TryPeek(out LedgerEntry? next) && next.DecidedAt <= asOf)
        {
            come.Add(restored.Dequeue());
        }

        // Terms that reach back are applied before anything else of an instant.
        HashSet<EntryId> amended = [.. come.OfType<Amendment>().Select(static a => a.Corrects)];
        foreach (LedgerEntry entry in come)
        {
            if (entry.DecidedAt < asOf || entry.OutcomeId.IsUnset || entry is Amendment
                || (entry is Earning && amended.Contains(entry.Id))
                || (isOver && State.Find(entry.OutcomeId)?.Outcome is not null))
            {
                counting.Add(entry);
            }
            else
            {
                arrivedAt = asOf;
                if (!arrivals.TryGetValue(entry.OutcomeId, out List<(long Place, LedgerEntry Entry)>? own))
                {
                    arrivals.Add(entry.OutcomeId, own = []);
                }

                own.Add((place++, entry));
            }
        }

        foreach (LedgerEntry entry in counting)
        {
            decider.Restore(State, entry);
            Recorded?.Invoke(entry);
        }

        foreach (LedgerEntry entry in counting)
        {
            if (entry is Adjustment or Amendment)
            {
                NameHeld(entry.OutcomeId, entry.DecidedAt);
            }
            else if (entry is Earning)
            {
                followed.Add((entry.OutcomeId, entry.DecidedAt));
            }
        }

        Follow(asOf);
        return counting.Count > 0;
    }

    // What nobody asked for in its instant.
    private List<LedgerEntry> Passed(Instant asOf, bool isOver)
    {
        if (arrivals.Count == 0 || !(arrivedAt < asOf || (isOver && arrivedAt == asOf)))
        {
            return [];
        }

        OutcomeId[] passed =
            [.. arrivals.Keys.Where(id => arrivedAt < asOf || State.Find(id)?.Outcome is not null)];
        return
        [
            .. passed.SelectMany(id => Take(id, static _ => true)).OrderBy(static p => p.Place)
                .Select(static p => p.Entry),
        ];
    }

    // What took part in a decision then, and is not decided again now.
    private void NameHeld(OutcomeId changed, Instant asOf)
    {
        if (State.Find(changed)?.Decision is { Qualification: Qualification.Disputed }
            && CampaignDecider.NameHeld(State, changed, asOf) is { Records.Count: > 0 } named)
        {
            Keep(named);
        }
    }
}
