using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>
/// What evidence speaks of, such as <c>order-paid</c>: an open set that contracts and hosts agree on.
/// </summary>
/// <remarks>
/// A kind says which event is claimed, not who claims it or how it is signed. 1 to 64 of a-z, 0-9, hyphen and dot,
/// compared ordinally; <c>default</c> names nothing.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<EvidenceKind>))]
public readonly record struct EvidenceKind : IParsable<EvidenceKind>, IComparable<EvidenceKind>
{
    private readonly string? text;

    /// <summary>Makes a name of a text.</summary>
    /// <param name="text">1 to 64 of a-z, 0-9, hyphen and dot.</param>
    /// <exception cref="FormatException">The text may not be such a name.</exception>
    public EvidenceKind(string text) => this.text = CodeName.Check(text, nameof(EvidenceKind));

    /// <summary>
    /// A decision on contradicting evidence, of the host or of whoever both sides agreed on: <c>dispute-ruling</c>.
    /// </summary>
    public static EvidenceKind Ruling { get; } = new("dispute-ruling");

    /// <summary>Whether this is <c>default</c> and so names nothing.</summary>
    public bool IsUnset => text is null;

    /// <summary>A name from its text.</summary>
    /// <param name="text">1 to 64 of a-z, 0-9, hyphen and dot.</param>
    /// <exception cref="FormatException">The text may not be such a name.</exception>
    public static implicit operator EvidenceKind(string text) => new(text);

    /// <summary>Whether one name sorts before another.</summary>
    public static bool operator <(EvidenceKind left, EvidenceKind right) => left.CompareTo(right) < 0;

    /// <summary>Whether one name sorts before another or equals it.</summary>
    public static bool operator <=(EvidenceKind left, EvidenceKind right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one name sorts after another.</summary>
    public static bool operator >(EvidenceKind left, EvidenceKind right) => left.CompareTo(right) > 0;

    /// <summary>Whether one name sorts after another or equals it.</summary>
    public static bool operator >=(EvidenceKind left, EvidenceKind right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static EvidenceKind Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EvidenceKind result)
    {
        bool valid = CodeName.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(EvidenceKind other) => string.CompareOrdinal(text, other.text);

    /// <summary>The name's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
