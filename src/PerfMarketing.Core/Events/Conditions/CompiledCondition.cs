using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <summary>A condition ready to be evaluated: made once, used for every event, by any thread.</summary>
/// <remarks>
/// Inside, a condition is true, false or unknown (Kleene): an unknown fact makes its leaf unknown, <c>all</c> takes the
/// least of its parts,
/// <c>any</c> the greatest, <c>not</c> leaves unknown as it is. Only true counts as true.
/// </remarks>
public sealed class CompiledCondition
{
    private readonly ConditionNode root;

    internal CompiledCondition(Condition source, ContractCalendar calendar)
    {
        Source = source;
        Zone = calendar.Zone;
        root = source.ToNode(calendar);
    }

    /// <summary>The condition it was made from.</summary>
    public Condition Source { get; }

    /// <summary>The zone whose hours and dates count.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Whether the condition holds; allocates nothing.</summary>
    /// <param name="facts">The event's facts.</param>
    /// <param name="at">When the event happened.</param>
    public bool Evaluate(FactSet facts, Instant at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return root.Evaluate(facts, at) == Truth.True;
    }

    /// <summary>Why the condition does not hold.</summary>
    /// <param name="facts">The event's facts.</param>
    /// <param name="at">When the event happened.</param>
    /// <returns>A reason for every leaf that stands against it, unknown facts by name; empty when it holds.</returns>
    public ValueList<Reason> Explain(FactSet facts, Instant at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        List<Reason> reasons = [];
        root.Explain(facts, at, true, reasons);
        return reasons.ToValueList();
    }
}
