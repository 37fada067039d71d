using System.Globalization;
using System.Text;

namespace PerfMarketing.Proofs;

/// <summary>What strangers wrote, as reasons may show it: short, and on one line that reads as it stands.</summary>
internal static class HostileText
{
    /// <summary>The most characters that are shown.</summary>
    internal const int LengthMax = 256;

    /// <summary>
    /// The text's beginning, with everything escaped that ends a line, is invisible or turns the direction of reading.
    /// </summary>
    internal static string Shown(string text)
    {
        if (text.Length <= LengthMax && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        StringBuilder shown = new(LengthMax);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isPlain = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            string next = isPlain
                ? rune.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            if (shown.Length + next.Length > LengthMax)
            {
                break;
            }

            shown.Append(next);
        }

        return shown.ToString();
    }
}
