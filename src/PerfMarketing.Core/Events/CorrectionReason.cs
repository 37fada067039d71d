using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>Why an outcome was corrected, in a word that terms can ask for: cancelled, returned, fraud …</summary>
/// <remarks>
/// An open set: any kebab-case code of 1 to 64 characters is a reason; an integrator's carries a prefix, such as
/// <c>acme.size-swap</c>. <c>default</c> is no reason.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<CorrectionReason>))]
public readonly record struct CorrectionReason : IParsable<CorrectionReason>
{
    /// <summary>The most characters of a code.</summary>
    public const int LengthMax = KebabText.LengthMax;

    private readonly string? code;

    /// <summary>A reason by its code.</summary>
    /// <param name="code">Lower-case words parted by hyphens, with dots after a prefix.</param>
    /// <exception cref="FormatException">The text may not be a code.</exception>
    public CorrectionReason(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        this.code = KebabText.IsValid(code) ? code : throw new FormatException("A reason is written like fraud.");
    }

    /// <summary>The code.</summary>
    /// <exception cref="InvalidOperationException">The reason is <c>default</c>.</exception>
    public string Code => code ?? throw new InvalidOperationException("This reason is default and has no code.");

    /// <summary>Whether this is <c>default</c> and so no reason.</summary>
    public bool IsUnset => code is null;

    /// <summary>The customer called it off.</summary>
    public static CorrectionReason Cancelled { get; } = new("cancelled");

    /// <summary>The goods came back.</summary>
    public static CorrectionReason Returned { get; } = new("returned");

    /// <summary>The customer did not pay, or the bank refused.</summary>
    public static CorrectionReason PaymentFailed { get; } = new("payment-failed");

    /// <summary>The customer's credit was not good enough.</summary>
    public static CorrectionReason CreditCheck { get; } = new("credit-check");

    /// <summary>It was counted before.</summary>
    public static CorrectionReason Duplicate { get; } = new("duplicate");

    /// <summary>What was ordered could not be delivered.</summary>
    public static CorrectionReason OutOfStock { get; } = new("out-of-stock");

    /// <summary>The partner did what the terms forbid.</summary>
    public static CorrectionReason BreachOfTerms { get; } = new("breach-of-terms");

    /// <summary>It was made up.</summary>
    public static CorrectionReason Fraud { get; } = new("fraud");

    /// <summary>It was measured wrongly.</summary>
    public static CorrectionReason TrackingError { get; } = new("tracking-error");

    /// <summary>A reason by its code, so that <c>Reason = "fraud"</c> reads well.</summary>
    /// <exception cref="FormatException">The text may not be a code.</exception>
    public static implicit operator CorrectionReason(string code) => new(code);

    /// <inheritdoc/>
    public static CorrectionReason Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CorrectionReason result)
    {
        bool valid = KebabText.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <summary>The code; empty for <c>default</c>.</summary>
    public override string ToString() => code ?? string.Empty;
}
