using System.Runtime.InteropServices;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>What each piece of evidence of a log said first, by the id under which its provider knows it.</summary>
internal sealed class EvidenceIds
{
    private readonly Dictionary<(SchemeId Scheme, PartyId? Party, EvidenceId Id), LogEvidence> first = [];

    /// <summary>Notes a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>
    /// Why it contradicts what was said of the same outcome under its id; null when it does not. What is said of
    /// another outcome is the run's to judge.
    /// </returns>
    public Reason? Note(LogEvidence line)
    {
        ArgumentNullException.ThrowIfNull(line);
        EvidenceVerdict verdict = line.Verdict;
        if (!verdict.IsValid || verdict.ReplayKey is not { IsUnset: false } id)
        {
            return null;
        }

        ref LogEvidence? known = ref CollectionsMarshal.GetValueRefOrAddDefault(
            first, (verdict.Scheme, verdict.Party, id), out _);
        LogEvidence before = known ??= line;
        return before.Outcome == line.Outcome && verdict.Said != before.Verdict.Said
            ? Reason.Of(ProofReasons.ReplayConflict, ("evidence", id))
            : null;
    }
}
