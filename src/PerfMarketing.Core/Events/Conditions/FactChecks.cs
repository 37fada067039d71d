using System.Collections.Frozen;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events.Conditions;

/// <summary>Is it a plain text?</summary>
internal readonly struct TextCheck(string expected) : IFactCheck
{
    public Truth Test(in FactValue value) => value.Kind switch
    {
        FactKind.Text => Truths.Known(value.PlainText == expected),
        FactKind.Texts => Truths.Known(value.Texts.AsSpan().Contains(expected)),
        _ => Truth.Unknown,
    };

    public Reason Because(string fact, in FactValue value) => Reason.Of(
        ConditionCodes.NotEqual, ("fact", fact), ("value", value.ToReasonText()), ("expected", expected));
}

/// <summary>Is it a value that means more than its characters?</summary>
internal readonly struct ValueCheck(FactValue expected) : IFactCheck
{
    public Truth Test(in FactValue value)
    {
        if (value.Kind == expected.Kind)
        {
            return Truths.Known(value.Means(expected));
        }

        return value.Kind == FactKind.Texts && expected.Kind == FactKind.Text
            ? Truths.Known(value.Texts.AsSpan().Contains(expected.PlainText))
            : Truth.Unknown;
    }

    public Reason Because(string fact, in FactValue value) => Reason.Of(
        ConditionCodes.NotEqual,
        ("fact", fact), ("value", value.ToReasonText()), ("expected", expected.ToReasonText()));
}

/// <summary>Is it one of several values?</summary>
internal readonly struct InCheck : IFactCheck
{
    private const int ScanMax = 4;

    private readonly FrozenSet<string> plain;
    private readonly FactValue[] scanned;
    private readonly int kinds;

    internal InCheck(ValueList<FactValue> values)
    {
        bool few = values.Count <= ScanMax;
        plain = few
            ? []
            : values.Where(static v => v.IsPlain).Select(static v => v.PlainText).ToFrozenSet(StringComparer.Ordinal);
        scanned = [.. values.Where(v => few || !v.IsPlain)];
        foreach (FactValue value in values)
        {
            kinds |= 1 << (int)value.Kind;
        }
    }

    public Truth Test(in FactValue value)
    {
        if ((kinds & (1 << (int)value.Kind)) != 0)
        {
            return Truths.Known(plain.Count > 0 && value.IsPlain ? plain.Contains(value.PlainText) : Scan(value));
        }

        return value.Kind == FactKind.Texts && (kinds & (1 << (int)FactKind.Text)) != 0
            ? Truths.Known(HasAny(value.Texts))
            : Truth.Unknown;
    }

    public Reason Because(string fact, in FactValue value) =>
        Reason.Of(ConditionCodes.NotIn, ("fact", fact), ("value", value.ToReasonText()));

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
                if (expected.Kind == FactKind.Text
                    && string.Equals(expected.PlainText, text, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>Does it lie in a range?</summary>
internal readonly struct RangeCheck(FactRange source) : IFactCheck
{
    private readonly FactValue kind = source.From ?? source.To!.Value;
    private readonly decimal from = source.From?.Number ?? 0;
    private readonly decimal to = source.To?.Number ?? 0;

    // The least result of comparing with the lower bound that passes, and the greatest with the upper one.
    private readonly int least = source.From is null ? -1 : source.FromExcluded ? 1 : 0;
    private readonly int greatest = source.To is null ? 1 : source.ToIncluded ? 0 : -1;

    public Truth Test(in FactValue value)
    {
        if (value.Kind != kind.Kind || value.Form != kind.Form || value.Currency != kind.Currency)
        {
            return Truth.Unknown;
        }

        return Truths.Known(
            (least < 0 || decimal.Compare(value.Number, from) >= least)
            && (greatest > 0 || decimal.Compare(value.Number, to) <= greatest));
    }

    public Reason Because(string fact, in FactValue value) => Reason.Of(
        ConditionCodes.OutOfRange, ("fact", fact), ("value", value.ToReasonText()), ("range", source.RangeText()));
}

/// <summary>Does it start so?</summary>
internal readonly struct PrefixCheck(string prefix) : IFactCheck
{
    public Truth Test(in FactValue value) => value.Kind switch
    {
        FactKind.Text => Truths.Known(value.PlainText.AsSpan().StartsWith(prefix)),
        FactKind.Texts => Truths.Known(AnyStarts(value.Texts)),
        _ => Truth.Unknown,
    };

    public Reason Because(string fact, in FactValue value) => Reason.Of(
        ConditionCodes.NoPrefix, ("fact", fact), ("value", value.ToReasonText()), ("prefix", prefix));

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
