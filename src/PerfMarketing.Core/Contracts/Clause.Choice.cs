using PerfMarketing.Events.Conditions;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <content>To what the clause applies.</content>
public sealed partial class Clause
{
    /// <summary>
    /// Whether the clause may pay for an outcome: it is of its kind, for the partner, in the window after the parent,
    /// and its condition holds.
    /// </summary>
    /// <param name="subject">The outcome and the partner.</param>
    public bool AppliesTo(in ClauseSubject subject) =>
        subject.Kind == Outcome
        && (partners is null || partners.Contains(subject.Partner))
        && (Within is not { } window || (subject.ParentAt is { } parent && window.Contains(parent, subject.At)))
        && (when is null || when.Evaluate(FactsFor(subject), subject.At));

    /// <summary>Why the clause may not pay for an outcome; null when it may.</summary>
    /// <param name="subject">The outcome and the partner.</param>
    /// <returns>A reason with a code of <see cref="ClauseReasons"/>.</returns>
    public Reason? Refuse(in ClauseSubject subject)
    {
        if (subject.Kind != Outcome)
        {
            return Reason.Of(ClauseReasons.NotOfKind, ("clause", Id), ("kind", Outcome));
        }

        if (partners?.Contains(subject.Partner) == false)
        {
            return Reason.Of(ClauseReasons.NotForPartner, ("clause", Id));
        }

        if (Within is { } window && !(subject.ParentAt is { } parent && window.Contains(parent, subject.At)))
        {
            return subject.ParentAt is null
                ? Reason.Of(ClauseReasons.ParentMissing, ("clause", Id))
                : Reason.Of(ClauseReasons.OutsideWindow, ("clause", Id), ("window", window));
        }

        if (when is null || when.Evaluate(FactsFor(subject), subject.At))
        {
            return null;
        }

        ValueList<Reason> because = when.Explain(FactsFor(subject), subject.At);
        bool isOpen = because.Any(static r => r.Code is ConditionCodes.FactUnknown or ConditionCodes.FactOtherKind);
        return Reason.Of(
            isOpen ? ClauseReasons.FactUnknown : ClauseReasons.ConditionFalse,
            ("clause", Id),
            ("because", string.Join("; ", because)));
    }

    // What names the partner comes before what does not; then the number of things that must hold.
    internal (bool Named, int Terms) SpecificityFor(in ClauseSubject subject) =>
        (partners?.Contains(subject.Partner) == true, terms);

    // A model that does not say what it measures may read the value; a fixed price does not.
    private static bool DependsOnValue(PayoutModel model) => model.Measures.Contains(Measure.Value)
        || (model.Parts.Count == 0 && model.Measures.Count == 0
            && model is not Fixed { Of.Kind: not MeasureKind.Value })
        || model.Parts.Any(static part => DependsOnValue(part.Model));

    private static int TermsOf(Condition? condition) => condition is null ? 0
        : condition.Parts.Count == 0 ? 1
        : condition.Parts.Sum(TermsOf);
}
