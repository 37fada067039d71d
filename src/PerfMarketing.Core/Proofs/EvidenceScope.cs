using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Proofs;

/// <summary>Of which contract and which outcome evidence says itself that it speaks.</summary>
internal static class EvidenceScope
{
    /// <summary>Whether a postback was signed for a contract that is none of these.</summary>
    /// <param name="verdict">What a verifier said.</param>
    /// <param name="contracts">The contracts; any when there is none.</param>
    public static bool IsElsewhere(EvidenceVerdict verdict, ValueList<ContractId> contracts)
    {
        if (verdict.Scheme != SchemeId.Pm1 || contracts.Count == 0)
        {
            return false;
        }

        string? named = ContractOf(verdict);
        foreach (ContractId contract in contracts)
        {
            if (contract.Value == named)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The contract that a postback names; null when it names none.</summary>
    /// <param name="verdict">What a verifier said.</param>
    public static string? ContractOf(EvidenceVerdict verdict)
    {
        string? named = null;
        foreach (EvidenceClaim claim in verdict.Claims)
        {
            named = claim.Name == Pm1.ContractField ? claim.Value : named;
        }

        return named;
    }

    /// <summary>Why evidence speaks of something else; null when it may speak of the outcome.</summary>
    /// <param name="verdict">What a verifier said.</param>
    /// <param name="outcome">The outcome that it was handed in for.</param>
    /// <param name="contracts">The contracts that may pay for it.</param>
    /// <param name="fields">Which field makes which claim.</param>
    public static Reason? WhyElsewhere(
        EvidenceVerdict verdict, OutcomeId outcome, ValueList<ContractId> contracts, ValueList<ClaimField> fields)
    {
        if (!verdict.IsValid || verdict.Claims.Count == 0)
        {
            return null;
        }

        if (IsElsewhere(verdict, contracts))
        {
            return Reason.Of(ProofReasons.OtherContract, ("contract", ContractOf(verdict) ?? string.Empty));
        }

        return OutcomeOf(verdict, fields) is { } named && named != outcome.Value
            ? Reason.Of(ProofReasons.OtherOutcome, ("outcome", HostileText.Shown(named)))
            : null;
    }

    // By a field of a contract, or by the claim's own name.
    private static string? OutcomeOf(EvidenceVerdict verdict, ValueList<ClaimField> fields)
    {
        foreach (ClaimField field in fields)
        {
            if (field.Claim == OutcomeClaims.OutcomeId && field.Fits(verdict)
                && ClaimCheck.Find(verdict, field, field.Claim) is { } text)
            {
                return text;
            }
        }

        return ClaimCheck.Find(verdict, null, OutcomeClaims.OutcomeId);
    }
}
