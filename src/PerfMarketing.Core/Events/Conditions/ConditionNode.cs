using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events.Conditions;

/// <summary>A part of a compiled condition.</summary>
internal abstract class ConditionNode
{
    internal abstract Truth Evaluate(FactSet facts, Instant at);

    /// <summary>Notes why the node is not what was wanted; nothing when it is.</summary>
    internal abstract void Explain(FactSet facts, Instant at, bool wanted, List<Reason> reasons);
}

/// <summary>A part that looks at the event itself.</summary>
internal abstract class LeafNode(Condition source) : ConditionNode
{
    internal sealed override void Explain(FactSet facts, Instant at, bool wanted, List<Reason> reasons)
    {
        switch (Evaluate(facts, at))
        {
            case Truth.Unknown:
                reasons.Add(Open(facts));
                break;
            case Truth.False when wanted:
                reasons.Add(Because(facts, at));
                break;
            case Truth.True when !wanted:
                reasons.Add(Reason.Of(ConditionCodes.Excluded, ("condition", source)));
                break;
            default:
                break;
        }
    }

    /// <summary>Why the leaf is false.</summary>
    protected abstract Reason Because(FactSet facts, Instant at);

    /// <summary>Why the leaf is unknown.</summary>
    protected virtual Reason Open(FactSet facts) => new(ConditionCodes.FactUnknown);
}

/// <summary>Parts of which all, or any, must hold.</summary>
internal abstract class ListNode(ConditionNode[] parts) : ConditionNode
{
    protected ConditionNode[] Parts => parts;

    internal sealed override void Explain(FactSet facts, Instant at, bool wanted, List<Reason> reasons)
    {
        if (Evaluate(facts, at) == (wanted ? Truth.True : Truth.False))
        {
            return;
        }

        foreach (ConditionNode part in parts)
        {
            part.Explain(facts, at, wanted, reasons);
        }
    }
}

internal sealed class AllNode(ConditionNode[] parts) : ListNode(parts)
{
    internal override Truth Evaluate(FactSet facts, Instant at)
    {
        Truth least = Truth.True;
        foreach (ConditionNode part in Parts)
        {
            Truth truth = part.Evaluate(facts, at);
            if (truth == Truth.False)
            {
                return Truth.False;
            }

            least = truth < least ? truth : least;
        }

        return least;
    }
}

internal sealed class AnyNode(ConditionNode[] parts) : ListNode(parts)
{
    internal override Truth Evaluate(FactSet facts, Instant at)
    {
        Truth greatest = Truth.False;
        foreach (ConditionNode part in Parts)
        {
            Truth truth = part.Evaluate(facts, at);
            if (truth == Truth.True)
            {
                return Truth.True;
            }

            greatest = truth > greatest ? truth : greatest;
        }

        return greatest;
    }
}

internal sealed class NotNode(ConditionNode of) : ConditionNode
{
    internal override Truth Evaluate(FactSet facts, Instant at) => (Truth)(Truth.True - of.Evaluate(facts, at));

    internal override void Explain(FactSet facts, Instant at, bool wanted, List<Reason> reasons) =>
        of.Explain(facts, at, !wanted, reasons);
}
