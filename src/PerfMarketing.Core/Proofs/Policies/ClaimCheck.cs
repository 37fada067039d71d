using System.Globalization;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Compares what evidence claims with what the outcome says.</summary>
internal static class ClaimCheck
{
    // More digits than a decimal holds would be rounded without a word.
    private const int NumberLengthMax = 28;

    private const NumberStyles NumberStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Whether evidence covers a claim, and whether it agrees with a part of the outcome.</summary>
    public static ClaimAgreement Compare(
        ProofCase proof, EvidenceVerdict verdict, string name, string? part, decimal tolerance)
    {
        if (Find(verdict, name) is not { } text)
        {
            return ClaimAgreement.NotCovered;
        }

        if (part is null)
        {
            return ClaimAgreement.Agrees;
        }

        (decimal? number, string? words) = OutcomeClaims.Of(proof.Subject.Outcome, part);
        if (number is { } stated)
        {
            return !TryNumber(text, out decimal claimed) ? ClaimAgreement.Unreadable
                : IsNear(stated, claimed, tolerance) ? ClaimAgreement.Agrees
                : ClaimAgreement.Differs;
        }

        return words is null ? ClaimAgreement.Unreadable
            : string.Equals(words, text, Case(part)) ? ClaimAgreement.Agrees
            : ClaimAgreement.Differs;
    }

    // Providers write currencies in either case.
    private static StringComparison Case(string part) =>
        part == OutcomeClaims.Currency ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        return text.Length <= NumberLengthMax
            && decimal.TryParse(text, NumberStyle, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsNear(decimal stated, decimal claimed, decimal tolerance)
    {
        try
        {
            return Math.Abs(stated - claimed) <= tolerance;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static string? Find(EvidenceVerdict verdict, string name)
    {
        foreach (EvidenceClaim claim in verdict.Claims)
        {
            if (claim.Name == name)
            {
                return claim.Value;
            }
        }

        return null;
    }
}

/// <summary>What comparing a claim with the outcome shows.</summary>
internal enum ClaimAgreement
{
    /// <summary>The evidence does not cover the claim.</summary>
    NotCovered,

    /// <summary>The claim, or what it should agree with, cannot be read.</summary>
    Unreadable,

    /// <summary>They differ.</summary>
    Differs,

    /// <summary>They agree.</summary>
    Agrees,
}
