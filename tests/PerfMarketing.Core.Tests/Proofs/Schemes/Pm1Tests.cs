using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs.Schemes;

public sealed class Pm1Tests
{
    private static readonly JsonElement File = Load();
    private static readonly ProofKey Key =
        Pm1.Key(new(File.GetProperty("keyId").GetString()!), File.GetProperty("secretBase64").GetString()!) with
        {
            Party = new PartyId("partner-7"),
        };

    // Source: pm1-vectors.json beside this file.
    public static TheoryData<string> Names => [.. File.GetProperty("vectors").EnumerateArray().Select(NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Vectors_are_judged_as_they_say(string name)
    {
        JsonElement vector = File.GetProperty("vectors").EnumerateArray().Single(v => NameOf(v) == name);
        string query = vector.GetProperty("query").GetString()!;
        Instant receivedAt = At(vector.GetProperty("receivedAt").GetString()!);
        string? reason = vector.GetProperty("reason").GetString();

        foreach (EvidenceInput input in new[] { InQuery(query, receivedAt), InForm(query, receivedAt) })
        {
            EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, new(Key));

            (verdict.Reason?.Code).Should().Be(reason, name);
            verdict.Authenticity.Should().Be(
                reason switch
                {
                    null => Authenticity.Valid,
                    ProofReasons.UnknownKey => Authenticity.Indeterminate,
                    _ => Authenticity.Invalid,
                },
                name);
            if (vector.TryGetProperty("encoding", out JsonElement encoding))
            {
                Encoded(verdict.Claims).Should().Be(encoding.GetString(), name);
            }
        }
    }

    [Fact]
    public void A_signed_message_is_the_known_answer()
    {
        Pm1.Sign(Key, Message()).Should().Be(Query("known-answer"));
        ReadFile("docs/send-signed-postbacks.md").Should().Contain($"\n{Query("known-answer")}\n");
    }

    [Fact]
    public void Every_field_is_a_covered_claim()
    {
        EvidenceVerdict verdict = Verify(Query("failed-with-state"));

        verdict.Strength.Should().Be(ProofStrength.Mac);
        verdict.Covered.Should().Equal("fields");
        verdict.Uncovered.Should().BeEmpty();
        verdict.Claims.Select(static c => c.Name).Should().Equal(
            "amount", "contract", "currency", "event-id", "issued-at", "key-id", "kind", "nonce", "occurred-at",
            "result", "state");
        verdict.Claims.Should().Contain(new EvidenceClaim("amount", "19999"));
        verdict.Finding.Should().Be(EvidenceFinding.Failed);
        verdict.State.Should().Be("bounced");
        verdict.ReplayKey.Should().Be(new EvidenceId("order-1001"));
        verdict.Party.Should().Be(new PartyId("partner-7"));
        verdict.AssertedAt.Should().Be(At("2026-03-03T12:00:00Z"));
    }

    [Fact]
    public void A_repetition_signed_anew_says_the_same_and_other_money_does_not()
    {
        Pm1Message again = Message() with
        {
            IssuedAt = At("2026-03-03T12:00:05Z"),
            Nonce = "another-nonce-16",
        };

        EvidenceVerdict first = Verify(Pm1.Sign(Key, Message()));
        EvidenceVerdict second = Verify(Pm1.Sign(Key, again));
        Pm1Message dearer = again with { Fields = [new("amount", "1"), new("currency", "EUR")] };
        EvidenceVerdict other = Verify(Pm1.Sign(Key, dearer));

        (second.ReplayKey, second.Content).Should().Be((first.ReplayKey, first.Content));
        other.ReplayKey.Should().Be(first.ReplayKey);
        other.Content.Should().NotBe(first.Content);
    }

    [Fact]
    public void The_form_in_a_body_stands_alone()
    {
        EvidenceInput input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Pm1,
            ReceivedAt = At("2026-03-03T12:00:10Z"),
            Request = new("POST", "https://host.example/?amount=5&currency=EUR"),
            Body = Encoding.ASCII.GetBytes(Query("without-money")),
        };

        EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, new(Key));

        verdict.IsValid.Should().BeTrue();
        verdict.Claims.Should().NotContain(static claim => claim.Name == "amount");
    }

    [Fact]
    public void Nothing_is_signed_that_would_not_verify()
    {
        ProofKey[] keys =
        [
            Key with { State = ProofKeyState.Retiring },
            Key with { Scheme = SchemeId.Stripe },
            Key with { Material = ProofSecret.FromBytes(new byte[16]) },
            Key with { Material = ProofPublicKey.FromPoint([]) },
        ];
        Pm1Message[] messages =
        [
            Message() with { Nonce = "short" },
            Message() with { Fields = [new("amount", "1")] },
            Message() with { Fields = [new("kind", "x")] },
            Message() with { Fields = [new("sig", "x")] },
            Message() with { Fields = [new("note", "\ud800")] },
            Message() with { OccurredAt = At("2026-03-03T12:05:01Z") },
        ];

        keys.Should().OnlyContain(key => Refuses(() => Pm1.Sign(key, Message())));
        messages.Should().OnlyContain(message => Refuses(() => Pm1.Sign(Key, message)));
    }

    [Fact]
    public void Every_flipped_bit_is_seen()
    {
        byte[] form = Encoding.ASCII.GetBytes(Query("known-answer"));
        EvidenceVerdict untouched = EvidenceSchemes.Default.Verify(InForm(form), new(Key));
        for (int bit = 0; bit < form.Length * 8; bit++)
        {
            byte[] flipped = [.. form];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(InForm(flipped), new(Key));

            // A hexadecimal digit of the signature in the other case is the same signature.
            (!verdict.IsValid || verdict.Claims == untouched.Claims).Should().BeTrue("bit {0}", bit);
        }
    }

    private static bool Refuses(Func<string> sign)
    {
        try
        {
            sign();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static Pm1Message Message() => new()
    {
        Contract = new("acme-2026"),
        Kind = "order-paid",
        EventId = new("order-1001"),
        OccurredAt = At("2026-03-03T11:59:00Z"),
        IssuedAt = At("2026-03-03T12:00:00Z"),
        Nonce = "3q2-7wAAAAAAAAAA",
        Fields = [new("amount", "19999"), new("currency", "EUR")],
    };

    // The specification once more, as short as it can be.
    private static string Encoded(ValueList<EvidenceClaim> claims) =>
        "pm1\n" + string.Concat(claims.Select(static c => $"{c.Name}={Uri.EscapeDataString(c.Value)}\n"));

    private static EvidenceVerdict Verify(string query) =>
        EvidenceSchemes.Default.Verify(InQuery(query, At("2026-03-03T12:00:10Z")), new(Key));

    private static EvidenceInput InQuery(string query, Instant receivedAt) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.Pm1,
        ReceivedAt = receivedAt,
        Request = new("GET", $"https://host.example/postback?{query}"),
    };

    private static EvidenceInput InForm(string query, Instant receivedAt) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.Pm1,
        ReceivedAt = receivedAt,
        Body = Encoding.ASCII.GetBytes(query),
    };

    private static EvidenceInput InForm(byte[] form) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.Pm1,
        ReceivedAt = At("2026-03-03T12:00:10Z"),
        Body = form,
    };

    private static string Query(string name) => File.GetProperty("vectors").EnumerateArray()
        .Single(v => NameOf(v) == name).GetProperty("query").GetString()!;

    private static string NameOf(JsonElement vector) => vector.GetProperty("name").GetString()!;

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;

    private static JsonElement Load() => JsonSerializer.Deserialize<JsonElement>(
        ReadFile("tests/PerfMarketing.Core.Tests/Proofs/Schemes/pm1-vectors.json"));

    private static string ReadFile(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, path)))
        {
            folder = folder.Parent;
        }

        return System.IO.File.ReadAllText(Path.Combine(folder!.FullName, path));
    }
}
