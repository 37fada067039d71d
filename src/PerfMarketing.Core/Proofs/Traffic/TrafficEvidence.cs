using System.Globalization;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>
/// Findings on traffic as evidence: how what was seen beside a result reaches its decision, and leaves it.
/// </summary>
/// <remarks>
/// A finding is evidence of the kind <see cref="Flagged"/> with one covered claim for each code, whose value is the
/// score; claims whose name has no dot are no codes, and a message that says it did not happen finds nothing.
/// Clearing is evidence of the kind <see cref="Cleared"/> that names the codes, or none for all of them. Both are
/// records like any other evidence, so nothing is filtered or restored without a trace. A finding that is received
/// after a clearing stands again.
/// </remarks>
public static class TrafficEvidence
{
    private const string ClassClaim = "class";

    /// <summary>The kind of evidence that says what was found: <c>traffic-flagged</c>.</summary>
    public static EvidenceKind Flagged { get; } = new("traffic-flagged");

    /// <summary>The kind of evidence that takes findings back: <c>traffic-cleared</c>.</summary>
    public static EvidenceKind Cleared { get; } = new("traffic-cleared");

    /// <summary>The kind of evidence that keeps what licensed lists said: <c>traffic-classified</c>.</summary>
    public static EvidenceKind Classified { get; } = new("traffic-classified");

    /// <summary>What licensed lists said of a result's source, as it was when they were asked.</summary>
    /// <param name="id">The answer's id; a repetition has the same.</param>
    /// <param name="classes">The classes; none when no list names the source.</param>
    /// <param name="at">When they were asked.</param>
    public static EvidenceVerdict Classify(EvidenceId id, IEnumerable<string> classes, Instant at)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return EvidenceVerdict.Asserted(Classified, id, at) with
        {
            Claims = classes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(static c => new EvidenceClaim(ClassClaim, c)).ToValueList(),
        };
    }

    /// <summary>The host's finding.</summary>
    /// <param name="id">The finding's id; a repetition has the same.</param>
    /// <param name="signals">What was found.</param>
    /// <param name="at">When.</param>
    public static EvidenceVerdict Flag(EvidenceId id, IEnumerable<TrafficSignal> signals, Instant at)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return EvidenceVerdict.Asserted(Flagged, id, at) with
        {
            Claims = signals.Select(static signal => new EvidenceClaim(signal.Code, ScoreOf(signal))).ToValueList(),
        };
    }

    /// <summary>The host's decision that findings were wrong, or do not matter.</summary>
    /// <param name="id">The decision's id; a repetition has the same.</param>
    /// <param name="at">When.</param>
    /// <param name="codes">The codes that are cleared; all when none is given.</param>
    public static EvidenceVerdict Clear(EvidenceId id, Instant at, params ReadOnlySpan<string> codes)
    {
        List<EvidenceClaim> claims = [];
        foreach (string code in codes)
        {
            claims.Add(new(code, "cleared"));
        }

        return EvidenceVerdict.Asserted(Cleared, id, at) with { Claims = claims.ToValueList() };
    }

    /// <summary>
    /// The findings that stand: those of the rules, and those that came as evidence, less what was cleared.
    /// </summary>
    /// <remarks>
    /// Only the host's own word clears: what others sign may accuse, but nobody takes back a finding on himself.
    /// </remarks>
    /// <param name="terms">The terms, which say what a finding counts.</param>
    /// <param name="found">What the rules find now.</param>
    /// <param name="verdicts">What is known of the result's evidence, in any order.</param>
    /// <param name="asOf">The present; what was received later is not known.</param>
    public static IEnumerable<TrafficSignal> Standing(
        TrafficTerms terms, IEnumerable<TrafficSignal> found, IEnumerable<EvidenceVerdict> verdicts, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(found);
        EvidenceVerdict[] known =
        [
            .. verdicts.Where(v => v is { IsValid: true, Finding: EvidenceFinding.Happened } && v.ReceivedAt <= asOf
                && (v.Kind == Flagged || (v.Kind == Cleared && v.Scheme == SchemeId.Asserted))),
        ];
        foreach (TrafficSignal signal in found)
        {
            if (ClearedAt(known, signal.Code) is null)
            {
                yield return signal;
            }
        }

        foreach (EvidenceVerdict verdict in known.Where(static v => v.Kind == Flagged))
        {
            foreach (EvidenceClaim claim in verdict.Claims.ToArray())
            {
                if (IsCode(claim.Name) && !(ClearedAt(known, claim.Name) >= verdict.ReceivedAt))
                {
                    yield return SignalOf(terms, claim);
                }
            }
        }
    }

    /// <summary>The classes that are known as evidence.</summary>
    /// <param name="verdicts">What is known of the result's evidence.</param>
    /// <param name="asOf">The present; what was received later is not known.</param>
    internal static ValueList<string> ClassesOf(ValueList<EvidenceVerdict> verdicts, Instant asOf)
    {
        List<string>? classes = null;
        foreach (EvidenceVerdict verdict in verdicts)
        {
            if (verdict is { IsValid: true } && verdict.Kind == Classified && verdict.ReceivedAt <= asOf)
            {
                (classes ??= []).AddRange(
                    verdict.Claims.Where(static c => c.Name == ClassClaim).Select(static c => c.Value));
            }
        }

        return classes?.ToValueList() ?? [];
    }

    /// <summary>What of a verdict stays when it is erased: codes, scores and classes are no personal data.</summary>
    /// <param name="verdict">The verdict.</param>
    internal static ValueList<EvidenceClaim> LastingIn(EvidenceVerdict verdict) =>
        verdict.Kind == Flagged ? [.. verdict.Claims.Where(static c => IsCode(c.Name))]
        : verdict.Kind == Classified ? [.. verdict.Claims.Where(static c => c.Name == ClassClaim)]
        : verdict.Kind == Cleared && verdict.Scheme == SchemeId.Asserted ? verdict.Claims
        : [];

    // Codes have an area and a dot; what a scheme or a sender says beside, such as an amount, is no finding.
    private static bool IsCode(string name) => CodeName.IsValid(name) && name.Contains('.', StringComparison.Ordinal);

    private static Instant? ClearedAt(EvidenceVerdict[] known, string code)
    {
        Instant? at = null;
        foreach (EvidenceVerdict verdict in known)
        {
            bool clears = verdict.Kind == Cleared
                && (verdict.Claims.Count == 0 || verdict.Claims.Any(claim => claim.Name == code));
            at = clears && !(verdict.ReceivedAt <= at) ? verdict.ReceivedAt : at;
        }

        return at;
    }

    // What a finding counts is a term of the contract; one of another origin counts what it says, within bounds.
    private static TrafficSignal SignalOf(TrafficTerms terms, EvidenceClaim claim)
    {
        foreach (TrafficRule rule in terms.Rules)
        {
            if (claim.Name == TrafficReasons.Of(rule.Rule))
            {
                return new(rule.Score, rule.Then, new Reason(claim.Name));
            }
        }

        _ = int.TryParse(claim.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int score);
        return new(
            Math.Min(score, TrafficRule.ScoreMax),
            TrafficAction.Accept,
            Reason.Of(TrafficReasons.Reported, ("code", claim.Name)));
    }

    private static string ScoreOf(TrafficSignal signal) => signal.Score.ToString(CultureInfo.InvariantCulture);
}
