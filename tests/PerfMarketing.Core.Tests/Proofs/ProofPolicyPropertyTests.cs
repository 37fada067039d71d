using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofPolicyPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(10_000).WithReplay(20_260_305, 1);

    private static readonly Instant Sold = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static readonly ProofPolicy[] Policies =
    [
        ProofPolicy.None,
        ProofPolicy.Require("paid"),
        ProofPolicy.Require("paid", ProofStrength.Asserted, Duration.FromDays(2)),
        ProofPolicy.Require("paid", ProofStrength.Signature, Duration.FromDays(4)),
        ProofPolicy.Require("paid", within: Duration.FromDays(3)) with { Schemes = [SchemeId.StandardWebhooks] },
    ];

    private static readonly Gen<EvidenceVerdict> Verdicts =
        from kind in Gen.Elements<EvidenceKind>("paid", "shipped")
        from scheme in Gen.Elements(SchemeId.StandardWebhooks, SchemeId.Asserted, new SchemeId("acme.x"))
        from authenticity in Gen.Elements(Authenticity.Valid, Authenticity.Valid, Authenticity.Invalid)
        from strength in Gen.Choose(0, 6)
        from id in Gen.Elements("a", "b", "c")
        from content in Gen.Frequency((4, Gen.Constant("same")), (1, Gen.Constant("other")))
        from day in Gen.Choose(0, 5)
        select new EvidenceVerdict
        {
            Kind = kind,
            Scheme = scheme,
            Authenticity = authenticity,
            Strength = (ProofStrength)strength,
            ReplayKey = new EvidenceId(id),
            Content = Digest.Of(System.Text.Encoding.ASCII.GetBytes(content)),
            ReceivedAt = Sold + Duration.FromDays(day),
        };

    [Fact]
    public void The_order_of_evidence_makes_no_difference() =>
        Check(static (policy, verdicts, asOf) =>
        {
            Qualification decision = policy.Judge(Sold, verdicts, asOf);
            return Permutations(verdicts).All(p => policy.Judge(Sold, p, asOf) == decision);
        });

    [Fact]
    public void Repeating_evidence_makes_no_difference() =>
        Check(static (policy, verdicts, asOf) =>
            policy.Judge(Sold, [.. verdicts, .. verdicts], asOf) == policy.Judge(Sold, verdicts, asOf));

    [Fact]
    public void More_consistent_evidence_never_lowers_a_decision() =>
        Check(static (policy, verdicts, asOf) =>
        {
            EvidenceVerdict[] consistent = [.. verdicts.Select(static v => v with { Content = default })];
            return Enumerable.Range(0, consistent.Length + 1)
                .Select(n => Rank(policy.Judge(Sold, consistent[..n], asOf)))
                .Aggregate((Low: 0, Ok: true), static (seen, rank) => (rank, seen.Ok && rank >= seen.Low)).Ok;
        });

    [Fact]
    public void Terms_of_a_decision_and_of_a_verdict_read_back() =>
        Check(static (policy, verdicts, asOf) =>
        {
            TermFailures failures = [];
            Qualification decision = policy.Judge(Sold, verdicts, asOf);
            return TermReader.Read(TermNode.Of(decision), failures, Qualification.Read) == decision
                && verdicts.All(v => TermReader.Read(TermNode.Of(v), failures, EvidenceVerdict.Read) == v)
                && failures.IsEmpty;
        });

    private static int Rank(Qualification decision) => decision.Match(
        qualified: static _ => 1, pending: static _ => 0, rejected: static _ => 0, disputed: static _ => -1);

    // All orders of up to four pieces, and the turns and the mirror of more.
    private static IEnumerable<EvidenceVerdict[]> Permutations(EvidenceVerdict[] items) => items.Length switch
    {
        0 => [[]],
        <= 4 => items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]])
            .Select(rest => (EvidenceVerdict[])[item, .. rest])),
        _ => Enumerable.Range(0, items.Length).Select(i => (EvidenceVerdict[])[.. items[i..], .. items[..i]])
            .Append([.. items.Reverse()]),
    };

    private static void Check(Func<ProofPolicy, EvidenceVerdict[], Instant, bool> law)
    {
        Gen<(ProofPolicy Policy, EvidenceVerdict[] Verdicts, Instant AsOf)> cases =
            from policy in Gen.Elements(Policies)
            from count in Gen.Choose(0, 6)
            from verdicts in Verdicts.ArrayOf(count)
            from day in Gen.Choose(0, 6)
            select (policy, verdicts, Sold + Duration.FromDays(day));
        Prop.ForAll(cases.ToArbitrary(), c => law(c.Policy, c.Verdicts, c.AsOf)).Check(Seeded);
    }
}
