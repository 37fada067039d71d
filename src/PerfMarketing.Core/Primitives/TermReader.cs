using NodaTime;

namespace PerfMarketing.Primitives;

/// <summary>
/// Reads one object's terms by name and collects everything that is wrong, instead of stopping at the first.
/// </summary>
/// <remarks>
/// A failed read notes a <see cref="TermFailure"/> and returns a stand-in (the default of its type, an empty list or
/// null), so that the rest can be read too; nothing made from a reader may be used unless
/// <see cref="TermFailures.IsEmpty"/>. Names that nobody asked for are failures, noted by <see cref="Close"/>. Not
/// thread-safe.
/// </remarks>
public sealed partial class TermReader
{
    private readonly TermNode node;
    private readonly TermFailures failures;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly TermRecorder.Run? recording;

    private TermReader(TermNode node, string path, TermFailures failures)
    {
        this.node = node;
        this.failures = failures;
        Path = path;
    }

    /// <summary>A reader of nothing, which notes what it is asked for.</summary>
    internal TermReader(TermRecorder.Run recording)
        : this(TermNode.OfObject([], []), "$", []) => this.recording = recording;

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
    public bool Has(string name) => recording?.Has(name) ?? (Find(name) is not null);

    /// <summary>A required text.</summary>
    /// <param name="name">The term's name.</param>
    /// <returns>The text; empty when it is absent or not a text.</returns>
    public string Text(string name)
    {
        recording?.Note(name, TermForm.Text(), isRequired: true);
        return Require(name, TermKind.Text)?.Text ?? string.Empty;
    }

    /// <summary>A text, with the one that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The text of an absent term.</param>
    public string Text(string name, string fallback)
    {
        recording?.Note(name, TermForm.Text(), isRequired: false, TermNode.OfText(fallback));
        return Ask(name, TermKind.Text)?.Text ?? fallback;
    }

    /// <summary>An optional text.</summary>
    /// <param name="name">The term's name.</param>
    public string? OptionalText(string name)
    {
        recording?.Note(name, TermForm.Text(), isRequired: false);
        return Ask(name, TermKind.Text)?.Text;
    }

    /// <summary>A required value, read from its text.</summary>
    /// <param name="name">The term's name.</param>
    public T Value<T>(string name)
        where T : IParsable<T>
    {
        recording?.Note(name, TermForm.Text(typeof(T)), isRequired: true);
        return Require(name, TermKind.Text) is { } found ? Parse<T>(found, PathOf(name))! : default!;
    }

    /// <summary>A value read from its text, with the value that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The value of an absent term.</param>
    public T Value<T>(string name, T fallback)
        where T : IParsable<T>
    {
        recording?.Note(name, TermForm.Text(typeof(T)), isRequired: false, FallbackOf(fallback));
        return Ask(name, TermKind.Text) is { } found ? Parse<T>(found, PathOf(name))! : fallback;
    }

    /// <summary>An optional value of a value type.</summary>
    /// <param name="name">The term's name.</param>
    /// <returns>The value; null when the term is absent.</returns>
    public T? Optional<T>(string name)
        where T : struct, IParsable<T>
    {
        recording?.Note(name, TermForm.Text(typeof(T)), isRequired: false);
        return Ask(name, TermKind.Text) is { } found ? Parse<T>(found, PathOf(name)) : null;
    }

    /// <summary>A list of values, each read from its text; empty when the term is absent.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="countMin">The fewest that make sense; said in the schema, not checked here.</param>
    /// <param name="countMax">The most that make sense; said in the schema, not checked here.</param>
    public ValueList<T> Values<T>(string name, int countMin = 0, int? countMax = null)
        where T : IParsable<T>
    {
        recording?.Note(name, TermForm.List(TermForm.Text(typeof(T)), countMin, countMax), isRequired: countMin > 0);
        return ReadList(name, (item, path) => Expect(item, TermKind.Text, path) ? Parse<T>(item, path)! : default!);
    }

    /// <summary>A required number.</summary>
    /// <param name="name">The term's name.</param>
    public decimal Number(string name)
    {
        recording?.Note(name, TermForm.Number, isRequired: true);
        return Require(name, TermKind.Number) is { } found ? ParseNumber(found, name) : 0;
    }

    /// <summary>A number, with the one that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The number of an absent term.</param>
    public decimal Number(string name, decimal fallback)
    {
        recording?.Note(name, TermForm.Number, isRequired: false, TermNode.OfNumber(InvariantText.Of(fallback)));
        return Ask(name, TermKind.Number) is { } found ? ParseNumber(found, name) : fallback;
    }

    /// <summary>An optional number.</summary>
    /// <param name="name">The term's name.</param>
    public decimal? OptionalNumber(string name)
    {
        recording?.Note(name, TermForm.Number, isRequired: false);
        return Ask(name, TermKind.Number) is { } found ? ParseNumber(found, name) : null;
    }

    /// <summary>A required whole number.</summary>
    /// <param name="name">The term's name.</param>
    public long Integer(string name)
    {
        recording?.Note(name, TermForm.Integer, isRequired: true);
        return Require(name, TermKind.Number) is { } found ? ParseInteger(found, name) : 0;
    }

    /// <summary>An optional whole number.</summary>
    /// <param name="name">The term's name.</param>
    public long? OptionalInteger(string name)
    {
        recording?.Note(name, TermForm.Integer, isRequired: false);
        return Ask(name, TermKind.Number) is { } found ? ParseInteger(found, name) : null;
    }

    /// <summary>A whole number of at most 32 bits, with the value that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The value of an absent term.</param>
    public int Int(string name, int fallback)
    {
        recording?.Note(name, TermForm.Integer, isRequired: false, TermNode.OfNumber(InvariantText.Of(fallback)));
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
        recording?.Note("format", TermForm.Only(TermNode.OfNumber(InvariantText.Of(known))), isRequired: false);
        if (Int("format", known) != known)
        {
            Fail("format", TermCodes.FormatUnknown, $"Only format {known} can be read.");
        }
    }

    /// <summary>A flag, with the value that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The value of an absent term.</param>
    public bool Flag(string name, bool fallback = false)
    {
        recording?.Note(name, TermForm.Flag, isRequired: false, TermNode.OfFlag(fallback));
        return Ask(name, TermKind.Flag) is { } found ? found.Text == "true" : fallback;
    }

    /// <summary>A required member of an enum, read from its kebab-case name.</summary>
    /// <param name="name">The term's name.</param>
    public T Enum<T>(string name)
        where T : struct, Enum
    {
        recording?.Note(name, TermForm.MemberOf<T>(), isRequired: true);
        return Require(name, TermKind.Text) is { } found ? ParseEnum<T>(found, name) : default;
    }

    /// <summary>A member of an enum, read from its kebab-case name, with the one that an absent term means.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="fallback">The member of an absent term.</param>
    public T Enum<T>(string name, T fallback)
        where T : struct, Enum
    {
        recording?.Note(name, TermForm.MemberOf<T>(), isRequired: false, TermNode.OfText(EnumText.Of(fallback)));
        return Ask(name, TermKind.Text) is { } found ? ParseEnum<T>(found, name) : fallback;
    }

    /// <summary>A required instant, in UTC and with <c>Z</c>, such as <c>2026-03-01T09:00:00Z</c>.</summary>
    /// <param name="name">The term's name.</param>
    public Instant Instant(string name)
    {
        recording?.Note(name, TermForm.Text(typeof(Instant)), isRequired: true);
        return Require(name, TermKind.Text) is { } found ? ParseInstant(found, name) ?? default : default;
    }

    /// <summary>An optional instant, in UTC and with <c>Z</c>.</summary>
    /// <param name="name">The term's name.</param>
    public Instant? OptionalInstant(string name)
    {
        recording?.Note(name, TermForm.Text(typeof(Instant)), isRequired: false);
        return Ask(name, TermKind.Text) is { } found ? ParseInstant(found, name) : null;
    }

    /// <summary>A required object, read by a function.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="read">Reads the object.</param>
    public T Object<T>(string name, Func<TermReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        recording?.Note(name, recording.Form(read), isRequired: true);
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
        recording?.Note(name, recording.Form(read), isRequired: false);
        return Ask(name, TermKind.Object) is { } found ? ReadObject(found, PathOf(name), failures, read) : null;
    }

    /// <summary>A list of objects, each read by a function; empty when the term is absent.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="read">Reads one object.</param>
    /// <param name="countMin">The fewest that make sense; said in the schema, not checked here.</param>
    /// <param name="countMax">The most that make sense; said in the schema, not checked here.</param>
    public ValueList<T> List<T>(string name, Func<TermReader, T> read, int countMin = 0, int? countMax = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        recording?.Note(name, TermForm.List(recording.Form(read), countMin, countMax), isRequired: countMin > 0);
        return ReadList(name, (item, path) => ReadObject(item, path, failures, read)!);
    }

    /// <summary>A term as its untyped node; null when it is absent.</summary>
    /// <param name="name">The term's name.</param>
    public TermNode? Node(string name) => Node(name, TermForm.Scalar);

    /// <summary>A term as its untyped node, of which the caller knows the form; null when it is absent.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="form">What it should hold; said in the schema, not checked here.</param>
    internal TermNode? Node(string name, TermForm form) =>
        recording is null ? Find(name) : recording.Node(name, form);

    /// <summary>The name of this object's kind, when it is one of a family of named kinds.</summary>
    /// <param name="name">The term that holds it.</param>
    /// <param name="family">The family in words; the same words mean the same kinds.</param>
    /// <param name="kinds">The names of all kinds.</param>
    internal string Kind(string name, string family, IEnumerable<string> kinds) =>
        recording is null ? Text(name) : recording.Tag(name, family, kinds);

    /// <summary>Notes that a term is wrong in a way only the caller knows.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What is wrong, for a person.</param>
    public void Fail(string name, string code, string message)
    {
        TermNode place = node.Find(name) ?? node;
        failures.Add(new(PathOf(name), code, message, place.Line, place.Column));
    }

    /// <summary>Whether a term was found wrong before, so that what follows from it needs no saying.</summary>
    /// <param name="name">The term's name.</param>
    internal bool IsFailed(string name) => failures.Any(failure => failure.Path == PathOf(name));

    /// <summary>Leaves the terms that nobody asked for unnamed: for an object whose kind is unknown.</summary>
    public void IgnoreRest() => asked.UnionWith(node.Names);
}
