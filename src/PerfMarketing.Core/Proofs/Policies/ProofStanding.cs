using NodaTime;

namespace PerfMarketing.Proofs.Policies;

/// <summary>
/// Where one part of a policy stands, in numbers alone: reasons are worked out only when they are asked for.
/// </summary>
/// <param name="Kind">Whether it is proven, may still be, can be no more, or contradicts itself.</param>
/// <param name="At">When it was, or will be, proven; <see cref="Never"/> unless it is.</param>
/// <param name="IndependentAt">The same with a voice that does not gain by it.</param>
/// <param name="Until">The first instant at which silence, or being late, changes it; null when nothing does.</param>
/// <param name="BySilence">Whether silence until then proves it.</param>
internal readonly record struct ProofStanding(
    ProofStandingKind Kind, Instant At, Instant IndependentAt, Instant? Until, bool BySilence)
{
    public static Instant Never => Instant.MaxValue;

    public static ProofStanding Contradicted { get; } =
        new(ProofStandingKind.Contradicted, Never, Never, null, BySilence: false);

    public static ProofStanding Closed { get; } = new(ProofStandingKind.Closed, Never, Never, null, BySilence: false);

    public bool IsIndependent => IndependentAt < Never;

    public static ProofStanding Open(Instant? until, bool bySilence = false) =>
        new(ProofStandingKind.Open, Never, Never, until, bySilence);

    public static ProofStanding Proven(Instant at, Instant independentAt, Instant? until) =>
        new(ProofStandingKind.Proven, at, independentAt, until, BySilence: false);

    // What an integrator's policy says of itself; it sees the same case, and answers for who may say so.
    public static ProofStanding Of(Qualification judged) => judged.Match(
        qualified: static q => Proven(q.At, q.At, null),
        pending: static p => Open(p.Until),
        rejected: static _ => Closed,
        disputed: static _ => Contradicted);
}

/// <summary>Where one part of a policy stands.</summary>
internal enum ProofStandingKind
{
    /// <summary>Not proven, and may still be.</summary>
    Open,

    /// <summary>Proven.</summary>
    Proven,

    /// <summary>Not proven, and can be no more.</summary>
    Closed,

    /// <summary>Its evidence contradicts itself, or the outcome.</summary>
    Contradicted,
}
