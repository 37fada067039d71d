using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Tests.Proofs;

public sealed class ProofAlgebraPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(20_260_306, 1);

    private static readonly Instant Sold = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static readonly ProofSubject Subject = ProofSubject.Of(new PerfMarketing.Events.Outcome
    {
        Id = new("o1"),
        At = Sold,
        Kind = OutcomeKind.Sale,
        Value = 10.Eur,
    }) with
    {
        Beneficiaries = [new("partner")],
        Uses = ["amount"],
    };

    private static readonly Gen<RequiredProof> Leaves =
        from kind in Gen.Elements<EvidenceKind>("paid", "kept")
        from strength in Gen.Elements(ProofStrength.Asserted, ProofStrength.Mac)
        from within in Gen.Elements<int?>(null, 2, 4)
        from approves in Gen.Elements(false, false, true)
        from states in Gen.Elements(0, 0, 1)
        from claims in Gen.Elements(0, 0, 1)
        from parties in Gen.Elements(1, 1, 2)
        from hold in Gen.Elements(0, 0, 1)
        select new RequiredProof(kind)
        {
            MinStrength = strength,
            Within = within is { } days ? Duration.FromDays(days) : null,
            PastDue = approves && within is not null ? PastDue.Approve : PastDue.Reject,
            States = states == 0 ? [] : ["accepted", "delivered"],
            Claims = claims == 0 ? [] : [new("amount") { Matches = "amount", Tolerance = 1 }],
            Parties = parties,
            Hold = Duration.FromDays(hold),
        };

    private static readonly Gen<EvidenceVerdict> Verdicts =
        from kind in Gen.Frequency(
            (4, Gen.Constant(new EvidenceKind("paid"))),
            (3, Gen.Constant(new EvidenceKind("kept"))),
            (1, Gen.Constant(EvidenceKind.Ruling)))
        from authentic in Gen.Frequency((6, Gen.Constant(true)), (1, Gen.Constant(false)))
        from strength in Gen.Elements(ProofStrength.Asserted, ProofStrength.Mac, ProofStrength.Mac)
        from id in Gen.Elements("a", "b", "c", "d")
        from content in Gen.Frequency((9, Gen.Constant((byte)1)), (1, Gen.Constant((byte)2)))
        from party in Gen.Elements(null, "shop", "bank", "partner")
        from finding in Gen.Frequency(
            (6, Gen.Constant(EvidenceFinding.Happened)),
            (1, Gen.Constant(EvidenceFinding.Failed)),
            (1, Gen.Constant(EvidenceFinding.Undecided)))
        from state in Gen.Elements(null, "accepted", "delivered")
        from amount in Gen.Frequency((6, Gen.Constant("10.00")), (1, Gen.Constant("20")), (1, Gen.Constant("x")))
        from covers in Gen.Elements(true, true, false)
        from day in Gen.Choose(0, 5)
        select new EvidenceVerdict
        {
            Kind = kind,
            Scheme = SchemeId.StandardWebhooks,
            Authenticity = authentic ? Authenticity.Valid : Authenticity.Invalid,
            Strength = strength,
            Party = party is null ? null : new PartyId(party),
            ReplayKey = new EvidenceId(id),
            Content = Digest.Of([content]),
            Finding = finding,
            State = state,
            Claims = covers ? [new("amount", amount)] : [],
            ReceivedAt = Sold + Duration.FromDays(day),
        };

    [Fact]
    public void Every_permutation_of_up_to_six_pieces_gives_the_same_end() =>
        Check(6, static (policy, verdicts, asOf) =>
        {
            Qualification decision = policy.Judge(Subject, verdicts, asOf);
            return Permutations(verdicts).All(p => policy.Judge(Subject, p, asOf) == decision);
        });

    [Fact]
    public void Repetition_makes_no_difference() =>
        Check(6, static (policy, verdicts, asOf) =>
            policy.Judge(Subject, [.. verdicts, .. verdicts], asOf) == policy.Judge(Subject, verdicts, asOf));

    [Fact]
    public void Consistent_evidence_never_lowers_a_decision() =>
        Check(6, static (policy, verdicts, asOf) =>
        {
            EvidenceVerdict[] consistent =
            [
                .. verdicts.Where(static v => v.Finding != EvidenceFinding.Failed && v.Kind != EvidenceKind.Ruling)
                    .Select(static v => v with { Content = default, Claims = v.Claims.Count == 0 ? [] : Ten }),
            ];
            int[] ranks = [.. Enumerable.Range(0, consistent.Length + 1)
                .Select(n => Rank(policy.Judge(Subject, consistent[..n], asOf)))];
            return ranks.SequenceEqual(ranks.Order());
        });

    [Fact]
    public void Nothing_qualifies_on_the_word_of_who_is_paid() =>
        Check(6, static (policy, verdicts, asOf) => Approves(policy) || policy.Judge(
            Subject,
            [.. verdicts.Select(static v => v with { Party = new PartyId("partner") })],
            asOf) is not Qualification.Qualified { Evidence.Count: > 0 });

    [Fact]
    public void What_qualified_qualifies_later_too_unless_something_new_is_said() =>
        Check(6, static (policy, verdicts, asOf) =>
            policy.Judge(Subject, verdicts, asOf) is not Qualification.Qualified { Evidence: var evidence } first
            || (policy.Judge(Subject, verdicts.Where(v => v.ReceivedAt <= asOf), asOf + Duration.FromDays(9))
                is Qualification.Qualified later && later.At == first.At && later.Evidence == evidence));

    private static readonly PerfMarketing.Primitives.ValueList<EvidenceClaim> Ten = [new("amount", "10.00")];

    // Silence is the other side's agreement.
    private static bool Approves(ProofPolicy policy) => policy is CompositePolicy several
        ? several.Of.Any(Approves)
        : policy is RequiredProof { PastDue: PastDue.Approve };

    private static int Rank(Qualification decision) => decision.Match(
        qualified: static _ => 1, pending: static _ => 0, rejected: static _ => 0, disputed: static _ => -1);

    private static Gen<ProofPolicy> Policies(int depth) => depth == 0
        ? Leaves.Select(static l => (ProofPolicy)l)
        : Gen.Frequency(
            (2, Leaves.Select(static l => (ProofPolicy)l)),
            (3, from of in Policies(depth - 1).ArrayOf(2)
                from which in Gen.Choose(0, 2)
                from covered in Gen.Elements(CoveredClaims.AsNamed, CoveredClaims.AsNamed, CoveredClaims.Required)
                select which switch
                {
                    0 => (ProofPolicy)(ProofPolicy.All(of) with { CoveredClaims = covered }),
                    1 => ProofPolicy.Any(of) with { CoveredClaims = covered },
                    _ => ProofPolicy.Some(1, of) with { CoveredClaims = covered },
                }));

    private static IEnumerable<EvidenceVerdict[]> Permutations(EvidenceVerdict[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]])
            .Select(rest => (EvidenceVerdict[])[item, .. rest]));

    private static void Check(int countMax, Func<ProofPolicy, EvidenceVerdict[], Instant, bool> law)
    {
        Gen<(ProofPolicy Policy, EvidenceVerdict[] Verdicts, Instant AsOf)> cases =
            from policy in Policies(2)
            from count in Gen.Choose(0, countMax)
            from verdicts in Verdicts.ArrayOf(count)
            from day in Gen.Choose(0, 6)
            select (policy, verdicts, Sold + Duration.FromDays(day));
        Prop.ForAll(cases.ToArbitrary(), c => law(c.Policy, c.Verdicts, c.AsOf)).Check(Seeded);
    }
}
