using NodaTime;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Proofs;

public sealed class CommittedVerdictTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly ProofSecret Secret = ProofSecret.FromBytes([1, .. new byte[31]]);

    private static readonly EvidenceVerdict Verdict = EvidenceVerdict.Asserted("order-paid", new("psp-9"), Noon) with
    {
        Strength = ProofStrength.Mac,
        Claims = [new("amount", "12.00"), new("email", "a@example.org")],
        Uncovered = [new("name", "Anna")],
        Content = Digest.Of("body"u8),
    };

    private static readonly CommittedVerdict Kept = CommittedVerdict.Of(Verdict, EvidenceSalt.Of(Secret, Verdict));

    [Fact]
    public void What_was_erased_is_gone_and_the_chain_stays_valid()
    {
        RecordChain chain = RecordChain.Empty
            .Append(Digest.Of("an earning"u8)).Append(Kept.ChainContent).Append(Digest.Of("a payment"u8));
        CommittedVerdict erased = Kept.Erase();
        Erasure erasure = new(Noon, "asked for by the person", [erased.Commitment]);

        RecordChain checkedAgain = RecordChain.Empty
            .Append(Digest.Of("an earning"u8)).Append(erased.ChainContent).Append(Digest.Of("a payment"u8));

        checkedAgain.Should().Be(chain);
        chain.Append(erasure).Size.Should().Be(4);
        string stored = TermJson.Write(erased);
        stored.Should().NotContainAny("Anna", "example.org", "12.00", Verdict.Content.ToString(), "salt");
        erased.Verdict.ReplayKey.Should().Be(Verdict.ReplayKey, "a repetition is still told");
        erased.Verdict.Strength.Should().Be(ProofStrength.Mac);
        erased.Holds().Should().BeTrue();
        erased.Erase().Should().Be(erased);
        TermJson.Parse(TermJson.Write(erasure), Erasure.Read).Should().Be(erasure);
    }

    [Fact]
    public void Changed_claims_are_found_even_when_they_say_little()
    {
        string json = TermJson.Write(Kept);

        TermJson.Parse(json, CommittedVerdict.Read).Should().Be(Kept);
        TermJson.Parse(TermJson.Write(Kept.Erase()), CommittedVerdict.Read).Should().Be(Kept.Erase());
        foreach ((string from, string to) in
            new[] { ("12.00", "13.00"), ("Anna", "Anne"), (Verdict.Content.ToString(), Digest.Of([]).ToString()) })
        {
            TermFailures failures = [];
            TermJson.TryParse(json.Replace(from, to, StringComparison.Ordinal), CommittedVerdict.Read, failures, out _)
                .Should().BeFalse();
            failures.Should().ContainSingle().Which.Code.Should().Be(ProofReasons.CommitmentBroken);
        }
    }

    [Fact]
    public void What_is_in_the_clear_changes_the_chain()
    {
        EvidenceVerdict stronger = Verdict with { Strength = ProofStrength.Signature };

        CommittedVerdict.Of(stronger, Kept.Salt!.Value).ChainContent.Should().NotBe(Kept.ChainContent);
        CommittedVerdict.Of(Verdict, default).ChainContent.Should().NotBe(Kept.ChainContent, "the salt counts");
    }

    [Fact]
    public void Erased_claims_that_came_back_are_found()
    {
        string json = TermJson.Write(Kept).Replace(
            $",\"salt\":\"{Kept.Salt}\"", string.Empty, StringComparison.Ordinal);

        TermJson.TryParse(json, CommittedVerdict.Read, [], out _).Should().BeFalse();
    }

    [Fact]
    public void Salts_differ_by_evidence_and_need_a_secret()
    {
        Digest salt = EvidenceSalt.Of(Secret, Verdict);

        EvidenceSalt.Of(Secret, Verdict).Should().Be(salt);
        EvidenceSalt.Of(Secret, Verdict with { ReplayKey = new("psp-10") }).Should().NotBe(salt);
        EvidenceSalt.Of(Secret, Verdict with { Content = default }).Should().NotBe(salt);
        EvidenceSalt.Of(ProofSecret.FromBytes([2, .. new byte[31]]), Verdict).Should().NotBe(salt);
        FluentActions.Invoking(static () => EvidenceSalt.Of(ProofSecret.FromBytes(new byte[8]), Verdict))
            .Should().Throw<ArgumentException>();
    }
}
