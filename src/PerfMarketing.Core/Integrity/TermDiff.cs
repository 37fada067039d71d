using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>What differs between two versions of terms, and how to get from one to the other.</summary>
/// <remarks>
/// <para>
/// Two trees have no difference exactly when they have the same digest: the order of names makes no difference, numbers
/// count by value. Objects in a list are found again by their <c>id</c> (and <c>version</c>, where ids repeat), texts
/// by themselves; what has neither is matched by the longest common sequence, and by position between. An object that
/// names another kind than before is one change, not many, and so is a condition.
/// </para>
/// <para>The difference from b to a is the mirror of the difference from a to b.</para>
/// </remarks>
public static class TermDiff
{
    /// <summary>What differs between two objects.</summary>
    /// <param name="before">The older version.</param>
    /// <param name="after">The newer version.</param>
    public static ValueList<TermChange> Between(ITerms before, ITerms after) =>
        Between(TermNode.Of(before), TermNode.Of(after));

    /// <summary>What differs between two trees.</summary>
    /// <param name="before">The older version; no name stands twice in one object.</param>
    /// <param name="after">The newer version; no name stands twice in one object.</param>
    /// <exception cref="FormatException">A number's digits are not a number.</exception>
    public static ValueList<TermChange> Between(TermNode before, TermNode after) => Between(before, after, null);

    /// <summary>What differs between two trees of a known form, whose absent terms mean their defaults.</summary>
    internal static ValueList<TermChange> Between(TermNode before, TermNode after, TermForm? form)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);

        // Always worked out in one direction, so that ties between equally short ways are broken the same both ways.
        bool isTurned = TermOrder.Compare(before, after) > 0;
        TermDiffWork work = new();
        work.Walk(isTurned ? after : before, isTurned ? before : after, form, TermPath.Root, TermPath.Root);
        return isTurned ? work.Changes.Select(static c => c.Mirrored()).ToValueList() : work.Changes.ToValueList();
    }

    /// <summary>The newer version: the older one with the changes made.</summary>
    /// <param name="before">The older version.</param>
    /// <param name="changes">What <see cref="Between(TermNode, TermNode)"/> found.</param>
    /// <exception cref="ArgumentException">The changes do not belong to this tree.</exception>
    public static TermNode Apply(TermNode before, ValueList<TermChange> changes)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(changes);
        return new TermPatch(changes).Apply(before);
    }
}
