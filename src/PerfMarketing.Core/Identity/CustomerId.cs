using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>Names a customer by a pseudonym: never an e-mail address, a phone number or a plain hash of one.</summary>
/// <remarks>
/// 1 to 64 printable ASCII characters, compared ordinally; <c>default</c> is no id. Refused are texts with an at sign,
/// phone numbers in international form or with the brackets, spaces or groups of one, and 32, 40, 56 or 64 hexadecimal
/// digits, unless they are a GUID: pseudonyms are made by <see cref="CustomerPseudonyms"/>, and a host's own keyed hash
/// gets a letter and a full stop before it. A host's plain numbers, ULIDs and GUIDs are welcome.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<CustomerId>))]
public readonly record struct CustomerId : IIdentifier<CustomerId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 64 printable ASCII characters that do not look like personal data.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public CustomerId(string value)
    {
        text = Identifier.Check(value, nameof(CustomerId));
        if (PersonalText.LooksLike(value) is { } personal)
        {
            throw new FormatException($"A customer id is a pseudonym; this looks like {personal}.");
        }
    }

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(CustomerId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(CustomerId left, CustomerId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(CustomerId left, CustomerId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(CustomerId left, CustomerId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(CustomerId left, CustomerId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static CustomerId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CustomerId result)
    {
        bool valid = Identifier.IsValid(s) && PersonalText.LooksLike(s) is null;
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(CustomerId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
