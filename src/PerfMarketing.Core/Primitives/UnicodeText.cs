namespace PerfMarketing.Primitives;

/// <summary>Whether a text is valid Unicode, so that it can be written and digested.</summary>
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
}
