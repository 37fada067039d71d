using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <summary>A fact is one value; of several texts, one of them is.</summary>
/// <param name="Fact">The fact's name.</param>
/// <param name="Value">The value: a text, a number or a flag.</param>
public sealed record FactEquals(string Fact, FactValue Value) : Condition
{
    internal const string TagText = "equals";

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault => !Events.Fact.IsName(Fact) ? ("fact", ConditionCodes.FactName)
        : Value.Kind == FactKind.Texts ? ("value", ConditionCodes.ValueKind)
        : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) => Value.IsPlain
        ? new FactNode<TextCheck>(this, Fact, new(Value.PlainText))
        : new FactNode<ValueCheck>(this, Fact, new(Value));

    private protected override string Describe() => $"{Fact} is {Value.ToReasonText()}";

    private protected override void WriteCase(TermWriter terms)
    {
        terms.Value("fact", Fact);
        terms.Add("value", Value.ToNode());
    }
}

/// <summary>A fact is one of several values; of several texts, one of them is.</summary>
/// <param name="Fact">The fact's name.</param>
/// <param name="Values">The values, at least one.</param>
public sealed record FactIn(string Fact, ValueList<FactValue> Values) : Condition
{
    /// <summary>The most values.</summary>
    public const int ValueCountMax = 1_000;

    internal const string TagText = "in";

    private const int NamedMax = 5;

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault => !Events.Fact.IsName(Fact) ? ("fact", ConditionCodes.FactName)
        : Values.Count == 0 ? ("values", ConditionCodes.Empty)
        : Values.Count > ValueCountMax ? ("values", ConditionCodes.TooManyValues)
        : Values.Any(static v => v.Kind == FactKind.Texts) ? ("values", ConditionCodes.ValueKind)
        : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) =>
        new FactNode<InCheck>(this, Fact, new(Values));

    private protected override string Describe()
    {
        string named = string.Join(", ", Values.Take(NamedMax).Select(static v => v.ToReasonText()));
        return $"{Fact} in [{named}{(Values.Count > NamedMax ? ", …" : string.Empty)}]";
    }

    private protected override void WriteCase(TermWriter terms)
    {
        terms.Value("fact", Fact);
        terms.Add("values", TermNode.OfList(Values.Select(static v => v.ToNode()).ToValueList()));
    }
}

/// <summary>A fact lies in a range: half-open, <c>from ≤ fact &lt; to</c>, unless the bounds say otherwise.</summary>
/// <remarks>Numbers, amounts of one currency, rates, instants or dates; at least one bound.</remarks>
/// <param name="Fact">The fact's name.</param>
/// <param name="From">The lower bound; none when null.</param>
/// <param name="To">The upper bound; none when null.</param>
public sealed record FactRange(string Fact, FactValue? From = null, FactValue? To = null) : Condition
{
    internal const string TagText = "range";

    /// <summary>Whether the lower bound itself lies outside.</summary>
    public bool FromExcluded { get; init; }

    /// <summary>Whether the upper bound itself lies inside.</summary>
    public bool ToIncluded { get; init; }

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault => !Events.Fact.IsName(Fact) ? ("fact", ConditionCodes.FactName)
        : From is null && To is null ? ("from", ConditionCodes.Empty)
        : From is { } low && !IsOrdered(low) ? ("from", ConditionCodes.ValueKind)
        : To is { } high && !IsOrdered(high) ? ("to", ConditionCodes.ValueKind)
        : From is { } from && To is { } to ? Pair(from, to)
        : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) =>
        new FactNode<RangeCheck>(this, Fact, new(this));

    /// <summary>The range as mathematics writes it, such as <c>[60, 120)</c>.</summary>
    internal string RangeText()
    {
        string from = From is { } low ? $"{(FromExcluded ? "(" : "[")}{low}" : "(";
        string to = To is { } high ? $"{high}{(ToIncluded ? "]" : ")")}" : ")";
        return $"{from}, {to}";
    }

    private protected override string Describe() => $"{Fact} in {RangeText()}";

    private protected override void WriteCase(TermWriter terms)
    {
        terms.Value("fact", Fact);
        if (From is { } from)
        {
            terms.Add("from", from.ToNode());
        }

        if (To is { } to)
        {
            terms.Add("to", to.ToNode());
        }

        terms.Flag("fromExcluded", FromExcluded);
        terms.Flag("toIncluded", ToIncluded);
    }

    private static bool IsOrdered(FactValue value) => value.Kind == FactKind.Number || value.Form != FactForm.None;

    private (string Term, string Code)? Pair(FactValue from, FactValue to)
    {
        if (from.Kind != to.Kind || from.Form != to.Form || from.Currency != to.Currency)
        {
            return ("to", ConditionCodes.ValueKind);
        }

        bool holdsOne = from.Number == to.Number && ToIncluded && !FromExcluded;
        return from.Number < to.Number || holdsOne ? null : ("to", ConditionCodes.RangeEmpty);
    }
}

/// <summary>A fact is known, whatever it is: false when it is absent, and so true under <see cref="Not"/>.</summary>
/// <param name="Fact">The fact's name.</param>
public sealed record FactExists(string Fact) : Condition
{
    internal const string TagText = "exists";

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault =>
        Events.Fact.IsName(Fact) ? null : ("fact", ConditionCodes.FactName);

    internal override ConditionNode ToNode(ContractCalendar calendar) => new ExistsNode(this);

    private protected override string Describe() => $"{Fact} is known";

    private protected override void WriteCase(TermWriter terms) => terms.Value("fact", Fact);
}

/// <summary>A fact's text starts with another, character by character; of several texts, one of them does.</summary>
/// <param name="Fact">The fact's name.</param>
/// <param name="Value">The start, not empty.</param>
public sealed record FactPrefix(string Fact, string Value) : Condition
{
    internal const string TagText = "prefix";

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault => !Events.Fact.IsName(Fact) ? ("fact", ConditionCodes.FactName)
        : Value.Length == 0 ? ("value", ConditionCodes.Empty)
        : Value.Length > FactValue.TextLengthMax ? ("value", ConditionCodes.TooManyValues)
        : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) =>
        new FactNode<PrefixCheck>(this, Fact, new(Value));

    private protected override string Describe() => $"{Fact} starts with {FactValue.OfText(Value).ToReasonText()}";

    private protected override void WriteCase(TermWriter terms)
    {
        terms.Value("fact", Fact);
        terms.Value("value", Value);
    }
}
