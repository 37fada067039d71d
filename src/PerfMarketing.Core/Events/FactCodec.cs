using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>Makes a fact's value of a type and reads it back.</summary>
internal abstract class FactCodec<T>
{
    /// <summary>The codec of the type; null when a fact cannot have it.</summary>
    internal static readonly FactCodec<T>? Shared = FactCodecs.For(typeof(T)) as FactCodec<T>
        ?? (typeof(T).IsEnum ? new EnumFactCodec<T>() : null);

    internal abstract FactValue Encode(T value);

    internal abstract bool TryDecode(in FactValue fact, [MaybeNullWhen(false)] out T value);
}

/// <summary>The codecs of the types that are not enums.</summary>
internal static class FactCodecs
{
    internal static object? For(Type type) =>
        type == typeof(string) ? new TextCodec()
        : type == typeof(bool) ? new FlagCodec()
        : type == typeof(int) ? new IntCodec()
        : type == typeof(long) ? new LongCodec()
        : type == typeof(decimal) ? new DecimalCodec()
        : type == typeof(Money) ? new MoneyCodec()
        : type == typeof(Accrual) ? new AccrualCodec()
        : type == typeof(Percentage) ? new RateCodec()
        : type == typeof(Instant) ? new InstantCodec()
        : type == typeof(LocalDate) ? new DateCodec()
        : type == typeof(ValueList<string>) ? new TextsCodec()
        : null;

    private sealed class TextCodec : FactCodec<string>
    {
        internal override FactValue Encode(string value) => FactValue.OfText(value);

        internal override bool TryDecode(in FactValue fact, [MaybeNullWhen(false)] out string value)
        {
            value = fact.PlainText;
            return fact.Kind == FactKind.Text;
        }
    }

    private sealed class TextsCodec : FactCodec<ValueList<string>>
    {
        internal override FactValue Encode(ValueList<string> value) => FactValue.OfTexts(value);

        internal override bool TryDecode(in FactValue fact, [MaybeNullWhen(false)] out ValueList<string> value)
        {
            value = fact.Texts;
            return fact.Kind == FactKind.Texts;
        }
    }

    private sealed class FlagCodec : FactCodec<bool>
    {
        internal override FactValue Encode(bool value) => FactValue.OfFlag(value);

        internal override bool TryDecode(in FactValue fact, out bool value)
        {
            value = fact.Number != 0;
            return fact.Kind == FactKind.Flag;
        }
    }

    private sealed class IntCodec : FactCodec<int>
    {
        internal override FactValue Encode(int value) => FactValue.OfNumber(value);

        internal override bool TryDecode(in FactValue fact, out int value)
        {
            bool fits = fact.Kind == FactKind.Number && fact.Number is >= int.MinValue and <= int.MaxValue
                && decimal.Truncate(fact.Number) == fact.Number;
            value = fits ? (int)fact.Number : 0;
            return fits;
        }
    }

    private sealed class LongCodec : FactCodec<long>
    {
        internal override FactValue Encode(long value) => FactValue.OfNumber(value);

        internal override bool TryDecode(in FactValue fact, out long value)
        {
            bool fits = fact.Kind == FactKind.Number && fact.Number is >= long.MinValue and <= long.MaxValue
                && decimal.Truncate(fact.Number) == fact.Number;
            value = fits ? (long)fact.Number : 0;
            return fits;
        }
    }

    private sealed class DecimalCodec : FactCodec<decimal>
    {
        internal override FactValue Encode(decimal value) => FactValue.OfNumber(value);

        internal override bool TryDecode(in FactValue fact, out decimal value)
        {
            value = fact.Number;
            return fact.Kind == FactKind.Number;
        }
    }

    private sealed class MoneyCodec : FactCodec<Money>
    {
        internal override FactValue Encode(Money value) => FactValue.OfText(value.ToString());

        internal override bool TryDecode(in FactValue fact, out Money value)
        {
            value = default;
            return fact.Form == FactForm.Amount && Money.TryParse(fact.PlainText, null, out value);
        }
    }

    private sealed class AccrualCodec : FactCodec<Accrual>
    {
        internal override FactValue Encode(Accrual value) => FactValue.OfText(value.ToString());

        internal override bool TryDecode(in FactValue fact, out Accrual value)
        {
            bool fits = fact.Form == FactForm.Amount;
            value = fits ? new(fact.Number, fact.Currency) : default;
            return fits;
        }
    }

    private sealed class RateCodec : FactCodec<Percentage>
    {
        internal override FactValue Encode(Percentage value) => FactValue.OfText(value.ToString());

        internal override bool TryDecode(in FactValue fact, out Percentage value)
        {
            bool fits = fact.Form == FactForm.Rate;
            value = fits ? Percentage.FromFraction(fact.Number) : default;
            return fits;
        }
    }

    private sealed class InstantCodec : FactCodec<Instant>
    {
        internal override FactValue Encode(Instant value) => FactValue.OfText(InstantPattern.ExtendedIso.Format(value));

        internal override bool TryDecode(in FactValue fact, out Instant value)
        {
            bool fits = fact.Form == FactForm.Instant;
            value = fits ? FactForms.Instant(fact.Number) : default;
            return fits;
        }
    }

    private sealed class DateCodec : FactCodec<LocalDate>
    {
        internal override FactValue Encode(LocalDate value) => FactValue.OfText(LocalDatePattern.Iso.Format(value));

        internal override bool TryDecode(in FactValue fact, out LocalDate value)
        {
            bool fits = fact.Form == FactForm.Date;
            value = fits ? FactForms.Date(fact.Number) : default;
            return fits;
        }
    }
}

/// <summary>Members of an enum, by their kebab-case names.</summary>
internal sealed class EnumFactCodec<T> : FactCodec<T>
{
    private readonly FrozenDictionary<string, T> members = Enum.GetNames(typeof(T)).ToFrozenDictionary(
        EnumText.Kebab, static name => (T)Enum.Parse(typeof(T), name), StringComparer.Ordinal);

    internal override FactValue Encode(T value) => Enum.GetName(typeof(T), value!) is { } name
        ? FactValue.OfText(EnumText.Kebab(name))
        : throw new ArgumentException($"{value} is not a member of {typeof(T).Name}.", nameof(value));

    internal override bool TryDecode(in FactValue fact, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return fact.Kind == FactKind.Text && members.TryGetValue(fact.PlainText, out value);
    }
}
