using FluentValidation;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts.Validation;

/// <summary>What lists of limits must keep to.</summary>
internal static class LimitRules
{
    /// <summary>Checks the number and the names of the limits of one clause or contract.</summary>
    public static void HaveNames<T>(this IRuleBuilder<T, ValueList<Limit>> rule) =>
        rule.Must(static limits => limits.Count <= Contract.LimitCountMax
                && limits.DistinctBy(static l => l.Id).Count() == limits.Count)
            .WithErrorCode(LimitCodes.Names)
            .WithMessage($"There are at most {Contract.LimitCountMax} limits, each with a name of its own.");

    /// <summary>
    /// Whether every clause that limits divert to exists, prices the same outcomes and is no way back.
    /// </summary>
    public static bool LeadSomewhere(ContractDraft contract)
    {
        var clauses = contract.Clauses.DistinctBy(static c => c.Id).ToDictionary(static c => c.Id);
        Dictionary<ClauseId, bool> ends = [];
        return contract.Clauses.All(c => Ends(c, clauses, ends));
    }

    // A clause that is met again before its own way has ended lies on a circle.
    private static bool Ends(
        ClauseDraft clause, Dictionary<ClauseId, ClauseDraft> clauses, Dictionary<ClauseId, bool> ends)
    {
        if (!ends.TryAdd(clause.Id, false))
        {
            return ends[clause.Id];
        }

        return ends[clause.Id] = clause.Limits.All(l => l.DivertTo is not { } id
            || (clauses.TryGetValue(id, out ClauseDraft? next) && next.Outcome == clause.Outcome
                && Ends(next, clauses, ends)));
    }
}
