using System.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>
/// Whatever a stranger changes in a message that stays authentic: what is covered says the same as before.
/// </summary>
public sealed class UncoveredBytesTests
{
    private static readonly string[] Names =
    [
        "a", "amount", "app-id", "body", "content-digest", "conversion-value", "country-code", "date", "fields", "form",
        "hash", "header", "hmac", "id", "jws-string", "order", "payload", "query", "sig", "signature", "status",
        "text", "timestamp", "url", "version", "webhook-id", "x-sum",
    ];

    // Every name in every place, as if contracts had asked for all of it.
    private static readonly ValueList<ClaimField> Asked =
    [
        .. Names.SelectMany(static name => new[] { $"query:{name}", $"header:{name}", $"form:{name}", $"body:/{name}" })
            .Select(static (from, i) => new ClaimField($"c{i}", from)),
    ];

    public static TheoryData<string> Messages => [.. All().Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_change_of_what_is_not_covered_changes_no_covered_claim(string name)
    {
        SignedSample sample = All()[name];
        EvidenceVerdict before = Read(sample, sample.Input);
        List<string> changed = [];
        int authentic = 0;
        foreach (EvidenceInput input in Changes(sample.Input))
        {
            EvidenceVerdict after = Read(sample, input);
            authentic += after.IsValid ? 1 : 0;
            // A form without marks may be torn, and then covers nothing; it never says anything else.
            bool isSame = !after.IsValid || (!after.Claims.Except(before.Claims).Any()
                && after.Finding == before.Finding && after.State == before.State && after.ReplayKey == before.ReplayKey
                && after.AssertedAt == before.AssertedAt && after.Content == before.Content);
            if (!isSame && changed.Count < 20)
            {
                changed.Add($"{input.Request?.Url} {Encoding.Latin1.GetString(input.Body.Span)}: {after.Claims}");
            }
        }

        before.IsValid.Should().BeTrue($"{name}: {before.Reason}");
        changed.Should().BeEmpty();
        authentic.Should().BePositive("something of it is not covered");
    }

    // The mistake that this is about: a field that is read from the address although its code leaves it open.
    [Fact]
    public void What_a_scheme_leaves_open_is_not_covered_wherever_it_is_read()
    {
        SignedSample flat = Flattened();
        ValueList<ClaimField> fields = [new("amount", "query:amount"), new("text", "query:text")];

        EvidenceVerdict verdict = ClaimReader.Read(flat.Verify(flat.Input), flat.Input, fields);

        verdict.Claims.Should().Contain(new EvidenceClaim("query:amount", "4990"));
        verdict.Claims.Should().NotContain(static c => c.Name == "query:text");
        verdict.Uncovered.Should().Contain(new EvidenceClaim("query:text", "a_b"));
    }

    private static EvidenceVerdict Read(SignedSample sample, EvidenceInput input) =>
        ClaimReader.Read(sample.Verify(input), input, Asked);

    private static Dictionary<string, SignedSample> All()
    {
        Dictionary<string, SignedSample> all = SignedSamples.Codes.Concat(SignedSamples.Signatures)
            .ToDictionary(static s => s.Name, static s => s with { Input = With(s.Input, HeadersOf(s.Input), null) });
        SignedSample install = all["skadnetwork-4.0"];
        all["skadnetwork-4.0"] = install with { Input = Beside(install.Input, "\"conversion-value\":7,") };
        SignedSample attribution = all["ad-attribution-kit"];
        all["ad-attribution-kit"] = attribution with { Input = Beside(attribution.Input, "\"country-code\":\"us\",") };
        SignedSample flat = Flattened();
        all["vonage-flattened"] = flat with { Input = With(flat.Input, HeadersOf(flat.Input), null) };
        return all;
    }

    private static SignedSample Flattened()
    {
        SignedSample plain = SignedSamples.Codes.Single(static s => s.Name == "vonage");
        byte[] code = System.Security.Cryptography.HMACSHA256.HashData(
            "a secret of many letters"u8, "&amount=4990&text=a_b&timestamp=1800000000"u8);
        return plain with
        {
            Input = With(
                plain.Input,
                [],
                new("GET", "https://host.example/?amount=4990&text=a_b&timestamp=1800000000&sig="
                    + Convert.ToHexStringLower(code))),
        };
    }

    // Headers that bear the names of parts that schemes cover.
    private static EvidenceHeader[] HeadersOf(EvidenceInput input) =>
    [
        .. input.Headers,
        .. Names.Where(n => input.FindHeader(n, out _) == 0).Select(static n => new EvidenceHeader(n, "5")),
    ];

    private static EvidenceInput Beside(EvidenceInput input, string member) => With(
        input, [.. input.Headers], null, [.. Encoding.UTF8.GetBytes("{" + member), .. input.Body.Span[1..]]);

    // Each bit of each part turned over, each byte taken away, and each byte said twice.
    private static IEnumerable<EvidenceInput> Changes(EvidenceInput input)
    {
        foreach (byte[] body in Changes(input.Body.ToArray()))
        {
            yield return With(input, [.. input.Headers], null, body);
        }

        foreach (string url in Changes(input.Request?.Url))
        {
            yield return With(input, [.. input.Headers], input.Request! with { Url = url });
        }

        foreach (string method in Changes(input.Request?.Method))
        {
            yield return With(input, [.. input.Headers], input.Request! with { Method = method });
        }

        for (int i = 0; i < input.Headers.Count; i++)
        {
            foreach (string value in Changes(input.Headers[i].Value))
            {
                yield return With(input, Set(input.Headers, i, input.Headers[i] with { Value = value }), null);
            }

            foreach (string name in Changes(input.Headers[i].Name))
            {
                yield return With(input, Set(input.Headers, i, input.Headers[i] with { Name = name }), null);
            }
        }
    }

    private static EvidenceHeader[] Set(ValueList<EvidenceHeader> headers, int at, EvidenceHeader header) =>
        [.. headers.Select((h, i) => i == at ? header : h)];

    private static IEnumerable<string> Changes(string? text) =>
        Changes(Encoding.Latin1.GetBytes(text ?? string.Empty)).Select(Encoding.Latin1.GetString);

    private static IEnumerable<byte[]> Changes(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << bit);
                yield return flipped;
            }

            yield return [.. bytes[..at], .. bytes[(at + 1)..]];
            yield return [.. bytes[..at], bytes[at], .. bytes[at..]];
            yield return [.. bytes[..at], (byte)' ', .. bytes[at..]];
        }
    }

    private static EvidenceInput With(
        EvidenceInput input, EvidenceHeader[] headers, EvidenceRequest? request, byte[]? body = null) => new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            ReceivedAt = input.ReceivedAt,
            Body = body ?? input.Body,
            Headers = ValueList.Create<EvidenceHeader>(headers),
            Request = request ?? input.Request,
        };
}
