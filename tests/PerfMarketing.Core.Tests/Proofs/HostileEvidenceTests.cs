using System.Text;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs;

#pragma warning disable CA5394 // The seed makes every run the same; nothing here is secret.
public sealed class HostileEvidenceTests
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_614_265_330);
    private static readonly ProofKey Key = StandardWebhooks.Key(new("k"), StandardWebhooksVectors.Secret);
    private static readonly KeyRing Keys = new(Key, StandardWebhooks.Key(new("broken"), "whsec_"));

    private static readonly string[] Pieces =
    [
        "v1,", "v1a,", "v2,", ",", " ", "=", ".", "\0", "\r\n", "\ud800", "\uffff", "é", "٣", "-", "+", "0x", "1e9",
        "99999999999999999999", "1614265330", "msg", "AAAA", new string('A', 44), new string('9', 300), "\u202e",
    ];

    [Fact]
    public void Any_headers_and_bytes_give_a_verdict()
    {
        Random random = new(20_260_321);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] body = new byte[random.Next(64)];
            random.NextBytes(body);
            EvidenceHeader[] headers = [.. StandardWebhooks.Sign(Key, new("m-1"), Now, body)];
            EvidenceInput input = Input(Mutated(headers, random), Mutated(body, random), random);

            EvidenceVerdict verdict = EvidenceSchemes.Default.Verify(input, Keys);

            bool isUntouched = input.Headers == ValueList.Create<EvidenceHeader>(headers)
                && input.Body.Span.SequenceEqual(body);
            if (isUntouched && input.Scheme == SchemeId.StandardWebhooks && input.ReceivedAt == Now)
            {
                verdict.IsValid.Should().BeTrue();
            }
            else if (verdict.IsValid && verdict.Scheme == SchemeId.StandardWebhooks)
            {
                input.Body.Span.SequenceEqual(body).Should().BeTrue("only what is signed is valid");
            }

            (verdict.Reason is null).Should().Be(verdict.IsValid);
            verdict.Strength.Should().Be(verdict switch
            {
                { IsValid: false } => ProofStrength.None,
                { Scheme: var scheme } when scheme == SchemeId.Asserted => ProofStrength.Asserted,
                _ => ProofStrength.Mac,
            });
            ProofPolicy.Require("order-paid").Judge(Now, [verdict], Now).Should().NotBeNull();
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_message_is_seen()
    {
        byte[] body = Encoding.UTF8.GetBytes(StandardWebhooksVectors.Body);
        ValueList<EvidenceHeader> headers = StandardWebhooks.Sign(Key, new("m-1"), Now, body);
        for (int bit = 0; bit < body.Length * 8; bit++)
        {
            byte[] flipped = [.. body];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Verify(headers, flipped).Should().BeFalse();
        }

        for (int header = 0; header < headers.Count; header++)
        {
            for (int bit = 0; bit < headers[header].Value.Length * 8; bit++)
            {
                char[] value = headers[header].Value.ToCharArray();
                value[bit / 8] ^= (char)(1 << (bit % 8));
                EvidenceHeader[] changed = [.. headers];
                changed[header] = changed[header] with { Value = new(value) };
                Verify(ValueList.Create<EvidenceHeader>(changed), body).Should().BeFalse();
            }
        }
    }

    private static bool Verify(ValueList<EvidenceHeader> headers, byte[] body) => StandardWebhooks.V1.Verify(
        new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.StandardWebhooks,
            ReceivedAt = Now,
            Headers = headers,
            Body = body,
        },
        Keys).IsValid;

    private static EvidenceInput Input(ValueList<EvidenceHeader> headers, byte[] body, Random random) => new()
    {
        Kind = random.Next(20) == 0 ? default(EvidenceKind) : "order-paid",
        Scheme = random.Next(20) switch
        {
            0 => default,
            1 => "acme.unknown",
            2 => SchemeId.Asserted,
            _ => SchemeId.StandardWebhooks,
        },
        Id = random.Next(3) switch { 0 => null, 1 => default(EvidenceId), _ => new EvidenceId("psp-1") },
        ReceivedAt = random.Next(20) switch { 0 => Instant.MinValue, 1 => Instant.MaxValue, _ => Now },
        Headers = headers,
        Body = body,
    };

    private static ValueList<EvidenceHeader> Mutated(EvidenceHeader[] headers, Random random)
    {
        List<EvidenceHeader> list = [.. headers];
        for (int i = random.Next(4); i > 0; i--)
        {
            int at = random.Next(list.Count);
            string value = list[at].Value ?? string.Empty;
            string piece = Pieces[random.Next(Pieces.Length)];
            list[at] = random.Next(7) switch
            {
                0 => list[at] with { Value = piece },
                1 => list[at] with { Value = value + piece },
                2 => list[at] with { Value = value.Insert(random.Next(value.Length + 1), piece) },
                3 => list[at] with { Value = value[..random.Next(value.Length + 1)] },
                4 => list[at] with { Name = piece },
                5 => default,
                _ => list[at] with { Value = string.Concat(Enumerable.Repeat(piece, random.Next(2_000))) },
            };
            if (random.Next(8) == 0)
            {
                list.Add(list[random.Next(list.Count)]);
            }
        }

        return list.ToValueList();
    }

    private static byte[] Mutated(byte[] body, Random random)
    {
        byte[] changed = [.. body];
        if (changed.Length > 0 && random.Next(2) == 0)
        {
            changed[random.Next(changed.Length)] ^= (byte)random.Next(256);
        }

        return changed;
    }
}
