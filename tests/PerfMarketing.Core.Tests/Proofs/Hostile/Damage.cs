using System.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>
/// Damaged copies of one message: first each bit turned over alone, then each part cut off at each place, then two or
/// three bits at once by chance.
/// </summary>
#pragma warning disable CA5394 // The seed makes every run the same; nothing here is secret.
internal sealed class Damage(SignedSample sample, int seed)
{
    private readonly Random random = new(seed);
    private readonly byte[][] parts =
    [
        sample.Input.Body.ToArray(),
        Encoding.Latin1.GetBytes(Covered(sample)),
        .. sample.Input.Headers.Select(static h => Encoding.Latin1.GetBytes(h.Value)),
    ];

    private int Length => parts.Sum(static p => p.Length);

    /// <summary>The damaged message of a number.</summary>
    internal EvidenceInput Number(int number)
    {
        byte[][] damaged = [.. parts.Select(static p => (byte[])p.Clone())];
        if (number < Length * 8)
        {
            Flip(damaged, number);
        }
        else if (number < Length * 9)
        {
            Cut(damaged, number - (Length * 8));
        }
        else
        {
            HashSet<int> bits = [];
            int count = random.Next(2, 4);
            while (bits.Count < count)
            {
                _ = bits.Add(random.Next(Length * 8));
            }

            foreach (int bit in bits)
            {
                Flip(damaged, bit);
            }
        }

        return Message(damaged);
    }

    /// <summary>What a message says, to find out why it was accepted.</summary>
    internal string Describe(EvidenceInput input) => string.Join(
        " | ", input.Headers.Select(static h => h.Value).Append(input.Request?.Url)
            .Append(Encoding.Latin1.GetString(input.Body.Span)));

    private static string Covered(SignedSample sample) =>
        sample.Input.Request is { } request && sample.AddressFrom < request.Url.Length
            ? request.Url[sample.AddressFrom..]
            : string.Empty;

    private static void Flip(byte[][] damaged, int bit)
    {
        int at = bit / 8;
        foreach (byte[] part in damaged)
        {
            if (at < part.Length)
            {
                part[at] ^= (byte)(1 << (bit % 8));
                return;
            }

            at -= part.Length;
        }
    }

    private static void Cut(byte[][] damaged, int at)
    {
        for (int i = 0; i < damaged.Length; i++)
        {
            if (at < damaged[i].Length)
            {
                damaged[i] = damaged[i][..at];
                return;
            }

            at -= damaged[i].Length;
        }
    }

    private EvidenceInput Message(byte[][] damaged) => new()
    {
        Kind = sample.Input.Kind,
        Scheme = sample.Input.Scheme,
        ReceivedAt = sample.Input.ReceivedAt,
        Body = damaged[0],
        Request = sample.Input.Request is { } request && sample.AddressFrom < request.Url.Length
            ? request with { Url = request.Url[..sample.AddressFrom] + Encoding.Latin1.GetString(damaged[1]) }
            : sample.Input.Request,
        Headers = sample.Input.Headers
            .Select((h, i) => h with { Value = Encoding.Latin1.GetString(damaged[i + 2]) }).ToValueList(),
    };
}
