using FluentValidation;
using NodaTime;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Validation;

/// <summary>Says what is wrong with a <see cref="RequiredProof"/>.</summary>
public sealed class RequiredProofValidator : AbstractValidator<RequiredProof>
{
    private const string LengthMessage = "Ages, skews and holds are of whole seconds, from zero to a hundred years.";

    /// <summary>Sets up the rules.</summary>
    public RequiredProofValidator()
    {
        RuleFor(static p => p.Kind).Must(static kind => !kind.IsUnset)
            .WithErrorCode(ProofCodes.KindMissing).WithMessage("A policy says which kind of evidence it asks for.");
        RuleFor(static p => p.MinStrength)
            .Must(static strength => strength is > ProofStrength.None and <= ProofStrength.PlatformAttested)
            .WithErrorCode(ProofCodes.StrengthUndefined).WithMessage("A policy asks for evidence of some strength.");
        RuleFor(static p => p.Schemes)
            .Must(static schemes => schemes.Count <= RequiredProof.SchemeCountMax
                && schemes.Distinct().Count() == schemes.Count && !schemes.Contains(default))
            .WithErrorCode(ProofCodes.SchemesInvalid)
            .WithMessage($"A policy names at most {RequiredProof.SchemeCountMax} schemes, each once.");
        RuleFor(static p => p.Within).Must(static within => within is not { } wait || IsWait(wait))
            .WithErrorCode(ProofCodes.WaitNotPositive)
            .WithMessage($"A wait is of whole seconds, above zero and at most {DurationText.DaysMax} days.");
        RuleFor(static p => p.PastDue)
            .Must(static (policy, pastDue) => pastDue == PastDue.Reject
                || (pastDue == PastDue.Approve && policy.Within is not null))
            .WithErrorCode(ProofCodes.PastDueWithoutEnd)
            .WithMessage("Silence approves only when the wait has an end.");
        AddEvidenceRules();
    }

    private void AddEvidenceRules()
    {
        RuleFor(static p => p.States)
            .Must(static states => states.Count <= RequiredProof.StateCountMax
                && states.Distinct(StringComparer.Ordinal).Count() == states.Count && states.All(IsName))
            .WithErrorCode(ProofCodes.StatesInvalid)
            .WithMessage($"A policy names at most {RequiredProof.StateCountMax} states, each once.");
        RuleFor(static p => p.Claims)
            .Must(static claims => claims.Count <= RequiredProof.ClaimCountMax && claims.All(IsClaim)
                && claims.DistinctBy(static c => c.Name, StringComparer.Ordinal).Count() == claims.Count)
            .WithErrorCode(ProofCodes.ClaimsInvalid)
            .WithMessage($"A policy names at most {RequiredProof.ClaimCountMax} claims, each once.");
        RuleFor(static p => p.Parties).InclusiveBetween(1, RequiredProof.PartyCountMax)
            .WithErrorCode(ProofCodes.PartiesOutOfRange)
            .WithMessage($"A policy asks for 1 to {RequiredProof.PartyCountMax} parties.");
        RuleFor(static p => p.From)
            .Must(static (policy, from) => from.Count <= RequiredProof.PartyCountMax && !from.Contains(default)
                && from.Distinct().Count() == from.Count && (from.Count == 0 || from.Count >= policy.Parties))
            .WithErrorCode(ProofCodes.FromInvalid)
            .WithMessage($"A policy names up to {RequiredProof.PartyCountMax} parties, each once, and not too few.");
        RuleFor(static p => p.MaxAge).Must(static age => age is not { } length || IsLength(length))
            .WithErrorCode(ProofCodes.DurationInvalid).WithMessage(LengthMessage);
        RuleFor(static p => p.MaxSkew).Must(static skew => skew is not { } length || IsLength(length))
            .WithErrorCode(ProofCodes.DurationInvalid).WithMessage(LengthMessage);
        RuleFor(static p => p.Hold).Must(IsLength)
            .WithErrorCode(ProofCodes.DurationInvalid).WithMessage(LengthMessage);
        RuleFor(static p => p.CoveredClaims).Must(static c => Enum.IsDefined(c))
            .WithErrorCode(ProofCodes.CoverageUndefined).WithMessage("There is no such way to require covered claims.");
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= EvidenceClaim.LengthMax };

    private static bool IsClaim(RequiredClaim? claim) => claim is not null && IsName(claim.Name)
        && (claim.Matches is null || IsName(claim.Matches)) && (claim.Is is null || IsName(claim.Is))
        && claim.Tolerance is >= 0 and <= 1_000_000_000 && (claim.Tolerance == 0 || claim.Matches is not null);

    private static bool IsWait(Duration wait) => wait > Duration.Zero && IsLength(wait);

    private static bool IsLength(Duration length) => length >= Duration.Zero
        && length <= Duration.FromDays(DurationText.DaysMax)
        && length.NanosecondOfDay % NodaConstants.NanosecondsPerSecond == 0;
}
