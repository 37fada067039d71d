using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>Entries of closed statements, which count again.</content>
public sealed partial class CampaignRun
{
    // What was decided at the instant that has come, for outcomes that have not.
    private readonly List<LedgerEntry> arrivals = [];

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
    /// <param name="statements">The statements; open ones are ignored.</param>
    /// <returns><see cref="SettlementReasons.TermsChanged"/> for each version of which that is so.</returns>
    public static ValueList<Reason> CheckRestored(Campaign campaign, IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(statements);
        return
        [
            .. statements.Where(static s => s.IsClosed).SelectMany(static s => s.Lines)
                .Select(static e => (e.Contract, e.Version, Terms: TermsOf(e))).Distinct()
                .Where(e => e.Terms is { } made
                    && campaign.FindContract(e.Contract, e.Version) is { } now && now.Digest != made)
                .OrderBy(static e => e.Contract).ThenBy(static e => e.Version)
                .Select(e => Reason.Of(
                    SettlementReasons.TermsChanged,
                    ("contract", e.Contract),
                    ("version", e.Version),
                    ("closed", e.Terms!.Value),
                    ("now", campaign.FindContract(e.Contract, e.Version)!.Digest))),
        ];
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

    // Restored entries count from when they were decided: of one instant those of an outcome that comes in it count
    // when it does, as they did then.
    private bool Recall(Instant asOf, OutcomeId arriving = default)
    {
        if (followed.Count > 0)
        {
            Follow(asOf);
        }

        return restored.Count + arrivals.Count > 0 && Count(asOf, arriving);
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
                KeepAll(decider.Review(State, id, JourneyOf(id), at), at);
            }
        }
    }

    private bool Count(Instant asOf, OutcomeId arriving)
    {
        List<LedgerEntry> counting = [];
        while (restored.TryPeek(out LedgerEntry? entry) && entry.DecidedAt <= asOf)
        {
            arrivals.Add(restored.Dequeue());
        }

        arrivals.RemoveAll(entry =>
        {
            bool counts = entry.DecidedAt < asOf || entry.OutcomeId.IsUnset || entry.OutcomeId == arriving
                || State.Find(entry.OutcomeId)?.Outcome is not null;
            if (counts)
            {
                counting.Add(entry);
            }

            return counts;
        });
        foreach (LedgerEntry entry in counting)
        {
            decider.Restore(State, entry);
            Recorded?.Invoke(entry);
        }

        foreach (LedgerEntry entry in counting)
        {
            if (entry is Adjustment or Amendment)
            {
                NameHeld(entry);
            }
            else if (entry is Earning && entry.OutcomeId != arriving)
            {
                followed.Add((entry.OutcomeId, entry.DecidedAt));
            }
        }

        Follow(asOf);
        return counting.Count > 0;
    }

    // What took part in a decision then, and is not decided again now.
    private void NameHeld(LedgerEntry changed)
    {
        if (State.Find(changed.OutcomeId)?.Decision is { Qualification: Qualification.Disputed }
            && CampaignDecider.NameHeld(State, changed.OutcomeId, changed.DecidedAt) is { Records.Count: > 0 } named)
        {
            Keep(named);
        }
    }
}
