using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>Names a remittance: the instruction that is given to the bank, and its idempotency key there.</summary>
/// <remarks>
/// Derived, never random. 1 to 64 printable ASCII characters, compared ordinally; <c>default</c> is no id.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<RemittanceId>))]
public readonly record struct RemittanceId : IIdentifier<RemittanceId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 64 printable ASCII characters.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public RemittanceId(string value) => text = Identifier.Check(value, nameof(RemittanceId));

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(RemittanceId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(RemittanceId left, RemittanceId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(RemittanceId left, RemittanceId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(RemittanceId left, RemittanceId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(RemittanceId left, RemittanceId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static RemittanceId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RemittanceId result)
    {
        bool valid = Identifier.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(RemittanceId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
