using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace PerfMarketing.Primitives;

/// <summary>
/// Reads one object's terms by name and collects everything that is wrong, instead of stopping at the first.
/// </summary>
/// <remarks>
/// A failed read notes a <see cref="TermFailure"/> and returns a stand-in (the default of its type, an empty list or
/// null),
/// so that the rest can be read too; nothing made from a reader may be used unless <see cref="TermFailures.IsEmpty"/>.
/// Names that nobody asked for are failures, noted by <see cref="Close"/>. Not thread-safe.
/// </remarks>
public sealed class TermReader
{
    private readonly TermNode node;
    private readonly TermFailures failures;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private TermReader(TermNode node, string path, TermFailures failures)
    {
        this.node = node;
        this.failures = failures;
        Path = path;
    }

    /// <summary>Where this object stands, as a JSON path; <c>$</c> at the root.</summary>
    public string Path { get; }

    /// <summary>The names of all terms of this object, in their order, for an object whose names are data.</summary>
    public ValueList<string> Names => node.Names;

    /// <summary>Reads a tree with a reading function, and notes what is wrong.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="failures">Where failures are noted.</param>
    /// <param name="read">Reads the object; its result counts only when no failure was noted.</param>
    public static T? Read<T>(TermNode root, TermFailures failures, Func<TermReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(failures);
        ArgumentNullException.ThrowIfNull(read);
        return ReadObject(root, "$", failures, read);
    }

    /// <summary>Whether a term is there.</summary>
    /// <param name="name">The term's name.</param>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A required text.</summary>
    /// <param name="name">The term's name.</param>
    /// <returns>The text; empty when it is absent or not a text.</returns>
    public string Text(string name) => Require(name, TermKind.Text)?.Text ?? string.Empty;

    /// <summary>An optional text.</summary>
    /// <param name="name">The term's name.</param>
    public string? OptionalText(string name) => Ask(name, TermKind.Text)?.Text;

    /// <summary>A required value, read from its text.</summary>
    /// <param name="name">The term's name.</param>
    public T Value<T>(string name)
        where T : IParsable<T> => Require(name, TermKind.Text) is { } found ? Parse<T>(found, PathOf(name))! : default!;

    /// <summary>A value read from its text, with the value that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The value of an absent term.</param>
    public T Value<T>(string name, T fallback)
        where T : IParsable<T> =>
        Ask(name, TermKind.Text) is { } found ? Parse<T>(found, PathOf(name))! : fallback;

    /// <summary>An optional value of a value type.</summary>
    /// <param name="name">The term's name.</param>
    /// <returns>The value; null when the term is absent.</returns>
    public T? Optional<T>(string name)
        where T : struct, IParsable<T> =>
        Ask(name, TermKind.Text) is { } found ? Parse<T>(found, PathOf(name)) : null;

    /// <summary>A list of values, each read from its text; empty when the term is absent.</summary>
    /// <param name="name">The term's name.</param>
    public ValueList<T> Values<T>(string name)
        where T : IParsable<T> =>
        ReadList(name, (item, path) => Expect(item, TermKind.Text, path) ? Parse<T>(item, path)! : default!);

    /// <summary>A required number.</summary>
    /// <param name="name">The term's name.</param>
    public decimal Number(string name) => Require(name, TermKind.Number) is { } found ? ParseNumber(found, name) : 0;

    /// <summary>An optional number.</summary>
    /// <param name="name">The term's name.</param>
    public decimal? OptionalNumber(string name) =>
        Ask(name, TermKind.Number) is { } found ? ParseNumber(found, name) : null;

    /// <summary>A required whole number.</summary>
    /// <param name="name">The term's name.</param>
    public long Integer(string name) => Require(name, TermKind.Number) is { } found ? ParseInteger(found, name) : 0;

    /// <summary>An optional whole number.</summary>
    /// <param name="name">The term's name.</param>
    public long? OptionalInteger(string name) =>
        Ask(name, TermKind.Number) is { } found ? ParseInteger(found, name) : null;

    /// <summary>A whole number of at most 32 bits, with the value that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The value of an absent term.</param>
    public int Int(string name, int fallback)
    {
        long value = OptionalInteger(name) ?? fallback;
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            return (int)value;
        }

        Fail(name, TermCodes.Malformed, "The number is out of range.");
        return fallback;
    }

    /// <summary>Checks the version of the written form: absent or the known one; another is a failure.</summary>
    /// <param name="known">The only version that can be read.</param>
    public void Format(int known)
    {
        if (Int("format", known) != known)
        {
            Fail("format", TermCodes.FormatUnknown, $"Only format {known} can be read.");
        }
    }

    /// <summary>A flag, with the value that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The value of an absent term.</param>
    public bool Flag(string name, bool fallback = false) =>
        Ask(name, TermKind.Flag) is { } found ? found.Text == "true" : fallback;

    /// <summary>A required member of an enum, read from its kebab-case name.</summary>
    /// <param name="name">The term's name.</param>
    public T Enum<T>(string name)
        where T : struct, Enum => Require(name, TermKind.Text) is { } found ? ParseEnum<T>(found, name) : default;

    /// <summary>A member of an enum, read from its kebab-case name, with the one that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The member of an absent term.</param>
    public T Enum<T>(string name, T fallback)
        where T : struct, Enum => Ask(name, TermKind.Text) is { } found ? ParseEnum<T>(found, name) : fallback;

    /// <summary>A required instant, in UTC and with <c>Z</c>, such as <c>2026-03-01T09:00:00Z</c>.</summary>
    /// <param name="name">The term's name.</param>
    public Instant Instant(string name) =>
        Require(name, TermKind.Text) is { } found ? ParseInstant(found, name) ?? default : default;

    /// <summary>An optional instant, in UTC and with <c>Z</c>.</summary>
    /// <param name="name">The term's name.</param>
    public Instant? OptionalInstant(string name) =>
        Ask(name, TermKind.Text) is { } found ? ParseInstant(found, name) : null;

    /// <summary>A required object, read by a function.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="read">Reads the object.</param>
    public T Object<T>(string name, Func<TermReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Require(name, TermKind.Object) is { } found
            ? ReadObject(found, PathOf(name), failures, read)!
            : default!;
    }

    /// <summary>An optional object, read by a function; null when the term is absent.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="read">Reads the object.</param>
    public T? OptionalObject<T>(string name, Func<TermReader, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        return Ask(name, TermKind.Object) is { } found ? ReadObject(found, PathOf(name), failures, read) : null;
    }

    /// <summary>A list of objects, each read by a function; empty when the term is absent.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="read">Reads one object.</param>
    public ValueList<T> List<T>(string name, Func<TermReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return ReadList(name, (item, path) => ReadObject(item, path, failures, read)!);
    }

    /// <summary>A term as its untyped node; null when it is absent.</summary>
    /// <param name="name">The term's name.</param>
    public TermNode? Node(string name) => Find(name);

    /// <summary>Notes that a term is wrong in a way only the caller knows.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What is wrong, for a person.</param>
    public void Fail(string name, string code, string message)
    {
        TermNode place = node.Find(name) ?? node;
        failures.Add(new(PathOf(name), code, message, place.Line, place.Column));
    }

    /// <summary>Leaves the terms that nobody asked for unnamed: for an object whose kind is unknown.</summary>
    public void IgnoreRest() => asked.UnionWith(node.Names);

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
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = read(found.Items[i], string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i}]"));
        }

        return ValueList.Create<T>(list);
    }

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
