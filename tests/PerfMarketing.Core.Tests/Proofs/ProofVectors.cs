using System.Buffers.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tests.Architecture;

namespace PerfMarketing.Tests.Proofs;

/// <summary>The published vectors in the folder beside this file, which say where they are from.</summary>
public static class ProofVectors
{
    internal static Instant LongAgo { get; } = Instant.FromUnixTimeSeconds(1_300_819_379);

    /// <summary>A file of vectors.</summary>
    public static JsonElement File(string name)
    {
        string path = Path.Combine(SourceTree.Root, "tests/PerfMarketing.Core.Tests/Proofs/Vectors", name + ".json");
        return JsonDocument.Parse(System.IO.File.ReadAllText(path)).RootElement;
    }

    /// <summary>The vectors of a file by the member that names them.</summary>
    public static Dictionary<string, JsonElement> ByName(JsonElement file, string by) =>
        file.GetProperty("vectors").EnumerateArray().ToDictionary(v => v.GetProperty(by).GetString()!);

    /// <summary>The text of a member.</summary>
    public static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    /// <summary>Evidence with a body.</summary>
    public static EvidenceInput Input(
        SchemeId scheme, ReadOnlyMemory<byte> body, Instant at, params ReadOnlySpan<EvidenceHeader> headers) => new()
        {
            Kind = "test-kind",
            Scheme = scheme,
            Body = body,
            Headers = ValueList.Create(headers),
            ReceivedAt = at,
        };

    /// <summary>The key of a JWK.</summary>
    public static ProofMaterial Material(JsonElement jwk) => Text(jwk, "kty") switch
    {
        "oct" => ProofSecret.FromBytes(Base64Url.DecodeFromChars(Text(jwk, "k"))),
        "EC" when Text(jwk, "crv") == "P-256" => ProofPublicKey.FromPoint(
        [
            4, .. Base64Url.DecodeFromChars(Text(jwk, "x")), .. Base64Url.DecodeFromChars(Text(jwk, "y")),
        ]),
        _ => throw new ArgumentException("This is a key for an adapter.", nameof(jwk)),
    };

    /// <summary>A name for a test key.</summary>
    public static KeyId Name(int number) => new($"test-{number}");
}
