namespace PerfMarketing.Proofs.Traffic;

/// <summary>The codes of what can be wrong with terms of invalid traffic.</summary>
public static class TrafficCodes
{
    /// <summary>There is no rule, or more than <see cref="TrafficTerms.RuleCountMax"/>.</summary>
    public const string RuleCount = "traffic.rule-count";

    /// <summary>A rule does not exist, or names a kind of result twice.</summary>
    public const string RuleUndefined = "traffic.rule-undefined";

    /// <summary>A score is not from 0 to 100, or the consequence does not exist.</summary>
    public const string ScoreOutOfRange = "traffic.score-out-of-range";

    /// <summary>A rule lacks a threshold that it needs, has one that it does not use, or one out of range.</summary>
    public const string ThresholdsInvalid = "traffic.thresholds-invalid";

    /// <summary>The scores from which on results are held or rejected are below 1, or rejecting comes first.</summary>
    public const string ScoresInvalid = "traffic.scores-invalid";
}
