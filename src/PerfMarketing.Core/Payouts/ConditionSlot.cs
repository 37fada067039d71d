using NodaTime;
using PerfMarketing.Events.Conditions;

namespace PerfMarketing.Payouts;

/// <summary>Keeps a condition of a model's terms compiled for the zone in which it was asked last.</summary>
/// <remarks>
/// A model's terms know no zone, its contract does. A contract's models are asked in one zone, so that each condition
/// is compiled once. Two threads that ask at once may both compile, with the same result. No two slots differ: what is
/// kept follows from the condition and says nothing of its own.
/// </remarks>
internal sealed class ConditionSlot
{
    private CompiledCondition? kept;

    /// <summary>The condition, compiled for a zone.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="zone">The zone whose hours and dates count.</param>
    /// <exception cref="ArgumentException">Something is wrong with the condition.</exception>
    public CompiledCondition Of(Condition condition, DateTimeZone zone)
    {
        CompiledCondition? found = Volatile.Read(ref kept);
        if (found is null || !ReferenceEquals(found.Source, condition) || !ReferenceEquals(found.Zone, zone))
        {
            found = condition.Compile(zone);
            Volatile.Write(ref kept, found);
        }

        return found;
    }

    public override bool Equals(object? obj) => obj is ConditionSlot;

    public override int GetHashCode() => 0;
}
