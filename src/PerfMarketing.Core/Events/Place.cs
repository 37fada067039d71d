using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>A country, or a part of one: <c>DE</c> or <c>DE-BY</c>.</summary>
/// <remarks>
/// Two capital letters of ISO 3166-1, or the code of a part by ISO 3166-2: the country, a hyphen and one to three
/// capital letters or digits. Only the form is checked. <c>default</c> is no place.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Place>))]
public readonly record struct Place : IParsable<Place>
{
    private const int CountryLength = 2;
    private const int LengthMax = 6;

    private readonly string? code;

    /// <summary>A place by its code.</summary>
    /// <param name="code">A code such as <c>DE</c> or <c>DE-BY</c>.</param>
    /// <exception cref="FormatException">The text is not such a code.</exception>
    public Place(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        this.code = IsValid(code) ? code : throw new FormatException("A place is written like DE or DE-BY.");
    }

    /// <summary>The code.</summary>
    /// <exception cref="InvalidOperationException">The place is <c>default</c>.</exception>
    public string Code => code ?? throw new InvalidOperationException("This place is default and has no code.");

    /// <summary>Whether this is <c>default</c> and so no place.</summary>
    public bool IsUnset => code is null;

    /// <inheritdoc/>
    public static Place Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Place result)
    {
        bool valid = s is not null && IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>Whether another place is this one or a part of it.</summary>
    /// <param name="other">The other place.</param>
    public bool Contains(Place other) => code is not null && Covers(other.code);

    /// <summary>Whether an event is known to have happened here, by its country and region.</summary>
    /// <remarks>A country that is not known is taken from the region.</remarks>
    /// <param name="facts">The event's facts.</param>
    public bool Contains(FactSet facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        string? region = facts.TryGet(Facts.Region, out string? part) ? part : null;
        return code?.Length == CountryLength && facts.TryGet(Facts.Country, out string? country)
            ? string.Equals(code, country, StringComparison.Ordinal)
            : Covers(region);
    }

    /// <summary>The code; empty for <c>default</c>.</summary>
    public override string ToString() => code ?? string.Empty;

    private bool Covers(string? other) => code is not null && other is not null
        && (string.Equals(code, other, StringComparison.Ordinal)
            || (code.Length == CountryLength && other.Length > CountryLength && other[CountryLength] == '-'
                && other.StartsWith(code, StringComparison.Ordinal)));

    private static bool IsValid(string text)
    {
        if (text.Length < CountryLength || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1]))
        {
            return false;
        }

        return text.Length == CountryLength
            || (text.Length is > CountryLength + 1 and <= LengthMax && text[CountryLength] == '-'
                && text.AsSpan(CountryLength + 1).IndexOfAnyExcept(PartLetters) < 0);
    }

    private static readonly System.Buffers.SearchValues<char> PartLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
