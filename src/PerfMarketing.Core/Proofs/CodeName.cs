using System.Buffers;

namespace PerfMarketing.Proofs;

/// <summary>
/// The one rule for open names of this area: 1 to 64 of a-z, 0-9, hyphen and dot, beginning with a letter or digit.
/// </summary>
internal static class CodeName
{
    internal const int LengthMax = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    internal static bool IsValid(string? text) =>
        text is { Length: > 0 and <= LengthMax } && text[0] is not ('-' or '.')
        && !text.AsSpan().ContainsAnyExcept(Allowed);

    internal static string Check(string text, string type)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsValid(text)
            ? text
            : throw new FormatException($"{type} takes 1 to {LengthMax} of a-z, 0-9, '-' and '.'.");
    }
}
