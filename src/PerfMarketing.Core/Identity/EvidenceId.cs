using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Identity;

/// <summary>Names one piece of evidence, as its provider names it; it is the replay key.</summary>
/// <remarks>1 to 200 printable ASCII characters, compared ordinally; <c>default</c> is no id.</remarks>
[JsonConverter(typeof(TextJsonConverter<EvidenceId>))]
public readonly record struct EvidenceId : IIdentifier<EvidenceId>
{
    private readonly string? text;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="value">1 to 200 printable ASCII characters.</param>
    /// <exception cref="FormatException">The text may not be an id.</exception>
    public EvidenceId(string value) => text = Identifier.Check(value, nameof(EvidenceId), Identifier.ForeignLengthMax);

    /// <inheritdoc/>
    public string Value => text ?? throw Identifier.Unset(nameof(EvidenceId));

    /// <inheritdoc/>
    public bool IsUnset => text is null;

    /// <summary>Whether one id sorts before another.</summary>
    public static bool operator <(EvidenceId left, EvidenceId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    public static bool operator <=(EvidenceId left, EvidenceId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another.</summary>
    public static bool operator >(EvidenceId left, EvidenceId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    public static bool operator >=(EvidenceId left, EvidenceId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static EvidenceId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EvidenceId result)
    {
        bool valid = Identifier.IsValid(s, Identifier.ForeignLengthMax);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(EvidenceId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
