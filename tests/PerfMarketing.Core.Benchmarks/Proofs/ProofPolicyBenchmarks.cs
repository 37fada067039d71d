using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Benchmarks.Proofs;

/// <summary>What judging six pieces of evidence costs; the aim is 2 µs.</summary>
[MemoryDiagnoser]
public class ProofPolicyBenchmarks
{
    private static readonly Instant Sold = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static readonly ProofSubject Subject = ProofSubject.Of(new Outcome
    {
        Id = new("o1"),
        At = Sold,
        Kind = OutcomeKind.Sale,
        Value = 49.90m.Eur,
        OrderId = new OrderId("A-7"),
    }) with
    {
        Beneficiaries = [new("p-blog")],
        Uses = ["amount", "order-id"],
    };

    private static readonly ValueList<EvidenceVerdict> Six =
        [Says("paid", 1), Says("shipped", 2), Says("kept", 3), Says("paid", 4), Says("shipped", 5), Says("kept", 6)];

    private static readonly ProofPolicy One = ProofPolicy.Require("paid", within: Duration.FromDays(14));

    private static readonly ProofPolicy All = ProofPolicy.All(
        ProofPolicy.Require("paid", within: Duration.FromDays(14)),
        ProofPolicy.Require("shipped") with { States = ["delivered"] },
        ProofPolicy.Some(1, ProofPolicy.Require("kept"), ProofPolicy.Require("returned")));

    private static readonly ProofPolicy Named =
        ProofPolicy.Require("paid") with { CoveredClaims = CoveredClaims.AsNamed };

    [Benchmark(Baseline = true)]
    public Qualification Judge_one_requirement() => One.Judge(Subject, Six, Sold + Duration.FromDays(9));

    [Benchmark]
    public Qualification Judge_all_of_three() => All.Judge(Subject, Six, Sold + Duration.FromDays(9));

    [Benchmark]
    public Qualification Judge_without_covered_claims() => Named.Judge(Subject, Six, Sold + Duration.FromDays(9));

    private static EvidenceVerdict Says(EvidenceKind kind, int day) => new()
    {
        Kind = kind,
        Scheme = SchemeId.StandardWebhooks,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Mac,
        Party = new PartyId("shop"),
        ReplayKey = new EvidenceId($"e{day}"),
        Content = Digest.Of([(byte)day]),
        State = "delivered",
        Claims = [new("amount", "49.90"), new("order-id", "A-7")],
        ReceivedAt = Sold + Duration.FromDays(day),
    };
}
