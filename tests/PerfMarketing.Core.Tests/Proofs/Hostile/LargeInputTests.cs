using System.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>64 kB of anything cost at most 32 times as much memory. Time is not measured here.</summary>
[Collection(HostileInputs.Name)]
public sealed class LargeInputTests
{
    private const int Size = 64 * 1024;
    private const int FactorMax = 32;

    private static readonly string[] Pieces =
    [
        "a", "A", ".", "=", "[", "{", "\"", "\\", "\\u0061", "{\"a\":", "[1,", "1,", "\"\",", "&", "a=1&", "%41", "+",
        "\u2063", "v1,AAAA ", "9", "-", "eyJ", ";", "(", "\0", "\U0001F600",
    ];

    public static TheoryData<string> Names =>
        [.. All.Select(static s => s.Name), "contract"];

    private static IEnumerable<SignedSample> All =>
        SignedSamples.Codes.Concat(SignedSamples.Signatures).Concat(SignedSamples.Tokens);

    [Theory]
    [MemberData(nameof(Names))]
    public void Memory_is_bounded(string name)
    {
        List<string> tooMuch = [];
        foreach (byte[] text in Texts())
        {
            foreach (Action parse in Parses(name, text))
            {
                parse();
                long before = GC.GetAllocatedBytesForCurrentThread();
                parse();
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated > (long)FactorMax * Size)
                {
                    tooMuch.Add($"{allocated / Size} times: {Encoding.UTF8.GetString(text.AsSpan(0, 40))}");
                }
            }
        }

        tooMuch.Should().BeEmpty();
    }

    // In the body and, as far as they may be so long at all, in the address and in a header.
    private static IEnumerable<Action> Parses(string name, byte[] text)
    {
        if (name == "contract")
        {
            return [() => CampaignJson.TryParseCampaign(text, [], out _)];
        }

        SignedSample sample = All.Single(s => s.Name == name);
        string chars = Encoding.UTF8.GetString(text);
        string few = chars[..Math.Min(chars.Length, EvidenceInput.HeaderLengthMax / 2)];
        EvidenceInput whole = sample.Input;
        EvidenceHeader[] headers = [.. whole.Headers.Select(h => h with { Value = few })];
        EvidenceRequest Address(string query) => new("POST", $"https://h.example/?{query}");
        return
        [
            () => sample.Verify(With(whole, text, whole.Headers, whole.Request)),
            () => sample.Verify(With(whole, text, whole.Headers, Address(chars))),
            () => sample.Verify(With(whole, text, whole.Headers, Address(few))),
            () => sample.Verify(With(whole, text, ValueList.Create<EvidenceHeader>(headers), whole.Request)),
        ];
    }

    private static EvidenceInput With(
        EvidenceInput input, byte[] body, ValueList<EvidenceHeader> headers, EvidenceRequest? request) => new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            ReceivedAt = input.ReceivedAt,
            Id = input.Id,
            Body = body,
            Headers = headers,
            Request = request,
        };

    private static IEnumerable<byte[]> Texts()
    {
        foreach (string piece in Pieces)
        {
            yield return Filled(string.Empty, static _ => string.Empty, piece);
        }

        yield return Filled("{\"version\":\"4.0\"", static i => $",\"m{i}\":{i}", null, "}");
        yield return Filled("[{}", static _ => ",{}", null, "]");
        yield return Filled("[{\"sg_event_id\":\"e\"}", static i => $",{{\"event\":\"{i}\"}}", null, "]");
        yield return Filled("{\"contracts\":[1", static _ => ",1", null, "]}");
        yield return Filled("{\"jws-string\":\"", static _ => "A", null, "\"}");
        yield return Filled("a=1", static i => $"&b{i}=%4{i % 10}", null);
    }

    private static byte[] Filled(string first, Func<int, string> more, string? piece, string last = "")
    {
        StringBuilder text = new(first);
        for (int i = 0; text.Length < Size - last.Length - 16; i++)
        {
            text.Append(piece ?? more(i));
        }

        return [.. Encoding.UTF8.GetBytes(text.Append(last).ToString()).Take(Size)];
    }
}
