using PerfMarketing.Monetary;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Compares what evidence claims with what the outcome says.</summary>
internal static class ClaimCheck
{
    /// <summary>Whether evidence covers a claim as it is required.</summary>
    public static ClaimAgreement Check(ProofCase proof, EvidenceVerdict verdict, RequiredClaim claim)
    {
        ClaimAgreement found = Compare(proof, verdict, claim.Name, claim.Matches, claim.Tolerance);
        if (found is ClaimAgreement.NotCovered or ClaimAgreement.Unreadable
            || (claim.Is is null && claim.AtLeast is null))
        {
            return found;
        }

        ClaimField? field = FieldOf(proof, verdict, claim.Name);
        string text = Find(verdict, SourceOf(field, claim.Name))!;
        decimal number = 0;
        return claim.Is is { } exact && text != exact ? ClaimAgreement.OutOfRange
            : claim.AtLeast is not { } least ? found
            : !TryNumber(proof, verdict, field, text, out number) ? ClaimAgreement.Unreadable
            : number < least ? ClaimAgreement.OutOfRange
            : found;
    }

    /// <summary>Whether evidence covers a claim, and whether it agrees with a part of the outcome.</summary>
    public static ClaimAgreement Compare(
        ProofCase proof, EvidenceVerdict verdict, string name, string? part, decimal tolerance)
    {
        ClaimField? field = FieldOf(proof, verdict, name);
        return Find(verdict, SourceOf(field, name)) is not { } text ? ClaimAgreement.NotCovered
            : part is null ? ClaimAgreement.Agrees
            : Compare(proof, verdict, (field, text), (part, OutcomeClaims.Of(proof.Subject.Outcome, part)), tolerance);
    }

    /// <summary>Whether what a piece of evidence says in a field agrees with what the outcome says.</summary>
    public static ClaimAgreement Compare(
        ProofCase proof,
        EvidenceVerdict verdict,
        in (ClaimField? Field, string Text) claim,
        in (string Name, (decimal? Number, string? Words) Value) part,
        decimal tolerance)
    {
        (decimal? number, string? words) = part.Value;
        if (number is { } stated)
        {
            decimal? time = part.Name == OutcomeClaims.OccurredAt ? OutcomeClaims.SecondsOf(claim.Text) : null;
            decimal claimed = time.GetValueOrDefault();
            bool isRead = part.Name == OutcomeClaims.OccurredAt
                ? time is not null
                : TryNumber(proof, verdict, claim.Field, claim.Text, out claimed);
            return !isRead ? ClaimAgreement.Unreadable
                : IsNear(stated, claimed, tolerance) ? ClaimAgreement.Agrees
                : ClaimAgreement.Differs;
        }

        return words is null ? ClaimAgreement.Unreadable
            : string.Equals(words, claim.Text, Case(part.Name)) ? ClaimAgreement.Agrees
            : ClaimAgreement.Differs;
    }

    /// <summary>The field by which the contract reads a claim; null when the claim has its own name.</summary>
    public static ClaimField? FieldOf(ProofCase proof, EvidenceVerdict verdict, string name)
    {
        foreach (ClaimField field in proof.Subject.Fields)
        {
            if (field.Claim == name && field.Fits(verdict))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>The name under which evidence has what a field reads.</summary>
    public static ReadOnlySpan<char> SourceOf(ClaimField? field, string name) =>
        field is null ? name
        : field.From.Place == ClaimPlace.Claim ? field.From.Pointer
        : field.From.ToString();

    /// <summary>What a piece of evidence covers in a field, or under a name of its own; null when nothing.</summary>
    public static string? Find(EvidenceVerdict verdict, ClaimField? field, string name) =>
        Find(verdict, SourceOf(field, name));

    // Providers write currencies in either case.
    private static StringComparison Case(string part) =>
        part == OutcomeClaims.Currency ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool TryNumber(
        ProofCase proof, EvidenceVerdict verdict, ClaimField? field, string text, out decimal number)
    {
        number = 0;
        int digits = 0;
        if (field?.Unit == ClaimUnit.Minor)
        {
            if (CurrencyOf(proof, verdict, field) is not { } currency)
            {
                return false;
            }

            digits = currency.MinorDigits;
        }

        return ClaimNumber.TryRead(text, field?.Unit ?? ClaimUnit.Text, digits, out number);
    }

    // How many digits minor units have is money too: the currency has to be fixed, or covered.
    private static Currency? CurrencyOf(ProofCase proof, EvidenceVerdict verdict, ClaimField field)
    {
        if (field.Currency is { } agreed)
        {
            return agreed;
        }

        ClaimField? where = FieldOf(proof, verdict, OutcomeClaims.Currency);
        string? text = Find(verdict, where, OutcomeClaims.Currency)?.ToUpperInvariant();
        return Currency.TryParse(text, null, out Currency found) ? found : null;
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

    private static string? Find(EvidenceVerdict verdict, ReadOnlySpan<char> source)
    {
        foreach (EvidenceClaim claim in verdict.Claims)
        {
            if (claim.Name is { } name && source.SequenceEqual(name))
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

    /// <summary>The claim says less, or something else, than the policy asks for.</summary>
    OutOfRange,

    /// <summary>They differ.</summary>
    Differs,

    /// <summary>They agree.</summary>
    Agrees,
}
