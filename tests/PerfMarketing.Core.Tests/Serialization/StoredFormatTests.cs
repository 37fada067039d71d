using System.Reflection;
using System.Text.RegularExpressions;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Serialization;

/// <summary>
/// What earlier versions stored is read by this one: a file of each kind lies in <c>Stored</c>, with its digest.
/// </summary>
/// <remarks>
/// A file is made once, by <see cref="Golden.UpdateVariable"/>, and never written again: when one cannot be read any
/// more, the reader is wrong, or the format has a new version and reads the old one too.
/// </remarks>
public sealed partial class StoredFormatTests
{
    // They are among the kinds because whole records are made of them.
    private static readonly Type[] InsideOthers = [typeof(Outcome), typeof(EvidenceVerdict)];

    // What no property holds, and no host keeps alone: where it stands instead.
    private static readonly Dictionary<string, string> Outside = new(StringComparer.Ordinal)
    {
        [nameof(CallRecord)] = "claims of a verdict, or facts of an outcome",
        [nameof(PacingTerms)] = "in the host's own settings of a budget",
        [nameof(RateBook)] = "a list of rates, each with its format",
        [nameof(TermChange)] = "what two versions differ by, shown and not kept",
    };

    private static readonly Type[] Terms =
        [.. typeof(ITerms).Assembly.GetTypes().Where(static t => t.IsAssignableTo(typeof(ITerms)))];

    private const string Folder = "tests/PerfMarketing.Core.Tests/Serialization/Stored";

    private static readonly Dictionary<string, (ITerms Sample, Func<TermReader, ITerms?> Read)> Kinds =
        StoredSamples.All().ToDictionary(static s => s.Kind, static s => (s.Sample, s.Read));

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(PathOf(""), "*.json").Select(static f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_that_is_stored_has_a_file(string kind)
    {
        string path = PathOf(kind + ".json");
        if (Golden.Updates && !File.Exists(path))
        {
            Directory.CreateDirectory(PathOf(""));
            File.WriteAllText(path, TextOf(Kinds[kind].Sample));
        }

        File.Exists(path).Should().BeTrue($"{Golden.UpdateVariable}=1 makes {path}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_stored_now_reads_back(string kind)
    {
        (ITerms sample, Func<TermReader, ITerms?> read) = Kinds[kind];

        ITerms? again = TermJson.Parse(TermJson.Write(sample), read);

        if (HasEquality(sample.GetType()))
        {
            again.Should().Be(sample);
        }

        TermDigest.Of(again!).Should().Be(TermDigest.Of(sample));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_stored_is_read_and_written_as_it_was(string file)
    {
        Kinds.Should().ContainKey(file, "a kind that was stored once is read for ever");
        string stored = File.ReadAllText(PathOf(file + ".json")).ReplaceLineEndings("\n");
        string json = stored[(stored.IndexOf('\n', StringComparison.Ordinal) + 1)..];

        ITerms? read = TermJson.Parse(json, Kinds[file].Read);

        TextOf(read!).Should().Be(stored);
    }

    [Fact]
    public void Every_record_and_correction_is_among_the_kinds()
    {
        IEnumerable<Type> stored = typeof(CampaignRecord).Assembly.GetTypes().Where(static t => !t.IsAbstract
            && (t.IsSubclassOf(typeof(CampaignRecord)) || t.IsSubclassOf(typeof(Correction))));

        stored.Except(Kinds.Values.Select(static k => k.Sample.GetType())).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_stands_alone_says_its_format_and_one_that_is_unknown_is_refused(string kind)
    {
        (ITerms sample, Func<TermReader, ITerms?> read) = Kinds[kind];
        var node = TermNode.Of(sample);
        if (InsideOthers.Contains(sample.GetType()) || sample is Correction)
        {
            node.Find("format").Should().BeNull("it stands in what has a format of its own");
            return;
        }

        node.Find("format").Should().Be(TermNode.OfNumber("1"));
        ValueList<TermNode> later = [.. node.Names.Select(name =>
            name == "format" ? TermNode.OfNumber("2") : node.Find(name)!)];
        TermFailures failures = [];
        TermReader.Read(TermNode.OfObject(node.Names, later), failures, read);
        failures.Select(static f => $"{f.Path} {f.Code}").Should().Contain($"$.format {TermCodes.FormatUnknown}");
    }

    [Fact]
    public void Everything_with_a_format_is_among_the_kinds()
    {
        Terms.Where(static t => Declares(t) && !Kinds.Values.Any(k => t.IsInstanceOfType(k.Sample))).Should().BeEmpty();
    }

    /// <remarks>
    /// What no other terms hold has nobody else's format to stand in. A new kind of terms that a host could keep is
    /// found here.
    /// </remarks>
    [Fact]
    public void Everything_that_nothing_else_holds_has_a_format()
    {
        HashSet<Type> held = [.. Terms.SelectMany(HeldBy)];

        Terms.Where(t => CanBeRead(t) && !HasFormat(t) && !Ancestry(t).Any(held.Contains)).Select(static t => t.Name)
            .Should().BeEquivalentTo(Outside.Keys);
    }

    [Fact]
    public void Everything_that_a_page_reads_back_has_a_format()
    {
        var named = Directory.GetFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .SelectMany(static page => ReadCall().Matches(File.ReadAllText(page)))
            .Select(static found => found.Groups["type"].Value).ToHashSet(StringComparer.Ordinal);

        Type[] stored = [.. Terms.Where(t => named.Contains(t.Name) && t != typeof(Condition))];

        stored.Should().Contain(typeof(CommitReceipt)).And.OnlyContain(static t => HasFormat(t));
    }

    private static bool HasEquality(Type type) =>
        type.GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType != typeof(object);

    private static bool HasFormat(Type type) => Ancestry(type).Any(Declares);

    private static bool Declares(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static
        | BindingFlags.DeclaredOnly).Any(static f => f is { IsLiteral: true, Name: "Format" or "FormatVersion" });

    private static bool CanBeRead(Type type) => type is { IsPublic: true } && type
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Any(static m => m.Name == "Read" && m.GetParameters() is [var first, ..]
            && first.ParameterType == typeof(TermReader));

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (Type? at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            yield return at;
        }
    }

    // Any property, whoever reads it, of a record within the library or of terms themselves.
    private static IEnumerable<Type> HeldBy(Type type) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .SelectMany(static p => Parts(p.PropertyType)).Where(part => part != type);

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [type];

    [GeneratedRegex(@"\b(?<type>[A-Z]\w+)\.Read\b")]
    private static partial Regex ReadCall();

    // The digest stands before the JSON: it is what chains and seals hold.
    private static string TextOf(ITerms terms) =>
        $"// {TermDigest.Of(terms)}\n{TermJson.Write(terms, indented: true)}\n";

    private static string PathOf(string file) => Path.Combine(SourceTree.Root, Folder, file);
}
