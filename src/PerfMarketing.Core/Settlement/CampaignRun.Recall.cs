using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <content>Entries of closed statements, which count again.</content>
public sealed partial class CampaignRun
{
    // What was decided at the instant that has come, for outcomes that have not.
    private readonly List<LedgerEntry> arrivals = [];

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
    private bool Recall(Instant asOf, OutcomeId arriving = default) =>
        restored.Count + arrivals.Count > 0 && Count(asOf, arriving);

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

        return counting.Count > 0;
    }
}
