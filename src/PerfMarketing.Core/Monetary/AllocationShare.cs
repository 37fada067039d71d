using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>What one part gets of a whole: a fraction of it, or all that remains.</summary>
/// <remarks>
/// Text form <c>2/25</c> or <c>remaining</c>. <c>default</c> is a fraction of nothing. <see cref="Allocation.Weights"/>
/// makes weights of several shares.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<AllocationShare>))]
public readonly record struct AllocationShare : IParsable<AllocationShare>, IFormattable
{
    private const string RemainingText = "remaining";

    private AllocationShare(Ratio fraction, bool isRemaining)
    {
        Fraction = fraction;
        IsRemaining = isRemaining;
    }

    /// <summary>The share that takes what the others leave; nothing when they leave nothing.</summary>
    public static AllocationShare Remaining { get; } = new(default, isRemaining: true);

    /// <summary>The fraction of the whole; zero when this share takes what remains.</summary>
    public Ratio Fraction { get; }

    /// <summary>Whether this share takes what the others leave.</summary>
    public bool IsRemaining { get; }

    /// <summary>A fraction of the whole.</summary>
    /// <param name="fraction">The fraction, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is negative.</exception>
    public static AllocationShare Of(Ratio fraction) => fraction >= Ratio.Zero
        ? new(fraction, isRemaining: false)
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A share is not negative.");

    /// <summary>Reads a share such as <c>2/25</c> or <c>remaining</c>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: shares have no culture.</param>
    /// <exception cref="FormatException">The text is not a share.</exception>
    public static AllocationShare Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out AllocationShare found)
            ? found
            : throw new FormatException("A share is written like 2/25, or remaining.");

    /// <inheritdoc/>
    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, out AllocationShare result)
    {
        if (string.Equals(s, RemainingText, StringComparison.Ordinal))
        {
            result = Remaining;
            return true;
        }

        bool read = Ratio.TryParse(s, provider, out Ratio fraction) && fraction >= Ratio.Zero;
        result = read ? new(fraction, isRemaining: false) : default;
        return read;
    }

    /// <summary>The fraction, or <c>remaining</c>.</summary>
    public override string ToString() => IsRemaining ? RemainingText : Fraction.ToString();

    /// <summary>The share as text; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
