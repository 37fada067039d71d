using System.Diagnostics.CodeAnalysis;

namespace PerfMarketing.Identity;

/// <summary>The one rule for what the text of an id may be.</summary>
public static class Identifier
{
    /// <summary>The most characters of an id.</summary>
    public const int LengthMax = 64;

    /// <summary>The most characters of a foreign key, such as the id that a provider gave a message.</summary>
    public const int ForeignLengthMax = 200;

    /// <summary>
    /// Whether a text may be an id: printable ASCII (0x20 to 0x7E), no space at either end, not empty.
    /// </summary>
    /// <param name="text">The text to look at.</param>
    /// <param name="lengthMax">The most characters allowed.</param>
    public static bool IsValid([NotNullWhen(true)] string? text, int lengthMax = LengthMax) =>
        text is { Length: > 0 } && text.Length <= lengthMax && text[0] != ' ' && text[^1] != ' '
        && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    internal static string Check(string value, string type, int lengthMax = LengthMax)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsValid(value, lengthMax)
            ? value
            : throw new FormatException(
                $"{type} takes 1 to {lengthMax} printable ASCII characters without spaces at its ends.");
    }

    internal static InvalidOperationException Unset(string type) => new($"This {type} is default and has no value.");
}
