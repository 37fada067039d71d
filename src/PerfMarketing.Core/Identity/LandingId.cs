using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>Names a page or place to which touches lead; an open set.</summary>
/// <remarks>1 to 64 printable ASCII characters, compared ordinally; <c>default</c> is no id.</remarks>
[JsonConverter(typeof(TextJsonConverter<LandingId>))]
public readonly record struct LandingId : IIdentifier<LandingId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 64 printable ASCII characters.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public LandingId(string value) => text = Identifier.Check(value, nameof(LandingId));

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(LandingId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(LandingId left, LandingId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(LandingId left, LandingId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(LandingId left, LandingId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(LandingId left, LandingId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static LandingId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LandingId result)
    {
        bool valid = Identifier.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(LandingId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
