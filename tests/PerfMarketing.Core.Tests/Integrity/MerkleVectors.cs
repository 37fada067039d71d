using System.Text.Json;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Tests.Architecture;

namespace PerfMarketing.Tests.Integrity;

/// <summary>
/// Published trees, proofs and probes of RFC 6962; the file beside this one says where they are from.
/// </summary>
public static class MerkleVectors
{
    private const string File = "tests/PerfMarketing.Core.Tests/Integrity/merkle-rfc6962.json";

    private static readonly JsonElement All =
        JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(SourceTree.Root, File))).RootElement;

    public static TheoryData<string> InclusionNames => Names("inclusion");

    public static TheoryData<string> ConsistencyNames => Names("consistency");

    public static ValueList<Digest> Leaves =>
        [.. Texts(All, "leafInputsHex").Select(static t => MerkleHash.Leaf(Convert.FromHexString(t)))];

    public static ValueList<Digest> Roots => Hex(All, "rootsBySizeHex");

    public static IEnumerable<InclusionProof> InclusionProofs =>
        All.GetProperty("allInclusionProofs").EnumerateArray().Select(static p => new InclusionProof
        {
            Index = p.GetProperty("leafIndex").GetInt64(),
            Size = p.GetProperty("treeSize").GetInt64(),
            Path = Hex(p, "proofHex"),
        });

    public static IEnumerable<ConsistencyProof> ConsistencyProofs =>
        All.GetProperty("allConsistencyProofs").EnumerateArray().Select(static p => new ConsistencyProof
        {
            First = p.GetProperty("size1").GetInt64(),
            Second = p.GetProperty("size2").GetInt64(),
            Path = Hex(p, "proofHex"),
        });

    /// <summary>Whether the library accepts a probe, and whether it should.</summary>
    public static (bool Accepted, bool Expected) Inclusion(string name)
    {
        JsonElement probe = Probe("inclusion", name);
        bool read = TryDigest(probe, "leafHash", out Digest leaf) & TryDigest(probe, "root", out Digest root)
            & TryPath(probe, out ValueList<Digest> path);
        InclusionProof proof = new()
        {
            Index = Number(probe, "leafIndex"),
            Size = Number(probe, "treeSize"),
            Path = path,
        };
        return (proof.Verify(leaf, root) && read, Expected(probe));
    }

    /// <summary>Whether the library accepts a probe, and whether it should.</summary>
    public static (bool Accepted, bool Expected) Consistency(string name)
    {
        JsonElement probe = Probe("consistency", name);
        bool read = TryDigest(probe, "root1", out Digest first) & TryDigest(probe, "root2", out Digest second)
            & TryPath(probe, out ValueList<Digest> path);
        ConsistencyProof proof = new() { First = Number(probe, "size1"), Second = Number(probe, "size2"), Path = path };
        return (proof.Verify(first, second) && read, Expected(probe));
    }

    private static TheoryData<string> Names(string group) =>
        [.. All.GetProperty(group).EnumerateArray().Select(static p => p.GetProperty("name").GetString()!)];

    private static JsonElement Probe(string group, string name) =>
        All.GetProperty(group).EnumerateArray().Single(p => p.GetProperty("name").GetString() == name);

    private static bool Expected(JsonElement probe) => probe.GetProperty("expect").GetString() == "valid";

    // Unsigned numbers beyond 2^63 are negative here.
    private static long Number(JsonElement probe, string name) =>
        unchecked((long)ulong.Parse(probe.GetProperty(name).GetString()!, null));

    // What has not 32 bytes is no digest.
    private static bool TryDigest(JsonElement probe, string name, out Digest digest) =>
        Digest.TryRead(probe.GetProperty(name).GetBytesFromBase64(), out digest);

    private static bool TryPath(JsonElement probe, out ValueList<Digest> path)
    {
        bool valid = true;
        List<Digest> found = [];
        foreach (JsonElement item in probe.GetProperty("proof").EnumerateArray())
        {
            valid &= Digest.TryRead(item.GetBytesFromBase64(), out Digest digest);
            found.Add(digest);
        }

        path = found.ToValueList();
        return valid;
    }

    private static IEnumerable<string> Texts(JsonElement of, string name) =>
        of.GetProperty(name).EnumerateArray().Select(static e => e.GetString()!);

    private static ValueList<Digest> Hex(JsonElement of, string name) =>
        [.. Texts(of, name).Select(static t => Digest.Parse(t))];
}
