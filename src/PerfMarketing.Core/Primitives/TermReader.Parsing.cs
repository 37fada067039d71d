using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace PerfMarketing.Primitives;

/// <content>How single values are read, and what is noted when they cannot be.</content>
public sealed partial class TermReader
{
    /// <summary>Notes every name that nobody asked for, and every name that stands twice.</summary>
    private void Close()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < node.Names.Count; i++)
        {
            string name = node.Names[i];
            TermNode item = node.Items[i];
            if (!seen.Add(name))
            {
                failures.Add(new(PathOf(name), TermCodes.Duplicate, "The name stands twice.", item.Line, item.Column));
            }
            else if (!asked.Contains(name))
            {
                failures.Add(new(PathOf(name), TermCodes.Unknown, "Nothing has this name.", item.Line, item.Column));
            }
        }
    }

    private static T? ReadObject<T>(TermNode node, string path, TermFailures failures, Func<TermReader, T> read)
    {
        if (!Expect(node, TermKind.Object, path, failures))
        {
            return default;
        }

        TermReader reader = new(node, path, failures);
        T result = read(reader);
        reader.Close();
        return result;
    }

    private ValueList<T> ReadList<T>(string name, Func<TermNode, string, T> read)
    {
        if (Ask(name, TermKind.List) is not { } found)
        {
            return ValueList<T>.Empty;
        }

        var list = new T[found.Items.Count];
        for (int i = 0; i < list.Length && !failures.IsFull; i++)
        {
            list[i] = read(found.Items[i], string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i}]"));
        }

        return ValueList.Create<T>(list);
    }

    private static TermNode? FallbackOf<T>(T fallback) =>
        fallback is null || InvariantText.Of(fallback) is "" ? null : TermNode.OfText(InvariantText.Of(fallback));

    private TermNode? Find(string name)
    {
        asked.Add(name);
        return node.Find(name);
    }

    private TermNode? Ask(string name, TermKind kind) =>
        Find(name) is { } found && Expect(found, kind, PathOf(name)) ? found : null;

    private TermNode? Require(string name, TermKind kind)
    {
        if (Find(name) is { } found)
        {
            return Expect(found, kind, PathOf(name)) ? found : null;
        }

        failures.Add(new(PathOf(name), TermCodes.Missing, "The term is required.", node.Line, node.Column));
        return null;
    }

    private bool Expect(TermNode found, TermKind kind, string path) => Expect(found, kind, path, failures);

    private static bool Expect(TermNode found, TermKind kind, string path, TermFailures failures)
    {
        if (found.Kind == kind)
        {
            return true;
        }

        string message = $"Expected {Name(kind)}, found {Name(found.Kind)}.";
        failures.Add(new(path, TermCodes.WrongKind, message, found.Line, found.Column));
        return false;
    }

    private T? Parse<T>(TermNode found, string path)
        where T : IParsable<T>
    {
        if (T.TryParse(found.Text, CultureInfo.InvariantCulture, out T? value))
        {
            return value;
        }

        string message = $"'{Excerpt(found.Text)}' is not a valid {typeof(T).Name}.";
        failures.Add(new(path, TermCodes.Malformed, message, found.Line, found.Column));
        return default;
    }

    private T ParseEnum<T>(TermNode found, string name)
        where T : struct, Enum
    {
        if (!EnumText.TryParse(found.Text, out T value))
        {
            string members = string.Join(", ", System.Enum.GetValues<T>().Select(EnumText.Of));
            Fail(name, TermCodes.Malformed, $"'{Excerpt(found.Text)}' is none of {members}.");
        }

        return value;
    }

    private Instant? ParseInstant(TermNode found, string name)
    {
        ParseResult<Instant> parsed = InstantPattern.ExtendedIso.Parse(found.Text);
        if (parsed.Success)
        {
            return parsed.Value;
        }

        Fail(name, TermCodes.Malformed, $"'{Excerpt(found.Text)}' is not an instant like 2026-03-01T09:00:00Z.");
        return null;
    }

    // No exponent and at most 28 significant digits: what System.Decimal would round silently is refused instead.
    private decimal ParseNumber(TermNode found, string name)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (found.Text.Count(char.IsAsciiDigit) <= 28
            && decimal.TryParse(found.Text, Style, CultureInfo.InvariantCulture, out decimal value))
        {
            return value;
        }

        Fail(name, TermCodes.Malformed, $"'{Excerpt(found.Text)}' is not a plain decimal of at most 28 digits.");
        return 0;
    }

    private long ParseInteger(TermNode found, string name)
    {
        if (long.TryParse(found.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            return value;
        }

        Fail(name, TermCodes.Malformed, $"'{Excerpt(found.Text)}' is not a whole number in range.");
        return 0;
    }

    private string PathOf(string name) => $"{Path}.{Excerpt(name)}";

    private static string Excerpt(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");

    private static string Name(TermKind kind) => kind switch
    {
        TermKind.Null => "null",
        TermKind.Text => "a string",
        TermKind.Number => "a number",
        TermKind.Flag => "true or false",
        TermKind.List => "an array",
        _ => "an object",
    };
}
