using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>
/// A partner's own mark on a touch, such as <c>sub1=newsletter-7</c>: a name from an open set, and a value.
/// </summary>
/// <remarks>
/// Names have 1 to 32 lower-case letters, digits and hyphens, and start with a letter. Values have 1 to 200 printable
/// ASCII characters without spaces at their ends, and are no e-mail address. Compared ordinally, by name and then by
/// value. <c>default</c> is no sub-id and has an empty text.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<SubId>))]
public readonly record struct SubId : IComparable<SubId>, IParsable<SubId>
{
    /// <summary>The most characters of a name.</summary>
    public const int NameLengthMax = 32;

    private readonly string? name;
    private readonly string? value;

    /// <summary>A mark.</summary>
    /// <param name="name">The name, such as <c>sub1</c>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="FormatException">
    /// The name or the value may not be used; the message does not repeat them.
    /// </exception>
    public SubId(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!IsName(name))
        {
            throw new FormatException(
                "A sub-id's name has 1 to 32 lower-case letters, digits and hyphens, a letter first.");
        }

        if (!IsValue(value))
        {
            throw new FormatException(
                "A sub-id's value has 1 to 200 printable ASCII characters and is no e-mail address.");
        }

        this.name = name;
        this.value = value;
    }

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Name => name ?? throw Identifier.Unset(nameof(SubId));

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Value => value ?? throw Identifier.Unset(nameof(SubId));

    /// <summary>Whether one sub-id sorts before another.</summary>
    public static bool operator <(SubId left, SubId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one sub-id sorts before another or equals it.</summary>
    public static bool operator <=(SubId left, SubId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one sub-id sorts after another.</summary>
    public static bool operator >(SubId left, SubId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one sub-id sorts after another or equals it.</summary>
    public static bool operator >=(SubId left, SubId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static SubId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out SubId found)
        ? found
        : throw new FormatException("A sub-id is written like sub1=newsletter-7.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SubId result)
    {
        int sign = s is null ? -1 : s.IndexOf('=', StringComparison.Ordinal);
        bool valid = sign > 0 && IsName(s.AsSpan(0, sign)) && IsValue(s![(sign + 1)..]);
        result = valid ? new(s![..sign], s[(sign + 1)..]) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(SubId other)
    {
        int order = string.CompareOrdinal(name, other.name);
        return order != 0 ? order : string.CompareOrdinal(value, other.value);
    }

    /// <summary>Name and value, such as <c>sub1=newsletter-7</c>; empty for <c>default</c>.</summary>
    public override string ToString() => name is null ? string.Empty : $"{name}={value}";

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > NameLengthMax || !char.IsAsciiLetterLower(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsValue(string text) =>
        Identifier.IsValid(text, Identifier.ForeignLengthMax) && !PersonalText.IsEmail(text);
}
