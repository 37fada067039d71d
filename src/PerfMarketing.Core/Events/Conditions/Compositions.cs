using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <summary>All of several conditions hold.</summary>
/// <param name="Of">The conditions, at least one.</param>
public sealed record AllOf(ValueList<Condition> Of) : Condition
{
    internal const string TagText = "all";

    internal override string Tag => TagText;

    internal override ValueList<Condition> Parts => Of;

    internal override (string Term, string Code)? Fault => Of.Count == 0 ? ("of", ConditionCodes.Empty) : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) =>
        new AllNode([.. Of.Select(part => part.ToNode(calendar))]);

    private protected override string Describe() => $"all of ({string.Join("; ", Of)})";

    private protected override void WriteCase(TermWriter terms) => terms.List("of", Of);
}

/// <summary>At least one of several conditions holds.</summary>
/// <param name="Of">The conditions, at least one.</param>
public sealed record AnyOf(ValueList<Condition> Of) : Condition
{
    internal const string TagText = "any";

    internal override string Tag => TagText;

    internal override ValueList<Condition> Parts => Of;

    internal override (string Term, string Code)? Fault => Of.Count == 0 ? ("of", ConditionCodes.Empty) : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) =>
        new AnyNode([.. Of.Select(part => part.ToNode(calendar))]);

    private protected override string Describe() => $"any of ({string.Join("; ", Of)})";

    private protected override void WriteCase(TermWriter terms) => terms.List("of", Of);
}

/// <summary>A condition is known not to hold; false when an unknown fact leaves it open.</summary>
/// <param name="Of">The condition.</param>
public sealed record Not(Condition Of) : Condition
{
    internal const string TagText = "not";

    internal override string Tag => TagText;

    internal override ValueList<Condition> Parts => [Of];

    internal override ConditionNode ToNode(ContractCalendar calendar) => new NotNode(Of.ToNode(calendar));

    private protected override string Describe() => $"not ({Of})";

    private protected override void WriteCase(TermWriter terms) => terms.Terms("of", Of);
}
