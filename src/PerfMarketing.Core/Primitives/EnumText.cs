using System.Text;

namespace PerfMarketing.Primitives;

/// <summary>
/// The kebab-case names under which enum members are written: <c>HalfAwayFromZero</c> is <c>half-away-from-zero</c>.
/// </summary>
public static class EnumText
{
    /// <summary>The name of a member.</summary>
    /// <param name="value">A defined member.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member.</exception>
    public static string Of<T>(T value)
        where T : struct, Enum => Enum.GetName(value) is { } name
            ? Kebab(name)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Not a member.");

    /// <summary>The member with a name.</summary>
    /// <param name="text">The kebab-case name.</param>
    /// <param name="value">The member; the first one when there is none with this name.</param>
    /// <returns>Whether there is such a member.</returns>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (T member in Enum.GetValues<T>())
        {
            if (string.Equals(Of(member), text, StringComparison.Ordinal))
            {
                value = member;
                return true;
            }
        }

        value = default;
        return false;
    }

    internal static string Kebab(string name)
    {
        StringBuilder text = new(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
