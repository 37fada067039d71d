using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>Names a group of partners, unique within its programme.</summary>
/// <remarks>1 to 64 printable ASCII characters, compared ordinally; <c>default</c> is no id.</remarks>
[JsonConverter(typeof(TextJsonConverter<PartnerGroupId>))]
public readonly record struct PartnerGroupId : IIdentifier<PartnerGroupId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 64 printable ASCII characters.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public PartnerGroupId(string value) => text = Identifier.Check(value, nameof(PartnerGroupId));

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(PartnerGroupId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(PartnerGroupId left, PartnerGroupId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(PartnerGroupId left, PartnerGroupId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(PartnerGroupId left, PartnerGroupId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(PartnerGroupId left, PartnerGroupId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static PartnerGroupId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PartnerGroupId result)
    {
        bool valid = Identifier.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(PartnerGroupId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
