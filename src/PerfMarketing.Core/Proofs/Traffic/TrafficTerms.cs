using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>
/// How a contract filters invalid traffic: its rules, and from which score on results are held or rejected.
/// </summary>
/// <remarks>
/// Nothing is filtered silently: only what is written here holds or rejects a result, and every finding is a reason of
/// the decision. A filtered result comes back when its findings are cleared, see <see cref="TrafficEvidence"/>.
/// </remarks>
public sealed record TrafficTerms : ITerms
{
    /// <summary>The most rules.</summary>
    public const int RuleCountMax = 32;

    /// <summary>The rules.</summary>
    public required ValueList<TrafficRule> Rules { get; init; }

    /// <summary>From which score on a result waits; null, the default, never by score.</summary>
    public int? HoldAt { get; init; }

    /// <summary>From which score on a result is rejected; null, the default, never by score.</summary>
    public int? RejectAt { get; init; }

    /// <summary>Whether some rule looks at other results too.</summary>
    public bool LooksBeside => Rules.Any(static r => r.LooksBeside);

    /// <summary>Whether some rule looks at what licensed lists say.</summary>
    public bool AsksLists => Rules.Any(static r => r.Rule == TrafficRuleKind.Classified);

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Rules = terms.List("rules", TrafficRule.Read, 1, RuleCountMax),
            HoldAt = terms.Has("holdAt") ? terms.Int("holdAt", 0) : null,
            RejectAt = terms.Has("rejectAt") ? terms.Int("rejectAt", 0) : null,
        };
    }

    /// <summary>
    /// What becomes of a result. The order of the signals makes no difference; each code counts once.
    /// </summary>
    /// <param name="signals">What the rules found; of several with one code the gravest counts.</param>
    public TrafficDecision Decide(IEnumerable<TrafficSignal> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        TrafficSignal[] found =
        [
            .. signals.GroupBy(static signal => signal.Code)
                .Select(static same => same
                    .OrderByDescending(static signal => signal.Then).ThenByDescending(static signal => signal.Score)
                    .ThenBy(static signal => signal.Reason.ToString(), StringComparer.Ordinal).First())
                .OrderBy(static signal => signal.Code, StringComparer.Ordinal),
        ];
        int score = found.Sum(static signal => signal.Score);
        TrafficAction byScore = score >= RejectAt ? TrafficAction.Reject
            : score >= HoldAt ? TrafficAction.Hold
            : TrafficAction.Accept;
        TrafficAction byRule = found.Select(static signal => signal.Then).DefaultIfEmpty().Max();
        return new(byRule > byScore ? byRule : byScore, score, found.ToValueList());
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("rules", Rules);
        terms.Integer("holdAt", HoldAt);
        terms.Integer("rejectAt", RejectAt);
    }
}
