using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <content>What evidence makes of the requirement.</content>
public sealed partial record RequiredProof
{
    /// <summary>What one piece of evidence is to the requirement.</summary>
    private enum Weight
    {
        /// <summary>It is not believed here: not authentic, of another kind, too weak.</summary>
        Unbelieved,

        /// <summary>Nothing.</summary>
        None,

        /// <summary>It counts as proof.</summary>
        For,

        /// <summary>It says that it did not happen.</summary>
        Against,

        /// <summary>It says that it happened, and differs from the outcome.</summary>
        Differs,
    }

    private const int PiecesOnStack = 32;

    /// <inheritdoc/>
    internal override ProofStrength RulingStrength => IsStrength(MinStrength) ? MinStrength : ProofStrength.Mac;

    /// <inheritdoc/>
    internal override ProofStanding StandingCore(ProofCase proof)
    {
        Instant? until = proof.EndOf(Within);
        Found found = Look(proof, until);
        if (found.Differs || found.IsInConflict)
        {
            return ProofStanding.Contradicted;
        }

        bool isOver = until <= proof.AsOf;
        bool isApproved = isOver && PastDue == PastDue.Approve;
        bool isProven = found.Parties >= Math.Max(1, Parties);
        if (found.Against is { } against)
        {
            // Silence had agreed already when the refusal came.
            return found.IsFor || (isApproved && against.ReceivedAt >= until)
                ? ProofStanding.Contradicted
                : ProofStanding.Closed;
        }

        if (isProven && (found.IndependentAt < ProofStanding.Never || !isApproved))
        {
            Instant latest = PastDue == PastDue.Approve && until is { } end ? end : ProofStanding.Never;
            return ProofStanding.Proven(
                Instant.Min(found.At, latest),
                found.IndependentAt < ProofStanding.Never
                    ? Instant.Min(Instant.Max(found.At, found.IndependentAt), latest)
                    : ProofStanding.Never,
                until);
        }

        return isApproved ? ProofStanding.Proven(until.GetValueOrDefault(), until.GetValueOrDefault(), until)
            : isOver ? ProofStanding.Closed
            : ProofStanding.Open(until, PastDue == PastDue.Approve);
    }

    /// <inheritdoc/>
    internal override void ExplainCore(ProofCase proof, ProofStanding standing, ProofExplanation into)
    {
        if (standing.Kind == ProofStandingKind.Proven)
        {
            return;
        }

        if (standing.Kind == ProofStandingKind.Contradicted)
        {
            ExplainContradiction(proof, into);
            return;
        }

        bool isLate = false;
        EvidenceVerdict? against = null;
        Instant? until = proof.EndOf(Within);
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            Weight weight = verdict.Kind == Kind && !Kind.IsUnset
                ? Weigh(proof, verdict, into)
                : verdict.Kind == Kind ? RefuseKind(verdict, into) : Weight.Unbelieved;
            isLate |= weight == Weight.For && verdict.ReceivedAt >= until;
            against ??= weight == Weight.Against ? verdict : null;
        }

        if (standing.Kind == ProofStandingKind.Open)
        {
            into.Miss(Kind);
            return;
        }

        into.End(
            against is not null ? Reason.Of(ProofReasons.OutcomeNegative, ("evidence", IdOf(against)))
            : isLate ? Reason.Of(ProofReasons.Late, ("until", until.GetValueOrDefault()))
            : Reason.Of(ProofReasons.Expired, ("kind", Kind), ("until", until.GetValueOrDefault())));
    }

    /// <inheritdoc/>
    internal override bool Counts(ProofCase proof, EvidenceVerdict verdict)
    {
        Weight weight = Weigh(proof, verdict, null);
        return weight == Weight.For || (weight == Weight.Differs && proof.IsSettled(verdict));
    }

    /// <inheritdoc/>
    internal override void MissAll(ProofExplanation into) => into.Miss(Kind);

    /// <inheritdoc/>
    internal override bool AsksFor(EvidenceKind kind) => kind == Kind;

    private static EvidenceId IdOf(EvidenceVerdict verdict) => verdict.ReplayKey.GetValueOrDefault();

    private static bool IsInTime(EvidenceVerdict verdict, Instant? until) => !(verdict.ReceivedAt >= until);

    private static Weight RefuseKind(EvidenceVerdict verdict, ProofExplanation into)
    {
        into.Refuse(Reason.Of(ProofReasons.OtherKind, ("kind", verdict.Kind)));
        return Weight.Unbelieved;
    }

    private bool CountsForParties(EvidenceVerdict verdict) => Parties <= 1 || verdict.Party is not null;

    private Found Look(ProofCase proof, Instant? until)
    {
        Found found = new();
        ReadOnlySpan<EvidenceVerdict> verdicts = proof.Verdicts.AsSpan();
        Span<int> believed = verdicts.Length <= PiecesOnStack
            ? stackalloc int[PiecesOnStack]
            : new int[verdicts.Length];
        int count = 0;
        for (int i = 0; i < verdicts.Length; i++)
        {
            EvidenceVerdict verdict = verdicts[i];
            if (verdict.Kind != Kind)
            {
                continue;
            }

            Weight weight = Weigh(proof, verdict, null);
            if (weight == Weight.Unbelieved)
            {
                continue;
            }

            believed[count++] = i;
            if (weight is Weight.Against or Weight.Differs && !proof.IsSettled(verdict))
            {
                found.Against = weight == Weight.Against ? verdict : found.Against;
                found.Differs |= weight == Weight.Differs;
            }
            else if (weight is Weight.For or Weight.Differs && IsInTime(verdict, until))
            {
                Count(proof, verdict, i, ref found);
            }
        }

        found.IsInConflict = count > 1 && HasConflict(proof, believed[..count]);
        return found;
    }

    private void Count(ProofCase proof, EvidenceVerdict verdict, int place, ref Found found)
    {
        found.IsFor = true;
        if (!CountsForParties(verdict))
        {
            return;
        }

        Instant at = StandsFrom(proof, verdict);
        if (!proof.IsBeneficiary(verdict.Party))
        {
            found.IndependentAt = Instant.Min(found.IndependentAt, at);
        }

        if (found.Parties < Math.Max(1, Parties) && (found.Parties == 0 || IsNewParty(proof, verdict, place)))
        {
            found.Parties++;
            found.At = at;
        }
    }

    private Instant StandsFrom(ProofCase proof, EvidenceVerdict verdict) => Hold > Duration.Zero
        ? ProofCase.After(Instant.Max(verdict.ReceivedAt, proof.OutcomeAt), Hold)
        : verdict.ReceivedAt;

    private bool IsNewParty(ProofCase proof, EvidenceVerdict verdict, int place)
    {
        Instant? until = proof.EndOf(Within);
        for (int i = 0; i < place; i++)
        {
            EvidenceVerdict earlier = proof.Verdicts[i];
            if (earlier.Party == verdict.Party && IsInTime(earlier, until) && Counts(proof, earlier))
            {
                return false;
            }
        }

        return true;
    }

    // What it is to the requirement; why it is nothing is noted where somebody asks.
    private Weight Weigh(ProofCase proof, EvidenceVerdict verdict, ProofExplanation? why)
    {
        if (!IsBasic(proof, verdict))
        {
            why?.Refuse(WhyNotBasic(verdict));
            return Weight.Unbelieved;
        }

        if ((MaxAge is not null || MaxSkew is not null) && IsOutside(proof, verdict, why))
        {
            return Weight.None;
        }

        if (verdict.Finding == EvidenceFinding.Failed)
        {
            return Weight.Against;
        }

        bool isState = States.Count == 0
            ? verdict.Finding == EvidenceFinding.Happened
            : verdict.State is { } state && Names(state);
        if (!isState)
        {
            why?.Refuse(Reason.Of(
                ProofReasons.StateRefused, ("state", HostileText.Shown(verdict.State ?? string.Empty))));
            return Weight.None;
        }

        return Claims.Count == 0 ? Weight.For : WeighClaims(proof, verdict, why);
    }

    private Weight WeighClaims(ProofCase proof, EvidenceVerdict verdict, ProofExplanation? why)
    {
        Weight weight = Weight.For;
        foreach (RequiredClaim claim in Claims)
        {
            switch (ClaimCheck.Check(proof, verdict, claim))
            {
                case ClaimAgreement.Agrees:
                    break;
                case ClaimAgreement.Differs:
                    weight = Weight.Differs;
                    break;
                case ClaimAgreement.OutOfRange:
                    why?.Refuse(Reason.Of(ProofReasons.ClaimOutOfRange, ("claim", claim.Name)));
                    return Weight.None;
                case ClaimAgreement.Unreadable:
                    why?.Refuse(Reason.Of(ProofReasons.ClaimMalformed, ("claim", claim.Name)));
                    return Weight.None;
                default:
                    why?.Refuse(Reason.Of(ProofReasons.ClaimNotCovered, ("claim", claim.Name)));
                    return Weight.None;
            }
        }

        return weight;
    }

    private bool IsOutside(ProofCase proof, EvidenceVerdict verdict, ProofExplanation? why)
    {
        Duration after = (verdict.AssertedAt ?? verdict.ReceivedAt) - proof.OutcomeAt;
        bool isOld = MaxAge is { } age && after < -age;
        bool isNew = MaxSkew is { } skew && after > skew;
        if (isOld || isNew)
        {
            why?.Refuse(new(isOld ? ProofReasons.MadeTooEarly : ProofReasons.MadeTooLate));
        }

        return isOld || isNew;
    }

    private bool Names(string state)
    {
        foreach (string named in States)
        {
            if (named == state)
            {
                return true;
            }
        }

        return false;
    }

    // Authentic, of the kind, the schemes and the strength that are asked for. An undefined strength is no strength.
    private bool IsBasic(ProofCase proof, EvidenceVerdict verdict) =>
        verdict.Kind == Kind && !Kind.IsUnset && verdict.IsValid
        && (Schemes.Count == 0 || Accepts(verdict.Scheme))
        && MinStrength > ProofStrength.None && verdict.Strength >= MinStrength
        && verdict.Strength <= ProofStrength.PlatformAttested
        && verdict.ReplayKey is { IsUnset: false } && (From.Count == 0 || Hears(verdict.Party))
        && !proof.IsElsewhere(verdict);

    private Reason WhyNotBasic(EvidenceVerdict verdict) =>
        !verdict.IsValid ? verdict.Reason ?? new Reason(ProofReasons.NotValid)
        : Schemes.Count > 0 && !Accepts(verdict.Scheme)
            ? Reason.Of(ProofReasons.SchemeRefused, ("scheme", verdict.Scheme))
        : !IsStrength(verdict.Strength) || !IsStrength(MinStrength) || verdict.Strength < MinStrength
            ? Reason.Of(ProofReasons.TooWeak, ("strength", Name(verdict.Strength)), ("required", Name(MinStrength)))
        : verdict.ReplayKey is not { IsUnset: false } ? new Reason(ProofReasons.NoReplayKey)
        : From.Count > 0 && !Hears(verdict.Party)
            ? Reason.Of(ProofReasons.PartyRefused, ("party", verdict.Party?.Value ?? string.Empty))
        : Reason.Of(ProofReasons.OtherContract, ("contract", EvidenceScope.ContractOf(verdict) ?? string.Empty));

    private bool Accepts(SchemeId scheme)
    {
        foreach (SchemeId accepted in Schemes)
        {
            if (accepted == scheme)
            {
                return true;
            }
        }

        return false;
    }

    private bool Hears(PartyId? party)
    {
        foreach (PartyId heard in From)
        {
            if (heard == party)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStrength(ProofStrength strength) =>
        strength is > ProofStrength.None and <= ProofStrength.PlatformAttested;

    private static string Name(ProofStrength strength) =>
        EnumText.Of(IsStrength(strength) ? strength : ProofStrength.None);

    /// <summary>What was found among the evidence.</summary>
    private struct Found
    {
        public Found()
        {
            At = IndependentAt = ProofStanding.Never;
        }

        public int Parties { get; set; }

        public bool IsFor { get; set; }

        public bool Differs { get; set; }

        public bool IsInConflict { get; set; }

        public EvidenceVerdict? Against { get; set; }

        public Instant At { get; set; }

        public Instant IndependentAt { get; set; }
    }
}
