using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events.Conditions;

/// <summary>What a leaf asks of its fact; a struct, so that asking costs no further call.</summary>
internal interface IFactCheck
{
    Truth Test(in FactValue value);

    /// <summary>Why a known fact did not pass.</summary>
    Reason Because(string fact, in FactValue value);
}

/// <summary>A leaf about one fact: unknown when the fact is absent or of another kind.</summary>
internal sealed class FactNode<TCheck>(Condition source, string fact, TCheck check) : LeafNode(source)
    where TCheck : struct, IFactCheck
{
    private readonly string name = Facts.Shared(fact);
    private readonly int hash = Fact.HashOf(fact);

    // Where the fact stood last time: most events of a log have the same facts. Only a guess, so threads may race.
    private int hint;

    internal override Truth Evaluate(FactSet facts, Instant at)
    {
        int index = facts.IndexOf(name, hash, hint);
        if (index < 0)
        {
            return Truth.Unknown;
        }

        if (index != hint)
        {
            hint = index;
        }

        return check.Test(facts.ValueAt(index));
    }

    protected override Reason Because(FactSet facts, Instant at) =>
        facts.TryFind(fact, out FactValue value) ? check.Because(fact, value) : Open(facts);

    protected override Reason Open(FactSet facts) => facts.TryFind(fact, out FactValue value)
        ? Reason.Of(ConditionCodes.FactOtherKind, ("fact", fact), ("value", value.ToReasonText()))
        : Reason.Of(ConditionCodes.FactUnknown, ("fact", fact));
}

internal sealed class ExistsNode(FactExists source) : LeafNode(source)
{
    private readonly int hash = Fact.HashOf(source.Fact);

    internal override Truth Evaluate(FactSet facts, Instant at) =>
        facts.IndexOf(source.Fact, hash, 0) >= 0 ? Truth.True : Truth.False;

    protected override Reason Because(FactSet facts, Instant at) =>
        Reason.Of(ConditionCodes.Absent, ("fact", source.Fact));
}
