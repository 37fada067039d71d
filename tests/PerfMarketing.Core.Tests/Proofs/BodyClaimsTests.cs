using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Tests.Proofs;

/// <summary>
/// Bodies are read in one pass where they are simple, and as documents where not; nobody sees a difference.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "The bodies must come out the same each time.")]
public sealed class BodyClaimsTests
{
    private const int SeedCount = 3_000;

    private static readonly string[] Names = ["a", "b", "a/b", "~", "", "0", "1", "ä", "\u0061", "x y"];

    private static readonly ValueList<ClaimField> Fields =
    [
        .. ((string[])[
            "/a", "/b", "/a/b", "/a~1b", "/~0", "/", "/0", "/1", "/a/0", "/b/1", "/a/00", "/a/a/a", "/b/0/a", "/x y",
            "/0/0", "//", "/a/~1", "/~", "/a~2", "/1/a~1b/0", "/b/a/1/b",
        ]).Select(static p => new ClaimField("c", $"body:{p}")),
    ];

    [Fact]
    public void Bodies_say_what_a_document_says()
    {
        int found = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Random random = new(seed);
            string body = Value(random, depth: 0);
            found += Compare(Encoding.UTF8.GetBytes(body), body);
        }

        found.Should().BeGreaterThan(SeedCount / 4, "pointers lead somewhere often enough");
    }

    [Fact]
    public void Damaged_bodies_say_what_a_document_says()
    {
        for (int seed = 0; seed < SeedCount; seed++)
        {
            Random random = new(seed);
            byte[] body = Encoding.UTF8.GetBytes(Value(random, depth: 0));
            for (int i = 0; i < 3 && body.Length > 0; i++)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            _ = Compare(body, $"seed {seed}");
        }
    }

    [Fact]
    public void Long_and_deep_bodies_are_read_alike()
    {
        string many = string.Join(',', Enumerable.Range(0, 400).Select(static i => $"\"n{i}\":{i}"));
        Compare(Encoding.UTF8.GetBytes($"{{{many},\"a\":\"x\"}}"), "many names").Should().Be(1);
        Compare(Encoding.UTF8.GetBytes($"{{{many},\"a\":1,\"n7\":2}}"), "one of many twice").Should().Be(0);
        foreach (int depth in (int[])[30, 31, 32, 33, 64])
        {
            string deep = new string('[', depth) + new string(']', depth);
            Compare(Encoding.UTF8.GetBytes($"{{\"a\":1,\"x\":{deep}}}"), $"depth {depth}").Should()
                .Be(depth < ClaimReader.DepthMax ? 1 : 0);
        }
    }

    // A message of 300 bytes with three claims: the verdict again, its claims, and the values.
    [Fact]
    public void Reading_claims_allocates_little_beside_the_values()
    {
        string note = new('x', 230);
        byte[] body = Encoding.UTF8.GetBytes(
            $$"""{"order":{"id":"A-7","total":4990,"currency":"EUR"},"note":"{{note}}"}""");
        ValueList<ClaimField> fields =
        [
            new("amount", "body:/order/total"), new("currency", "body:/order/currency"),
            new("order-id", "body:/order/id"),
        ];
        (EvidenceVerdict verdict, EvidenceInput input) = (Valid(), Input(body));
        ClaimReader.Read(verdict, input, fields).Claims.Should().HaveCount(3);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = ClaimReader.Read(verdict, input, fields);
        }

        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        each.Should().BeLessThan(512, "a verdict is 208 bytes, three claims 80 and 24, and three values 96");
    }

    private static int Compare(byte[] body, string because)
    {
        ValueList<EvidenceClaim> read = ClaimReader.Read(Valid(), Input(body), Fields).Claims;

        List<EvidenceClaim> expected = [];
        using JsonDocument? document = Parse(body);
        foreach (ClaimField field in Fields)
        {
            if (document is not null && Find(document.RootElement, field.From.Name) is { } text)
            {
                expected.Add(new(field.From.ToString(), text));
            }
        }

        read.Should().Equal(expected, because);
        return expected.Count;
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            JsonDocument document = JsonDocument.Parse(
                text.StartsWith('\uFEFF') ? "!" : text, new() { AllowDuplicateProperties = false, MaxDepth = 32 });
            Read(document.RootElement);
            return document;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    // Halves of characters show when somebody reads them.
    private static void Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Read(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            default:
                break;
        }
    }

    private static string? Find(JsonElement at, string pointer)
    {
        foreach (string part in pointer[1..].Split('/'))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out JsonElement member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && name == index.ToString(CultureInfo.InvariantCulture) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
    }

    private static string Value(Random random, int depth) => random.Next(depth == 0 ? 2 : depth < 4 ? 9 : 7) switch
    {
        0 => Object(random, depth),
        1 or 7 => $"[{string.Join(random.Next(2) == 0 ? "," : " , ", Items(random, depth))}]",
        2 => random.Next(-50, 50).ToString(CultureInfo.InvariantCulture),
        3 => "1.50e-3",
        4 => random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
        5 => $"\"{Names[random.Next(Names.Length)]}\"",
        6 => random.Next(8) == 0 ? "\"\\ud83d\"" : "\"\\ud83d\\ude00 \\n\"",
        _ => Object(random, depth),
    };

    private static string Object(Random random, int depth)
    {
        IEnumerable<string> names = Enumerable.Range(0, random.Next(5))
            .Select(_ => Names[random.Next(Names.Length)]);
        names = random.Next(10) == 0 ? names : names.Distinct();
        return $"{{{string.Join(',', names.Select(n => $"\"{Escaped(n, random)}\" : {Value(random, depth + 1)}"))}}}";
    }

    private static string Escaped(string name, Random random) => random.Next(12) == 0 && name.Length > 0
        ? $"\\u{(int)name[0]:x4}{name[1..]}"
        : name;

    private static IEnumerable<string> Items(Random random, int depth) =>
        Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1));

    private static EvidenceVerdict Valid() => new()
    {
        Kind = "paid",
        Scheme = "acme.x",
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Covered = ["body"],
        ReceivedAt = Instant.FromUnixTimeSeconds(0),
    };

    private static EvidenceInput Input(byte[] body) => new()
    {
        Kind = "paid",
        Scheme = "acme.x",
        ReceivedAt = Instant.FromUnixTimeSeconds(0),
        Body = body,
    };
}
