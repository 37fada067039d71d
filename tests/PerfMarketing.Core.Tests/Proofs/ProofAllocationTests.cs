using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using static PerfMarketing.Tests.Proofs.ProofPolicyTests;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofAllocationTests
{
    private static readonly Instant Sold = Instant.FromUtc(2026, 3, 3, 12, 0);

    // Nothing is sorted or copied that need not be: a decision on six pieces stays within a few objects.
    [Fact]
    public void Judging_six_pieces_allocates_little()
    {
        AllOf policy = ProofPolicy.All(
            ProofPolicy.Require("paid"),
            ProofPolicy.Require("shipped"),
            ProofPolicy.Some(1, ProofPolicy.Require("kept"), ProofPolicy.Require("returned")));
        ValueList<EvidenceVerdict> six =
        [
            Says("paid", "a", 1), Says("shipped", "b", 2), Says("kept", "c", 3), Says("paid", "d", 4),
            Says("shipped", "e", 5), Says("kept", "f", 6),
        ];
        Name(policy.Judge(Sold, six, Sold + Duration.FromDays(40))).Should().Be("qualified");

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = policy.Judge(Sold, six, Sold + Duration.FromDays(40));
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).Should().BeLessThan(1_000);
    }

    private static EvidenceVerdict Says(EvidenceKind kind, string id, int day) => Paid(id, day) with { Kind = kind };
}
