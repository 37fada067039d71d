using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>No message with bits turned over or with its end cut off is ever believed.</summary>
[Collection(HostileInputs.Name)]
public sealed class BitFlipTests
{
    private const int PerCode = 72_000;
    private const int PerSignature = 40_000;
    private const int Chunks = 4;

    [Fact]
    public void Samples_are_valid_as_they_are()
    {
        SignedSample[] all = [.. SignedSamples.Codes, .. SignedSamples.Signatures];

        all.Concat(SignedSamples.Tokens).Where(static s => !s.Verify(s.Input).IsValid)
            .Select(static s => $"{s.Name}: {s.Verify(s.Input).Reason}").Should().BeEmpty();
        // Some cover no content, tokens of double opt-in have a test of their own, and of AdAttributionKit the
        // development twin is damaged.
        string[] others = ["asserted", "bearer-token", "receipt", "double-opt-in", "ad-attribution-kit"];
        EvidenceSchemes.Default.Ids.Except(all.Select(static s => s.Input.Scheme)).Select(static id => id.ToString())
            .Should().BeEquivalentTo(others);
    }

    [Fact]
    public void Of_a_million_damaged_messages_none_is_accepted()
    {
        Counts codes = Run(SignedSamples.Codes, PerCode);
        Counts signatures = Run(SignedSamples.Signatures, PerSignature);

        codes.Accepted.Concat(signatures.Accepted).Should().BeEmpty();
        (codes.Tried + signatures.Tried).Should().BeGreaterThanOrEqualTo(1_000_000);
        signatures.Tried.Should().BeGreaterThanOrEqualTo(30_000);
        signatures.ByKey.Should().BeGreaterThanOrEqualTo(15_000, "these are refused by the curve");
    }

    private static Counts Run(ValueList<SignedSample> samples, int each)
    {
        Counts all = new();
        Parallel.For(0, samples.Count * Chunks, job =>
        {
            SignedSample sample = samples[job / Chunks];
            Counts mine = new();
            Damage damage = new(sample, job);
            for (int i = job % Chunks; i < each; i += Chunks)
            {
                EvidenceInput input = damage.Number(i);
                EvidenceVerdict verdict = sample.Verify(input);
                mine.Tried++;
                mine.ByKey += verdict.Reason?.Code == ProofReasons.NoMatch ? 1 : 0;
                if (verdict.IsValid)
                {
                    mine.Accepted.Add($"{sample.Name} {i}: {damage.Describe(input)}");
                }
            }

            lock (all)
            {
                all.Add(mine);
            }
        });
        return all;
    }

    private sealed class Counts
    {
        internal int Tried { get; set; }

        internal int ByKey { get; set; }

        internal List<string> Accepted { get; } = [];

        internal void Add(Counts other)
        {
            Tried += other.Tried;
            ByKey += other.ByKey;
            Accepted.AddRange(other.Accepted.Take(20));
        }
    }
}
