using System.Runtime.CompilerServices;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Whether what a clause uses of an outcome is covered by the evidence that counts for a policy.</summary>
/// <remarks>
/// Evidence of whoever is paid covers nothing. Where a requirement names a claim for the part, that claim is compared,
/// with its tolerance; else the claim of the part's own name, exactly.
/// </remarks>
internal static class ClaimUse
{
    /// <summary>Where a proven policy stands when each used part has to be covered as well.</summary>
    public static ProofStanding Cover(
        EvidencePolicy policy, ProofCase proof, ProofStanding proven, ref ClaimCoverage covered)
    {
        ValueList<string> uses = proof.Subject.Uses;
        if (uses.Count == 0)
        {
            return proven;
        }

        Few few = default;
        Span<UsedPart> parts = few;
        parts = uses.Count <= Few.Count ? parts[..uses.Count] : new UsedPart[uses.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new(uses[i], OutcomeClaims.Of(proof.Subject.Outcome, uses[i]));
        }

        if (!TryCover(policy, proof, parts, ref covered))
        {
            return ProofStanding.Contradicted;
        }

        Instant whole = proven.IndependentAt;
        foreach (ref readonly UsedPart part in parts)
        {
            if (part.CoveredAt == ProofStanding.Never)
            {
                return proven.Until <= proof.AsOf ? ProofStanding.Closed : ProofStanding.Open(proven.Until);
            }

            whole = Instant.Max(whole, part.CoveredAt);
        }

        return proven with { IndependentAt = whole };
    }

    /// <summary>Says which used parts are not covered, or differ.</summary>
    public static void Explain(EvidencePolicy policy, ProofCase proof, ProofExplanation into)
    {
        foreach (string use in proof.Subject.Uses)
        {
            bool isCovered = false;
            bool isUnreadable = false;
            foreach (EvidenceVerdict verdict in proof.Verdicts)
            {
                ClaimAgreement found = Compare(policy, proof, verdict, use, out Instant at);
                isCovered |= found == ClaimAgreement.Agrees && at < ProofStanding.Never;
                isUnreadable |= found == ClaimAgreement.Unreadable;
                if (found == ClaimAgreement.Differs)
                {
                    into.Contradict(
                        Reason.Of(ProofReasons.ClaimDiffers, ("claim", use)), verdict.ReplayKey.GetValueOrDefault());
                }
            }

            if (!isCovered)
            {
                string code = isUnreadable ? ProofReasons.ClaimMalformed : ProofReasons.ClaimNotCovered;
                into.Refuse(Reason.Of(code, ("claim", use)));
                policy.MissAll(into);
            }
        }
    }

    /// <summary>Names the evidence that covers what is used, as far as what is named does not.</summary>
    public static void Name(EvidencePolicy policy, ProofCase proof, in ClaimCoverage covered, EvidenceNames into)
    {
        ValueList<string> uses = proof.Subject.Uses;
        for (int i = 0; i < uses.Count; i++)
        {
            if (covered.IsNamed(i, proof.Verdicts.AsSpan(), into))
            {
                continue;
            }

            EvidenceVerdict? earliest = null;
            Instant earliestAt = ProofStanding.Never;
            foreach (EvidenceVerdict verdict in proof.Verdicts)
            {
                if (Compare(policy, proof, verdict, uses[i], out Instant at) != ClaimAgreement.Agrees)
                {
                    continue;
                }

                if (into.Contains(verdict.ReplayKey.GetValueOrDefault()))
                {
                    earliest = null;
                    break;
                }

                earliest = at < earliestAt ? verdict : earliest;
                earliestAt = Instant.Min(at, earliestAt);
            }

            if (earliest is not null)
            {
                into.Add(earliest.ReplayKey.GetValueOrDefault());
            }
        }
    }

    // From when on each part is covered; false when a claim differs from the outcome.
    private static bool TryCover(
        EvidencePolicy policy, ProofCase proof, Span<UsedPart> parts, ref ClaimCoverage covered)
    {
        ReadOnlySpan<EvidenceVerdict> verdicts = proof.Verdicts.AsSpan();
        for (int place = 0; place < verdicts.Length; place++)
        {
            EvidenceVerdict verdict = verdicts[place];
            if (Counted(policy, proof, verdict, out Instant at) is not { } by)
            {
                continue;
            }

            for (int i = 0; i < parts.Length; i++)
            {
                ref UsedPart part = ref parts[i];
                ClaimAgreement found = part.Compare(proof, verdict, by.ClaimFor(part.Name));
                if (found == ClaimAgreement.Differs && !proof.IsSettled(verdict))
                {
                    return false;
                }

                if (found is ClaimAgreement.Agrees or ClaimAgreement.Differs)
                {
                    part.CoveredAt = Instant.Min(part.CoveredAt, at);
                    covered.Note(i, place);
                }
            }
        }

        return true;
    }

    private static RequiredProof? Counted(
        EvidencePolicy policy, ProofCase proof, EvidenceVerdict verdict, out Instant at)
    {
        at = ProofStanding.Never;
        return proof.IsBeneficiary(verdict.Party) ? null : policy.CountedBy(proof, verdict, out at);
    }

    private static ClaimAgreement Compare(
        EvidencePolicy policy, ProofCase proof, EvidenceVerdict verdict, string use, out Instant at) =>
        Counted(policy, proof, verdict, out at) is { } by
            ? Compare(by, proof, verdict, use)
            : ClaimAgreement.NotCovered;

    private static ClaimAgreement Compare(RequiredProof by, ProofCase proof, EvidenceVerdict verdict, string use)
    {
        RequiredClaim? named = by.ClaimFor(use);
        ClaimAgreement found = ClaimCheck.Compare(proof, verdict, named?.Name ?? use, use, named?.Tolerance ?? 0);
        return found == ClaimAgreement.Differs && proof.IsSettled(verdict) ? ClaimAgreement.Agrees : found;
    }

    /// <summary>A part that is used, and what was made of the last claim on it: most evidence says the same.</summary>
    private struct UsedPart(string name, (decimal? Number, string? Words) value)
    {
        private readonly (string Name, (decimal? Number, string? Words) Value) part = (name, value);
        private string? text;
        private ClaimField? field;
        private RequiredClaim? named;
        private ClaimAgreement found;

        /// <summary>The part's name.</summary>
        public readonly string Name => part.Name;

        /// <summary>From when on it is covered.</summary>
        public Instant CoveredAt { get; set; } = ProofStanding.Never;

        /// <summary>Whether a piece of evidence covers the part, and whether it agrees with the outcome.</summary>
        public ClaimAgreement Compare(ProofCase proof, EvidenceVerdict verdict, RequiredClaim? by)
        {
            string claim = by?.Name ?? Name;
            ClaimField? byField = ClaimCheck.FieldOf(proof, verdict, claim);
            if (ClaimCheck.Find(verdict, byField, claim) is not { } said)
            {
                return ClaimAgreement.NotCovered;
            }

            // What minor units are worth may be said by the evidence itself.
            bool isSame = said == text && ReferenceEquals(named, by) && ReferenceEquals(field, byField)
                && byField is not { Unit: ClaimUnit.Minor, Currency: null };
            if (!isSame)
            {
                found = ClaimCheck.Compare(proof, verdict, (byField, said), part, by?.Tolerance ?? 0);
                (text, named, field) = (said, by, byField);
            }

            return found;
        }
    }

    [InlineArray(Count)]
    private struct Few
    {
        public const int Count = 8;

        private UsedPart first;
    }
}
