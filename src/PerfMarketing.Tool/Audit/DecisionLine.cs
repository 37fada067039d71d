using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tool.Audit;

/// <summary>What an audit reads of a line of the decisions.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Evidence">What was said of its evidence.</param>
internal sealed record DecisionLine(OutcomeId Outcome, ValueList<EvidenceVerdict> Evidence)
{
    /// <summary>Reads a line; the rest of it counts by its digest alone.</summary>
    /// <param name="terms">The terms.</param>
    public static DecisionLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        DecisionLine? outcome = terms.Object("outcome", static inner =>
        {
            OutcomeId id = inner.Value<OutcomeId>("id");
            inner.IgnoreRest();
            return new DecisionLine(id, []);
        });
        DecisionLine line = new(outcome?.Outcome ?? default, terms.List("evidence", EvidenceVerdict.Read));
        terms.IgnoreRest();
        return line;
    }
}
