namespace PerfMarketing.Primitives;

/// <summary>
/// The one rule for codes and names: lower-case words of ASCII letters and digits, parted by single hyphens or dots.
/// </summary>
internal static class KebabText
{
    internal const int LengthMax = 64;

    /// <summary>
    /// Whether a text is such a code: it starts with a letter, ends in a letter or digit and is not too long.
    /// </summary>
    internal static bool IsValid(ReadOnlySpan<char> text, int lengthMax = LengthMax)
    {
        if (text.IsEmpty || text.Length > lengthMax || !char.IsAsciiLetterLower(text[0]))
        {
            return false;
        }

        bool parted = false;
        foreach (char c in text)
        {
            bool parts = c is '-' or '.';
            if ((parts && parted) || (!parts && !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c)))
            {
                return false;
            }

            parted = parts;
        }

        return !parted;
    }
}
