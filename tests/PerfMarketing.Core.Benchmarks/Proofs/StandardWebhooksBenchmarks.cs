using System.Text;
using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Benchmarks.Proofs;

/// <summary>What believing one webhook of 300 bytes costs: verifying under one and two keys, and judging.</summary>
[MemoryDiagnoser]
public class StandardWebhooksBenchmarks
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly ProofKey Current = StandardWebhooks.Key(new("a"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly ProofKey Next = StandardWebhooks.Key(new("b"), "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
    private static readonly KeyRing One = new(Current);
    private static readonly KeyRing Two = new(Next, Current);
    private static readonly ProofPolicy Policy = ProofPolicy.Require("order-paid", within: Duration.FromDays(14));

    private static readonly ValueList<ClaimField> Fields =
    [
        new("amount", "body:/order/total"), new("currency", "body:/order/currency"),
        new("order-id", "body:/order/id"),
    ];

    private static readonly string Order =
        "{\"order\":{\"id\":\"A-7\",\"total\":4990,\"currency\":\"EUR\"},\"note\":\"" + new string('x', 230) + "\"}";

    private readonly EvidenceInput input = Signed(new byte[300]);
    private readonly EvidenceInput order = Signed(Encoding.ASCII.GetBytes(Order));
    private readonly EvidenceVerdict[] verdicts = [EvidenceSchemes.Default.Verify(Signed(new byte[300]), One)];

    [Benchmark(Baseline = true)]
    public EvidenceVerdict Verify_one_key() => EvidenceSchemes.Default.Verify(input, One);

    [Benchmark]
    public EvidenceVerdict Verify_two_keys() => EvidenceSchemes.Default.Verify(input, Two);

    [Benchmark]
    public EvidenceVerdict Verify_with_claims() =>
        ClaimReader.Read(EvidenceSchemes.Default.Verify(order, One), order, Fields);

    [Benchmark]
    public Qualification Judge() => Policy.Judge(Now, verdicts, Now);

    [Benchmark]
    public Qualification Judge_without_policy() => ProofPolicy.None.Judge(Now, [], Now);

    private static EvidenceInput Signed(byte[] body) => new()
    {
        Kind = "order-paid",
        Scheme = SchemeId.StandardWebhooks,
        Headers = StandardWebhooks.Sign(Current, new("msg-1"), Now, body),
        Body = body,
        ReceivedAt = Now,
    };
}
