using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Architecture;

namespace PerfMarketing.Tests.Serialization;

/// <summary>
/// What earlier versions stored is read by this one: a file of each kind lies in <c>Stored</c>, with its digest.
/// </summary>
/// <remarks>
/// A file is made once, by <see cref="Golden.UpdateVariable"/>, and never written again: when one cannot be read any
/// more, the reader is wrong, or the format has a new version and reads the old one too.
/// </remarks>
public sealed class StoredFormatTests
{
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

        again.Should().Be(sample);
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

    // The digest stands before the JSON: it is what chains and seals hold.
    private static string TextOf(ITerms terms) =>
        $"// {TermDigest.Of(terms)}\n{TermJson.Write(terms, indented: true)}\n";

    private static string PathOf(string file) => Path.Combine(SourceTree.Root, Folder, file);
}
