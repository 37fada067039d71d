using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>
/// What a policy judges: an outcome and the evidence that is known at the time of the decision.
/// </summary>
/// <remarks>
/// Built by <see cref="ProofPolicy.Judge(ProofSubject, IEnumerable{EvidenceVerdict}, Instant)"/>, which leaves out what
/// was received after <see cref="AsOf"/> and sorts the rest by receipt, then scheme, replay key, content, party, kind,
/// strength, finding and state; so the order in which evidence is handed over makes no difference.
/// </remarks>
public sealed class ProofCase
{
    private ProofCase(ProofSubject subject, Instant asOf, ValueList<EvidenceVerdict> verdicts)
    {
        Subject = subject;
        AsOf = asOf;
        Verdicts = verdicts;
    }

    /// <summary>What is to be proven.</summary>
    public ProofSubject Subject { get; }

    /// <summary>When the outcome occurred.</summary>
    public Instant OutcomeAt => Subject.At;

    /// <summary>When it is decided.</summary>
    public Instant AsOf { get; }

    /// <summary>The verdicts on the evidence, in canonical order, repetitions included.</summary>
    public ValueList<EvidenceVerdict> Verdicts { get; }

    // Until when contradictions are settled by a ruling that the outcome stands; null without one.
    internal Instant? RuledAt { get; private init; }

    /// <summary>The end of a wait that begins with the outcome; null when there is no end.</summary>
    /// <param name="wait">How long the outcome waits.</param>
    public Instant? EndOf(Duration? wait) => wait is { } length ? After(OutcomeAt, length) : null;

    /// <summary>Whether a party gains by the outcome, and so never proves it alone.</summary>
    /// <param name="party">The party; null when it is not known, which is the host's own word.</param>
    public bool IsBeneficiary(PartyId? party)
    {
        if (party is { } known)
        {
            foreach (PartyId beneficiary in Subject.Beneficiaries)
            {
                if (beneficiary == known)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a postback was signed for another contract: it proves, denies and settles nothing here.
    /// </summary>
    internal bool IsElsewhere(EvidenceVerdict verdict) =>
        Subject.Contracts.Count > 0 && EvidenceScope.IsElsewhere(verdict, Subject.Contracts);

    internal static Instant After(Instant at, Duration length) =>
        length > Instant.MaxValue - at ? Instant.MaxValue : at + length;

    internal bool IsSettled(EvidenceVerdict verdict) => verdict.ReceivedAt <= RuledAt;

    internal ProofCase Ruled(Instant at) => new(Subject, AsOf, Verdicts) { RuledAt = at };

    internal static ProofCase Of(ProofSubject subject, IEnumerable<EvidenceVerdict> verdicts, Instant asOf)
    {
        if (verdicts is ValueList<EvidenceVerdict> list && IsCanonical(list.AsSpan(), asOf))
        {
            return new(subject, asOf, list);
        }

        EvidenceVerdict[] known = [.. verdicts.Where(verdict => verdict.ReceivedAt <= asOf)];
        Array.Sort(known, Compare);
        return new(subject, asOf, ValueList.Create<EvidenceVerdict>(known));
    }

    private static bool IsCanonical(ReadOnlySpan<EvidenceVerdict> verdicts, Instant asOf)
    {
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i].ReceivedAt > asOf || (i > 0 && Compare(verdicts[i - 1], verdicts[i]) > 0))
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(EvidenceVerdict left, EvidenceVerdict right)
    {
        int order = left.ReceivedAt.CompareTo(right.ReceivedAt);
        order = order != 0 ? order : left.Scheme.CompareTo(right.Scheme);
        order = order != 0 ? order : left.ReplayKey.GetValueOrDefault().CompareTo(right.ReplayKey.GetValueOrDefault());
        return order != 0 ? order : CompareTies(left, right);
    }

    private static int CompareTies(EvidenceVerdict left, EvidenceVerdict right)
    {
        int order = left.Content == right.Content
            ? 0
            : string.CompareOrdinal(left.Content.ToString(), right.Content.ToString());
        order = order != 0 ? order : left.Party.GetValueOrDefault().CompareTo(right.Party.GetValueOrDefault());
        order = order != 0 ? order : left.Kind.CompareTo(right.Kind);
        order = order != 0 ? order : left.Strength.CompareTo(right.Strength);
        order = order != 0 ? order : left.Finding.CompareTo(right.Finding);
        return order != 0 ? order : string.CompareOrdinal(left.State, right.State);
    }
}
