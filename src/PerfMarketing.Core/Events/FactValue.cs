using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime.Text;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>The value of a fact: a text, a number, a flag or several texts.</summary>
/// <remarks>
/// Amounts, rates, instants, dates and members of enums are texts; they are recognised once, when the value is made, so
/// that reading them by a key does not parse again. Two values are equal when their kind and their text are; numbers
/// compare by value (1.0 equals 1). <c>default</c> is the empty text.
/// </remarks>
public readonly struct FactValue : IEquatable<FactValue>
{
    /// <summary>The most characters of a text.</summary>
    public const int TextLengthMax = 1_000;

    /// <summary>The most decimals of a number; its whole part fits into 64 bits.</summary>
    public const int NumberDecimalsMax = 9;

    /// <summary>The most texts of one value.</summary>
    public const int TextCountMax = 32;

    private const int ReasonLengthMax = 64;

    private const NumberStyles NumberStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private const int DigitsMax = 28;

    private const string BoundsMessage = "A fact is a Unicode text of at most 1,000 characters, a number of 64 bits "
        + "with at most 9 decimals, true or false, or at most 32 texts.";

    private readonly object? reference;

    private FactValue(FactKind kind, object? reference, decimal number)
    {
        Kind = kind;
        this.reference = reference;
        Number = number;
    }

    // A text that reads as an amount, a rate, an instant or a date carries its value as a number beside it.
    private FactValue(string text, FactForm form, decimal number, Currency currency)
        : this(FactKind.Text, text, number)
    {
        Form = form;
        Currency = currency;
    }

    /// <summary>What the value is.</summary>
    public FactKind Kind { get; }

    /// <summary>
    /// The text; the number's digits, <c>true</c> or <c>false</c>, or the texts parted by commas for the other kinds.
    /// </summary>
    public string Text => ToString();

    internal FactForm Form { get; }

    internal decimal Number { get; }

    internal Currency Currency { get; }

    /// <summary>Whether it is a text and nothing more.</summary>
    internal bool IsPlain => Kind == FactKind.Text && Form == FactForm.None;

    internal string PlainText => reference as string ?? string.Empty;

    internal ValueList<string> Texts => reference as ValueList<string> ?? [];

    /// <summary>Whether two values are equal.</summary>
    public static bool operator ==(FactValue left, FactValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(FactValue left, FactValue right) => !left.Equals(right);

    /// <summary>The value of anything a fact may be.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">A fact cannot have this type, or the value breaks a bound.</exception>
    public static FactValue Of<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        FactCodec<T> codec = FactCodec<T>.Shared
            ?? throw new ArgumentException($"A fact cannot be a {typeof(T).Name}.", nameof(value));
        FactValue made = codec.Encode(value);
        return made.IsWithinBounds ? made : throw new ArgumentException(BoundsMessage, nameof(value));
    }

    /// <summary>Reads the value as a type.</summary>
    /// <param name="value">The value, when it is of this type.</param>
    /// <returns>Whether it is; a text that no <c>Money</c> can be read from is not one.</returns>
    public bool TryAs<T>([MaybeNullWhen(false)] out T value)
    {
        if (FactCodec<T>.Shared is { } codec)
        {
            return codec.TryDecode(this, out value);
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(FactValue other) => Kind == other.Kind && Kind switch
    {
        FactKind.Text => string.Equals(PlainText, other.PlainText, StringComparison.Ordinal),
        FactKind.Texts => Texts == other.Texts,
        _ => Number == other.Number,
    };

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is FactValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        FactKind.Text => PlainText.GetHashCode(StringComparison.Ordinal),
        FactKind.Texts => Texts.GetHashCode(),
        _ => Number.GetHashCode(),
    };

    /// <summary>The value as text.</summary>
    public override string ToString() => Kind switch
    {
        FactKind.Text => PlainText,
        FactKind.Number => Number.ToString("0.############################", CultureInfo.InvariantCulture),
        FactKind.Flag => Number != 0 ? "true" : "false",
        _ => string.Join(",", Texts),
    };

    private bool IsWithinBounds => Kind switch
    {
        FactKind.Text => IsText(PlainText),
        FactKind.Texts => Texts.Count <= TextCountMax && Texts.All(IsText),
        FactKind.Number => Number is >= long.MinValue and <= long.MaxValue
            && decimal.Round(Number, NumberDecimalsMax) == Number,
        _ => true,
    };

    /// <summary>Reads a value of any kind; null, with the failure noted, when the term holds none.</summary>
    internal static FactValue? Read(TermReader terms, string name)
    {
        if (terms.Node(name) is not { } node)
        {
            _ = terms.Text(name);
            return null;
        }

        if (Fault(node) is { } code)
        {
            terms.Fail(name, code, BoundsMessage);
            return null;
        }

        return From(node);
    }

    /// <summary>Reads a list of values; empty, with the failure noted, when an item is none.</summary>
    internal static ValueList<FactValue> ReadList(TermReader terms, string name)
    {
        if (terms.Node(name, TermForm.List(TermForm.Scalar, 1)) is not { Kind: TermKind.List } node)
        {
            _ = terms.Values<string>(name, 1);
            return [];
        }

        foreach (TermNode item in node.Items)
        {
            if ((item.Kind == TermKind.List ? TermCodes.WrongKind : Fault(item)) is { } code)
            {
                terms.Fail(name, code, BoundsMessage);
                return [];
            }
        }

        return node.Items.Select(From).ToValueList();
    }

    private static FactValue From(TermNode node) => node.Kind switch
    {
        TermKind.Text => OfText(node.Text),
        TermKind.Number => OfNumber(decimal.Parse(node.Text, NumberStyle, CultureInfo.InvariantCulture)),
        TermKind.Flag => OfFlag(node.Text == "true"),
        _ => OfTexts(node.Items.Select(static i => i.Text).ToValueList()),
    };

    private static string? Fault(TermNode node) => node.Kind switch
    {
        TermKind.Number when node.Text.Count(char.IsAsciiDigit) > DigitsMax
            || !decimal.TryParse(node.Text, NumberStyle, CultureInfo.InvariantCulture, out _) => TermCodes.Malformed,
        TermKind.List when node.Items.Any(static i => i.Kind != TermKind.Text) => TermCodes.WrongKind,
        TermKind.Text or TermKind.Number or TermKind.Flag or TermKind.List =>
            From(node).IsWithinBounds ? null : EventCodes.FactBounds,
        _ => TermCodes.WrongKind,
    };

    private static bool IsText(string text) => text.Length <= TextLengthMax && UnicodeText.IsWellFormed(text);

    /// <summary>The value in a reason: at most its first 64 characters.</summary>
    internal string ToReasonText() => Text is { Length: > ReasonLengthMax } text
        ? string.Concat(text.AsSpan(0, ReasonLengthMax), "…")
        : Text;

    internal TermNode ToNode() => Kind switch
    {
        FactKind.Text => TermNode.OfText(PlainText),
        FactKind.Number => TermNode.OfNumber(ToString()),
        FactKind.Flag => TermNode.OfFlag(Number != 0),
        _ => TermNode.OfList([.. Texts.Select(TermNode.OfText)]),
    };

    internal static FactValue OfNumber(decimal number) => new(FactKind.Number, null, number);

    internal static FactValue OfFlag(bool flag) => new(FactKind.Flag, null, flag ? 1 : 0);

    internal static FactValue OfTexts(ValueList<string> texts) => new(FactKind.Texts, texts, 0);

    /// <summary>
    /// Whether the value is this one, by what it means: an amount by its amount, a text by its characters.
    /// </summary>
    internal bool Means(in FactValue other)
    {
        if (Kind != other.Kind)
        {
            return false;
        }

        return Kind == FactKind.Texts ? Texts == other.Texts
            : IsPlain ? PlainText == other.PlainText
            : Form == other.Form && Number == other.Number && Currency == other.Currency;
    }

    internal static FactValue OfText(string text)
    {
        if (text.Length is >= 2 and <= 40)
        {
            char last = text[^1];
            if (last == 'Z' && text.Length >= 20 && InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant)
            {
                return new(text, FactForm.Instant, FactForms.Ticks(instant.Value), default);
            }

            if (last == '%' && Percentage.TryParse(text, null, out Percentage rate))
            {
                return new(text, FactForm.Rate, rate.Fraction, default);
            }

            if (text.Length == 10 && text[4] == '-' && LocalDatePattern.Iso.Parse(text) is { Success: true } date)
            {
                return new(text, FactForm.Date, FactForms.Days(date.Value), default);
            }

            if (text.Length >= 5 && text[^4] == ' ' && Accrual.TryParse(text, null, out Accrual amount))
            {
                return new(text, FactForm.Amount, amount.Amount, amount.Currency);
            }
        }

        return new(FactKind.Text, text, 0);
    }
}
