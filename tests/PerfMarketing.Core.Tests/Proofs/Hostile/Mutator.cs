using System.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>Changes messages by chance, the same way for the same seed.</summary>
#pragma warning disable CA5394 // The seed makes every run the same; nothing here is secret.
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\0", "\r\n", "\n", "\"", "\\", "\\u0000", "\\ud800", "\\ud83d\\ude00", "{", "}", "[", "]", ":", ",", ".",
            "..", "=", "==", "-", "_", "+", "/", "%", "%00", "%FF", "%2B", "&", "&&", ";", "?", "#", "@", " ", "\t",
            "(", ")", "1e9", "-1", "0", "00", "99999999999999999999", "null", "true", "false", "[[[[[[[[[[[[[[[[",
            "{\"a\":", "\"alg\":\"none\"", "\"crit\":[]", "\"did-win\":true", "v1,", "t=", "sha256=", "eyJ", "AAAA",
            "\u00e9", "\u2063", "\u202e", "\ufeff", "\U0001F600", "1800000000", "sig=", "created=",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x80],
    ];

    private readonly Random random = new(seed);

    /// <summary>A number from 0 up to a bound.</summary>
    internal int Next(int below) => random.Next(below);

    /// <summary>Bytes with one to four changes: bits, bytes, pieces put in, taken out, doubled or cut off.</summary>
    internal byte[] Change(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> other, int lengthMax = 16 * 1024)
    {
        List<byte> changed = [.. bytes];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(changed.Count + 1);
            int length = Math.Min(random.Next(1, 17), changed.Count - at);
            switch (random.Next(8))
            {
                case 0 when at < changed.Count:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < changed.Count:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 2:
                    changed.RemoveRange(at, length);
                    break;
                case 3:
                    changed.InsertRange(at, changed.GetRange(at, length));
                    break;
                case 4 when random.Next(8) == 0:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                case 5 when other.Length > 0:
                    int from = random.Next(other.Length);
                    changed.InsertRange(at, other.Slice(from, Math.Min(random.Next(1, 33), other.Length - from)));
                    break;
                default:
                    changed.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return [.. changed.Take(lengthMax)];
    }

    /// <summary>A text changed as bytes, at times with half a character that no bytes could hold.</summary>
    internal string Change(string text)
    {
        string changed = Encoding.UTF8.GetString(Change(Encoding.UTF8.GetBytes(text), [], 2_000));
        return random.Next(32) == 0 ? changed.Insert(random.Next(changed.Length + 1), "\ud800") : changed;
    }

    /// <summary>A message with a change in its body, its headers or its address.</summary>
    internal EvidenceInput Change(EvidenceInput input, ReadOnlySpan<byte> other)
    {
        bool inBody = input.Body.Length > 0 && random.Next(2) == 0;
        bool inAddress = input.Request is not null && random.Next(2) == 0;
        bool inHeaders = input.Headers.Count > 0 && (!(inBody || inAddress) || random.Next(2) == 0);
        EvidenceHeader[] headers = [.. input.Headers];
        if (inHeaders)
        {
            int at = random.Next(headers.Length);
            headers[at] = random.Next(16) switch
            {
                0 => default,
                1 => headers[random.Next(headers.Length)],
                2 => headers[at] with { Name = Change(headers[at].Name) },
                _ => headers[at] with { Value = Change(headers[at].Value) },
            };
        }

        return new()
        {
            Kind = input.Kind,
            Scheme = input.Scheme,
            ReceivedAt = input.ReceivedAt,
            Id = input.Id,
            Body = inBody || !(inAddress || inHeaders) ? Change(input.Body.Span, other) : input.Body,
            Headers = ValueList.Create<EvidenceHeader>(headers),
            Request = inAddress ? input.Request! with { Url = Change(input.Request.Url) } : input.Request,
        };
    }
}
