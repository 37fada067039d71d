using System.Collections.Frozen;
using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events.Conditions;

/// <summary>A leaf about one fact: unknown when the fact is absent or of another kind.</summary>
internal abstract class FactNode(Condition source, string fact) : LeafNode(source)
{
    private readonly int hash = Fact.HashOf(fact);

    protected string Name => fact;

    internal override Truth Evaluate(FactSet facts, Instant at)
    {
        int index = facts.IndexOf(fact, hash);
        return index < 0 ? Truth.Unknown : Test(facts.ValueAt(index));
    }

    protected abstract Truth Test(in FactValue value);

    protected override Reason Open(FactSet facts) => facts.TryFind(fact, out FactValue value)
        ? Reason.Of(ConditionCodes.FactOtherKind, ("fact", fact), ("value", value.ToReasonText()))
        : Reason.Of(ConditionCodes.FactUnknown, ("fact", fact));

    protected string ValueText(FactSet facts) =>
        facts.TryFind(fact, out FactValue value) ? value.ToReasonText() : string.Empty;

    protected static Truth Known(bool holds) => holds ? Truth.True : Truth.False;
}

internal sealed class EqualsNode(FactEquals source) : FactNode(source, source.Fact)
{
    private readonly FactValue expected = source.Value;
    private readonly string? plain = source.Value.IsPlain ? source.Value.PlainText : null;

    protected override Truth Test(in FactValue value)
    {
        if (value.Kind == expected.Kind)
        {
            return Known(plain is not null
                ? string.Equals(value.PlainText, plain, StringComparison.Ordinal)
                : value.Means(expected));
        }

        return value.Kind == FactKind.Texts && expected.Kind == FactKind.Text
            ? Known(value.Texts.AsSpan().Contains(expected.PlainText))
            : Truth.Unknown;
    }

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.NotEqual, ("fact", Name), ("value", ValueText(facts)), ("expected", expected.ToReasonText()));
}

internal sealed class InNode : FactNode
{
    private const int ScanMax = 4;

    private readonly FrozenSet<string> plain;
    private readonly FactValue[] scanned;
    private readonly bool[] kinds = new bool[(int)FactKind.Texts + 1];

    internal InNode(FactIn source)
        : base(source, source.Fact)
    {
        bool few = source.Values.Count <= ScanMax;
        plain = few
            ? []
            : source.Values.Where(static v => v.IsPlain).Select(static v => v.PlainText)
                .ToFrozenSet(StringComparer.Ordinal);
        scanned = [.. source.Values.Where(v => few || !v.IsPlain)];
        foreach (FactValue value in source.Values)
        {
            kinds[(int)value.Kind] = true;
        }
    }

    protected override Truth Test(in FactValue value)
    {
        if (kinds[(int)value.Kind])
        {
            return Known(plain.Count > 0 && value.IsPlain ? plain.Contains(value.PlainText) : Scan(value));
        }

        return value.Kind == FactKind.Texts && kinds[(int)FactKind.Text] ? Known(HasAny(value.Texts)) : Truth.Unknown;
    }

    protected override Reason Because(FactSet facts, Instant at) =>
        Reason.Of(ConditionCodes.NotIn, ("fact", Name), ("value", ValueText(facts)));

    private bool Scan(in FactValue value)
    {
        foreach (ref readonly FactValue expected in scanned.AsSpan())
        {
            if (value.Means(expected))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasAny(ValueList<string> texts)
    {
        foreach (string text in texts)
        {
            if (plain.Contains(text))
            {
                return true;
            }

            foreach (ref readonly FactValue expected in scanned.AsSpan())
            {
                if (expected.Kind == FactKind.Text && string.Equals(expected.PlainText, text, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

internal sealed class RangeNode(FactRange source) : FactNode(source, source.Fact)
{
    private readonly FactValue kind = source.From ?? source.To!.Value;
    private readonly decimal from = source.From?.Number ?? decimal.MinValue;
    private readonly decimal to = source.To?.Number ?? decimal.MaxValue;
    private readonly bool fromExcluded = source.FromExcluded;
    private readonly bool toIncluded = source.ToIncluded || source.To is null;

    protected override Truth Test(in FactValue value)
    {
        if (value.Kind != kind.Kind || value.Form != kind.Form || value.Currency != kind.Currency)
        {
            return Truth.Unknown;
        }

        decimal number = value.Number;
        return Known(
            (number > from || (number == from && !fromExcluded)) && (number < to || (number == to && toIncluded)));
    }

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.OutOfRange, ("fact", Name), ("value", ValueText(facts)), ("range", source.RangeText()));
}

internal sealed class ExistsNode(FactExists source) : FactNode(source, source.Fact)
{
    internal override Truth Evaluate(FactSet facts, Instant at) =>
        base.Evaluate(facts, at) == Truth.True ? Truth.True : Truth.False;

    protected override Truth Test(in FactValue value) => Truth.True;

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(ConditionCodes.Absent, ("fact", Name));
}

internal sealed class PrefixNode(FactPrefix source) : FactNode(source, source.Fact)
{
    private readonly string prefix = source.Value;

    protected override Truth Test(in FactValue value) => value.Kind switch
    {
        FactKind.Text => Known(value.PlainText.StartsWith(prefix, StringComparison.Ordinal)),
        FactKind.Texts => Known(AnyStarts(value.Texts)),
        _ => Truth.Unknown,
    };

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.NoPrefix, ("fact", Name), ("value", ValueText(facts)), ("prefix", prefix));

    private bool AnyStarts(ValueList<string> texts)
    {
        foreach (string text in texts)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
