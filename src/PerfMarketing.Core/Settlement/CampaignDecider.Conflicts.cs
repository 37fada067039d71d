using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;

namespace PerfMarketing.Settlement;

/// <content>What came in under an id that stands for something else.</content>
public sealed partial class CampaignDecider
{
    /// <summary>
    /// The most conflicts that are kept of one outcome; what contradicts it after them is answered, and not kept.
    /// </summary>
    public const int ConflictCountMax = 100;

    // The first content stands and no money moves; the other one is kept once.
    private Decision KeepConflict(CampaignState state, OutcomeState known, ConflictReceived conflict)
    {
        Decision unchanged = Unchanged(state, known, conflict.Reason);
        if (known.Conflicts.Count >= ConflictCountMax || known.Conflicts.Any(c => c.Content == conflict.Content))
        {
            return unchanged;
        }

        state.Apply(conflict);
        return unchanged with { Outcome = state.Known(known.Id), Records = [conflict] };
    }

    /// <summary>An outcome that closed statements paid for as something else: kept as a conflict.</summary>
    /// <param name="state">The state, to which the conflict is applied.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="asOf">The instant of the decision.</param>
    internal Decision KeepOther(CampaignState state, Outcome outcome, Instant asOf) =>
        KeepConflict(state, state.Known(outcome.Id), ConflictReceived.Of(outcome, asOf));

    // Whether something was paid for an outcome at another time, or by another amount or number. What corrections had
    // changed by then, and what the campaign has no terms for any more, says nothing.
    internal bool IsPaidAsOther(Outcome outcome, IEnumerable<Earning> paid)
    {
        bool isSound = outcome.Check().Count == 0;
        foreach (Earning earning in paid)
        {
            Clause? clause = campaign.FindContract(earning.Contract, earning.Version)?.FindClause(earning.Clause);
            if (!isSound || earning.OccurredAt != outcome.At
                || (earning.Corrections.Count == 0 && clause is not null && IsOther(earning, clause, outcome)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOther(Earning earning, Clause clause, Outcome outcome)
    {
        try
        {
            Basis basis = BasisOf(earning, clause, outcome, OutcomeTruth.OfValid(outcome, []));
            bool isRead = basis.Value.Currency == earning.Value.Currency;
            return earning.Quantity != basis.Quantity || (isRead && earning.Value != basis.Value);
        }
        catch (ArithmeticException)
        {
            return true;
        }
    }
}
