using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PerfMarketing.Primitives;

/// <summary>Whether a text is valid Unicode, so that it can be written and digested, or made so.</summary>
internal static class UnicodeText
{
    /// <summary>Whether every surrogate of a text has its other half.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (true)
        {
            int place = text.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (place < 0)
            {
                return true;
            }

            if (place + 1 >= text.Length || !char.IsSurrogatePair(text[place], text[place + 1]))
            {
                return false;
            }

            text = text[(place + 2)..];
        }
    }

    /// <summary>
    /// A text of somebody else that can be kept: its beginning, with a replacement character for half a surrogate pair.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Clip(string? text, int lengthMax)
    {
        if (text is null || (text.Length <= lengthMax && IsWellFormed(text)))
        {
            return text;
        }

        StringBuilder kept = new(lengthMax);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > lengthMax)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
