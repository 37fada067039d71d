using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Proofs;

/// <summary>What is to be proven: an outcome, who gains by it, and what of it moves money.</summary>
/// <param name="At">When the outcome occurred.</param>
public sealed record ProofSubject(Instant At)
{
    /// <summary>The outcome; null when only its time is known: then no claim agrees with it.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Who is paid for it, and so never proves it alone. None by default.</summary>
    public ValueList<PartyId> Beneficiaries { get; init; } = [];

    /// <summary>
    /// The parts of the outcome that the clause pays or decides by: names of <see cref="OutcomeClaims"/> and of facts.
    /// None by default.
    /// </summary>
    /// <remarks>
    /// Evidence has to cover them unless the policy says <see cref="Policies.CoveredClaims.AsNamed"/>.
    /// </remarks>
    public ValueList<string> Uses { get; init; } = [];

    /// <summary>How the contract reads its evidence: which field makes which claim. None by default.</summary>
    public ValueList<ClaimField> Fields { get; init; } = [];

    /// <summary>
    /// The contracts that evidence may speak for, when it says for which it speaks, as <c>pm1</c> does. Any by default.
    /// </summary>
    public ValueList<ContractId> Contracts { get; init; } = [];

    /// <summary>An outcome, with its own time.</summary>
    /// <param name="outcome">The outcome.</param>
    public static ProofSubject Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new(outcome.At) { Outcome = outcome };
    }
}
