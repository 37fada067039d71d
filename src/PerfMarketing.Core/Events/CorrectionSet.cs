using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>
/// The corrections of one outcome in canonical order, without repetitions and without what cannot count.
/// </summary>
internal sealed class CorrectionSet
{
    private readonly List<Correction> sorted = [];
    private readonly Dictionary<CorrectionId, int> places = [];
    private readonly List<RefusedCorrection> refused = [];

    internal CorrectionSet(OutcomeId outcome, IEnumerable<Correction> corrections)
    {
        foreach (Correction correction in WellMade(corrections).Order(Comparer<Correction>.Create(Compare)))
        {
            if (places.TryGetValue(correction.Id, out int first))
            {
                RefuseConflict(sorted[first], correction);
            }
            else if (sorted.Count == OutcomeTruth.CorrectionCountMax)
            {
                RefuseOnce(new(correction.Id, new(CorrectionCodes.TooMany)));
            }
            else
            {
                places.Add(correction.Id, sorted.Count);
                sorted.Add(correction);
            }
        }

        Correction[] all = [.. sorted];
        foreach (Correction correction in all)
        {
            if (Fault(outcome, correction, all) is { } reason)
            {
                Refuse(correction, reason);
            }
        }
    }

    /// <summary>Those that count unless folding them shows otherwise.</summary>
    internal IEnumerable<Correction> Standing
    {
        get
        {
            HashSet<CorrectionId> replaced = [.. sorted.Select(static c => c.Replaces).OfType<CorrectionId>()];
            return sorted.Where(c => !replaced.Contains(c.Id));
        }
    }

    internal IReadOnlyList<RefusedCorrection> Refused => refused;

    internal void Refuse(Correction correction, Reason reason)
    {
        refused.Add(new(correction.Id, reason));
        sorted.Remove(correction);
    }

    internal ValueList<CorrectionId> Counting(List<RefusedCorrection> folded)
    {
        HashSet<CorrectionId> dropped = [.. folded.Select(static r => r.Id)];
        return Standing.Select(static c => c.Id).Where(id => !dropped.Contains(id)).ToValueList();
    }

    private static int Compare(Correction x, Correction y)
    {
        int order = EventOrder.Of(x, EventClock.RecordedAt).CompareTo(EventOrder.Of(y, EventClock.RecordedAt));
        return order != 0 || x.SaysTheSameAs(y)
            ? order
            : string.CompareOrdinal(EventDigest.Of(x).ToString(), EventDigest.Of(y).ToString());
    }

    // Only what is well made can be ordered by what it says.
    private List<Correction> WellMade(IEnumerable<Correction> corrections)
    {
        List<Correction> wellMade = [];
        foreach (Correction correction in corrections)
        {
            if (correction.Check() is { Count: > 0 } wrong)
            {
                RefuseOnce(new(correction.Id, wrong[0]));
            }
            else
            {
                wellMade.Add(correction);
            }
        }

        return wellMade;
    }

    private void RefuseOnce(RefusedCorrection refusal)
    {
        if (!refused.Contains(refusal))
        {
            refused.Add(refusal);
        }
    }

    private void RefuseConflict(Correction first, Correction again)
    {
        if (!first.SaysTheSameAs(again))
        {
            RefuseOnce(new(again.Id, new(CorrectionCodes.Conflict)));
        }
    }

    private Reason? Fault(OutcomeId outcome, Correction correction, Correction[] all)
    {
        if (correction.Outcome != outcome)
        {
            return new(CorrectionCodes.OtherOutcome);
        }

        if (correction.Replaces is not { } replaces)
        {
            return null;
        }

        bool undoes = correction is ReturnWithdrawn or ChargebackWon;
        if (!places.TryGetValue(replaces, out int place))
        {
            return undoes ? About(CorrectionCodes.ReplacesUnknown, replaces) : null;
        }

        bool fits = correction switch
        {
            ReturnWithdrawn => all[place] is LineReturn or AmountReturn,
            ChargebackWon => all[place] is Chargeback,
            _ => correction is Ruling == all[place] is Ruling,
        };
        return place > places[correction.Id] ? About(CorrectionCodes.ReplacesLater, replaces)
            : !fits ? About(CorrectionCodes.ReplacesOtherKind, replaces)
            : null;
    }

    private static Reason About(string code, CorrectionId replaces) => Reason.Of(code, ("replaces", replaces));
}
