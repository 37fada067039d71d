using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>
/// The outcome's own numbers, and those of its parent, as facts that conditions and measures of a contract can use.
/// </summary>
/// <remarks>
/// Names that begin with <c>outcome.</c> or <c>parent.</c> are reserved: what a host sets under them is ignored where a
/// contract asks for one of them. They are worked out only for campaigns whose contracts ask for one.
/// </remarks>
public static class OutcomeFacts
{
    private const string OwnPrefix = "outcome.";

    private const string ParentPrefix = "parent.";

    /// <summary><c>outcome.value</c>: what is kept of the outcome's value; absent when it has none.</summary>
    public static FactKey<Money> Value { get; } = new("outcome.value");

    /// <summary>
    /// <c>outcome.commissionable</c>: what of it the clause that is asked pays on; absent when it has no value.
    /// </summary>
    public static FactKey<Money> Commissionable { get; } = new("outcome.commissionable");

    /// <summary><c>outcome.quantity</c>: how many results are kept.</summary>
    public static FactKey<decimal> Quantity { get; } = new("outcome.quantity");

    /// <summary>
    /// <c>outcome.role</c>: what the partner who is to be paid did in the journey: <c>introducer</c>, <c>closer</c>,
    /// both, or else <c>assist</c>. Known to the conditions of clauses alone, and absent for payers further up and
    /// overrides.
    /// </summary>
    public static FactKey<ValueList<string>> Role { get; } = new("outcome.role");

    /// <summary><c>parent.kind</c>: the kind of the parent outcome.</summary>
    public static FactKey<string> ParentKind { get; } = new("parent.kind");

    /// <summary><c>parent.value</c>: what is kept of the parent's value; absent when it has none.</summary>
    public static FactKey<Money> ParentValue { get; } = new("parent.value");

    /// <summary><c>parent.quantity</c>: how many results are kept of the parent.</summary>
    public static FactKey<decimal> ParentQuantity { get; } = new("parent.quantity");

    /// <summary>
    /// <c>parent.days</c>: whole days of 24 hours since the parent occurred; absent when it occurred later.
    /// </summary>
    public static FactKey<int> ParentDays { get; } = new("parent.days");

    /// <summary>Whether a name is reserved.</summary>
    /// <param name="name">The name of a fact.</param>
    public static bool IsReserved(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(OwnPrefix, StringComparison.Ordinal) || IsOfParent(name);
    }

    /// <summary>Whether a name is reserved for the parent's numbers.</summary>
    /// <param name="name">The name of a fact.</param>
    public static bool IsOfParent(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(ParentPrefix, StringComparison.Ordinal);
    }

    /// <summary>The outcome's facts with the reserved ones.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="truth">What is true of it.</param>
    /// <param name="parent">Its parent; null when it has none, or none is known.</param>
    /// <param name="parentTruth">What is true of the parent.</param>
    /// <returns>
    /// The outcome's own facts alone, without reserved ones, when both together are more than a set may hold: then
    /// conditions that ask for reserved ones do not hold.
    /// </returns>
    public static FactSet Of(Outcome outcome, OutcomeTruth truth, Outcome? parent, OutcomeTruth? parentTruth)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(truth);
        List<Fact> facts = [.. outcome.Facts.Where(static f => !IsReserved(f.Name))];
        int own = facts.Count;
        facts.Add(Quantity.Of(truth.KeptQuantity));
        if (truth.KeptValue is { } value)
        {
            facts.Add(Value.Of(value));
        }

        if (parent is not null && parentTruth is not null)
        {
            AddParent(facts, outcome, parent, parentTruth);
        }

        return FactSet.Create([.. facts.Count <= FactSet.CountMax ? facts : facts[..own]]);
    }

    /// <summary>Facts with a clause's commissionable amount, unless there is none or no room.</summary>
    internal static FactSet With(FactSet facts, Money? commissionable) =>
        commissionable is { } amount && facts.Count < FactSet.CountMax ? facts.With(Commissionable, amount) : facts;

    /// <summary>Facts with the roles of one partner, unless there is no room.</summary>
    internal static FactSet With(FactSet facts, ValueList<string> roles) =>
        facts.Count < FactSet.CountMax ? facts.With(Role, roles) : facts;

    private static void AddParent(List<Fact> facts, Outcome outcome, Outcome parent, OutcomeTruth truth)
    {
        facts.Add(ParentKind.Of(parent.Kind.ToString()));
        facts.Add(ParentQuantity.Of(truth.KeptQuantity));
        if (truth.KeptValue is { } value)
        {
            facts.Add(ParentValue.Of(value));
        }

        if (parent.At <= outcome.At)
        {
            facts.Add(ParentDays.Of((int)((outcome.At - parent.At) / Duration.FromDays(1))));
        }
    }
}
