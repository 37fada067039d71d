using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What kind of contact a touchpoint was: an impression, a click, a call …</summary>
/// <remarks>
/// An open set: any kebab-case code of 1 to 64 characters is a kind; an integrator's carries a prefix, such as
/// <c>acme.qr-scan</c>. <c>default</c> is no kind.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<TouchpointKind>))]
public readonly record struct TouchpointKind : IParsable<TouchpointKind>
{
    /// <summary>The most characters of a code.</summary>
    public const int LengthMax = KebabText.LengthMax;

    private readonly string? code;

    /// <summary>A kind by its code.</summary>
    /// <param name="code">Lower-case words parted by hyphens, with dots after a prefix.</param>
    /// <exception cref="FormatException">The text may not be a code.</exception>
    public TouchpointKind(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        this.code = KebabText.IsValid(code) ? code : throw new FormatException("A kind is written like click.");
    }

    /// <summary>The code.</summary>
    /// <exception cref="InvalidOperationException">The kind is <c>default</c>.</exception>
    public string Code => code ?? throw new InvalidOperationException("This kind is default and has no code.");

    /// <summary>Whether this is <c>default</c> and so no kind.</summary>
    public bool IsUnset => code is null;

    /// <summary>An advertisement was shown.</summary>
    public static TouchpointKind Impression { get; } = new("impression");

    /// <summary>A video or another piece was looked at.</summary>
    public static TouchpointKind View { get; } = new("view");

    /// <summary>An advertisement or a link was clicked; the kind of a touchpoint that says nothing.</summary>
    public static TouchpointKind Click { get; } = new("click");

    /// <summary>Somebody did something with the piece: unfolded, liked, played.</summary>
    public static TouchpointKind Engagement { get; } = new("engagement");

    /// <summary>Somebody came to the landing.</summary>
    public static TouchpointKind Visit { get; } = new("visit");

    /// <summary>A message, an e-mail or a notification reached somebody.</summary>
    public static TouchpointKind Message { get; } = new("message");

    /// <summary>Somebody was on the telephone.</summary>
    public static TouchpointKind Call { get; } = new("call");

    /// <summary>A kind by its code, so that <c>Kind = "click"</c> reads well.</summary>
    /// <exception cref="FormatException">The text may not be a code.</exception>
    public static implicit operator TouchpointKind(string code) => new(code);

    /// <inheritdoc/>
    public static TouchpointKind Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TouchpointKind result)
    {
        bool valid = KebabText.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>The code; empty for <c>default</c>.</summary>
    public override string ToString() => code ?? string.Empty;
}
