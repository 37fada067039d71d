using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>Why an outcome belongs to a partner though the partner may not have touched the customer.</summary>
/// <remarks>
/// An open set: any kebab-case code of 1 to 64 characters; an integrator's carries a prefix, such as
/// <c>acme.loyalty-card</c>. <c>default</c> is none.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<ClaimBasis>))]
public readonly record struct ClaimBasis : IParsable<ClaimBasis>
{
    /// <summary>The most characters of a code.</summary>
    public const int LengthMax = KebabText.LengthMax;

    private readonly string? code;

    /// <summary>A basis by its code.</summary>
    /// <param name="code">Lower-case words parted by hyphens, with dots after a prefix.</param>
    /// <exception cref="FormatException">The text may not be a code.</exception>
    public ClaimBasis(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        this.code = KebabText.IsValid(code) ? code : throw new FormatException("A basis is written like coupon.");
    }

    /// <summary>The outcome used a coupon code that is the partner's.</summary>
    public static ClaimBasis Coupon { get; } = new("coupon");

    /// <summary>The account or the place of the outcome is the partner's.</summary>
    public static ClaimBasis Territory { get; } = new("territory");

    /// <summary>The customer was brought by the partner before.</summary>
    public static ClaimBasis Binding { get; } = new("binding");

    /// <summary>Whether this is <c>default</c> and so no basis.</summary>
    public bool IsUnset => code is null;

    /// <inheritdoc/>
    public static ClaimBasis Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ClaimBasis result)
    {
        bool valid = KebabText.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>The code; empty for <c>default</c>.</summary>
    public override string ToString() => code ?? string.Empty;
}
