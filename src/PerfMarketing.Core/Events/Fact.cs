using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>One named value.</summary>
/// <param name="Name">The name, in kebab-case.</param>
/// <param name="Value">The value.</param>
public readonly record struct Fact(string Name, FactValue Value)
{
    /// <summary>The most characters of a name.</summary>
    public const int NameLengthMax = KebabText.LengthMax;

    /// <summary>
    /// Whether a text may name a fact: kebab-case, with dots after an integrator's prefix, of 1 to 64 characters.
    /// </summary>
    /// <param name="name">The text to look at.</param>
    public static bool IsName(string? name) => KebabText.IsValid(name, NameLengthMax);

    /// <summary>Name and value, such as <c>device: mobile</c>.</summary>
    public override string ToString() => $"{Name}: {Value}";

    // FNV-1a over the name's characters: the same on every machine, unlike string.GetHashCode.
    internal static int HashOf(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return unchecked((int)hash);
    }

    internal static ArgumentException BadName(string parameter) => new(
        $"A fact's name is kebab-case of 1 to {NameLengthMax} characters, such as age-band.", parameter);
}
