using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>
/// What a policy judges: an outcome's time and the evidence that is known at the time of the decision.
/// </summary>
/// <remarks>
/// Built by <see cref="ProofPolicy.Judge"/>, which leaves out what was received after <see cref="AsOf"/> and sorts the
/// rest by receipt, then scheme, replay key, content, party, kind and strength; so the order in which evidence is
/// handed over makes no difference.
/// </remarks>
public sealed class ProofCase
{
    private ProofCase(Instant outcomeAt, Instant asOf, ValueList<EvidenceVerdict> verdicts)
    {
        OutcomeAt = outcomeAt;
        AsOf = asOf;
        Verdicts = verdicts;
    }

    /// <summary>When the outcome occurred.</summary>
    public Instant OutcomeAt { get; }

    /// <summary>When it is decided.</summary>
    public Instant AsOf { get; }

    /// <summary>The verdicts on the evidence, in canonical order, repetitions included.</summary>
    public ValueList<EvidenceVerdict> Verdicts { get; }

    /// <summary>The end of a wait that begins with the outcome; null when there is no end.</summary>
    /// <param name="wait">How long the outcome waits.</param>
    public Instant? EndOf(Duration? wait)
    {
        if (wait is not { } length)
        {
            return null;
        }

        return length > Instant.MaxValue - OutcomeAt ? Instant.MaxValue : OutcomeAt + length;
    }

    internal static ProofCase Of(Instant outcomeAt, IEnumerable<EvidenceVerdict> verdicts, Instant asOf)
    {
        return verdicts is IReadOnlyCollection<EvidenceVerdict> { Count: 0 }
            ? new(outcomeAt, asOf, [])
            : OfKnown(outcomeAt, verdicts, asOf);
    }

    private static ProofCase OfKnown(Instant outcomeAt, IEnumerable<EvidenceVerdict> verdicts, Instant asOf)
    {
        EvidenceVerdict[] known = [.. verdicts.Where(verdict => verdict.ReceivedAt <= asOf)];
        Array.Sort(known, Compare);
        return new(outcomeAt, asOf, ValueList.Create<EvidenceVerdict>(known));
    }

    private static int Compare(EvidenceVerdict left, EvidenceVerdict right)
    {
        int order = left.ReceivedAt.CompareTo(right.ReceivedAt);
        order = order != 0 ? order : left.Scheme.CompareTo(right.Scheme);
        order = order != 0 ? order : left.ReplayKey.GetValueOrDefault().CompareTo(right.ReplayKey.GetValueOrDefault());
        order = order != 0 ? order : string.CompareOrdinal(left.Content.ToString(), right.Content.ToString());
        order = order != 0 ? order : left.Party.GetValueOrDefault().CompareTo(right.Party.GetValueOrDefault());
        order = order != 0 ? order : left.Kind.CompareTo(right.Kind);
        return order != 0 ? order : left.Strength.CompareTo(right.Strength);
    }
}
