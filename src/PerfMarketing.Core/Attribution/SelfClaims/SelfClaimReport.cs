using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.SelfClaims;

/// <summary>The claims of networks that attribute themselves, held against our attribution.</summary>
/// <remarks>
/// Each network sees its own touches only, so two may claim one outcome: their claims add up to more than there is.
/// Ours add up to the outcomes.
/// </remarks>
public sealed record SelfClaimReport
{
    private SelfClaimReport(ValueList<SelfClaimFinding> findings, ValueList<SelfClaimLine> lines, int several) =>
        (Findings, Lines, ClaimedBySeveral) = (findings, lines, several);

    /// <summary>Each claim with its result, by outcome and partner; a claim that is repeated stands once.</summary>
    public ValueList<SelfClaimFinding> Findings { get; }

    /// <summary>One line for each network that claims, by its name.</summary>
    public ValueList<SelfClaimLine> Lines { get; }

    /// <summary>How many outcomes are claimed by more than one network.</summary>
    public int ClaimedBySeveral { get; }

    /// <summary>Compares claims with decisions.</summary>
    /// <param name="claims">What the networks say, in any order.</param>
    /// <param name="decisions">
    /// Our decisions by outcome; with <see cref="ExplainLevel.Full"/> lost claims say why.
    /// </param>
    public static SelfClaimReport Compare(
        IEnumerable<SelfClaim> claims, IReadOnlyDictionary<OutcomeId, AttributionDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(decisions);
        SelfClaim[] once =
        [
            .. claims.DistinctBy(static c => (c.Outcome, c.Partner))
                .OrderBy(static c => c.Outcome).ThenBy(static c => c.Partner),
        ];
        ValueList<SelfClaimFinding> findings = [.. once.Select(c => Judge(c, decisions.GetValueOrDefault(c.Outcome)))];
        HashSet<(OutcomeId, PartnerId)> claimed = [.. once.Select(static c => (c.Outcome, c.Partner))];
        Dictionary<PartnerId, int> unclaimed = [];
        foreach ((OutcomeId outcome, AttributionDecision decision) in decisions)
        {
            foreach (Credit credit in decision.Credits)
            {
                if (!claimed.Contains((outcome, credit.Partner)))
                {
                    unclaimed[credit.Partner] = unclaimed.GetValueOrDefault(credit.Partner) + 1;
                }
            }
        }

        return new(
            findings,
            [
                .. findings.GroupBy(static f => f.Claim.Partner).OrderBy(static g => g.Key)
                    .Select(g => LineOf(g.Key, [.. g], unclaimed.GetValueOrDefault(g.Key))),
            ],
            once.GroupBy(static c => c.Outcome).Count(static g => g.Count() > 1));
    }

    private static SelfClaimFinding Judge(SelfClaim claim, AttributionDecision? decision)
    {
        if (decision is null)
        {
            return new(claim, SelfClaimResult.Unknown, Ratio.Zero);
        }

        foreach (Credit credit in decision.Credits)
        {
            if (credit.Partner == claim.Partner)
            {
                return new(
                    claim,
                    credit.Weight == credit.Total ? SelfClaimResult.Agreed : SelfClaimResult.Shared,
                    credit.Share);
            }
        }

        for (int i = decision.Touches.Count - 1; i >= 0; i--)
        {
            if (decision.Touches[i] is { Reason: { } reason } touch && touch.Partner == claim.Partner)
            {
                return new(claim, SelfClaimResult.Lost, Ratio.Zero, reason);
            }
        }

        return new(claim, SelfClaimResult.Untouched, Ratio.Zero);
    }

    private static SelfClaimLine LineOf(PartnerId partner, SelfClaimFinding[] findings, int unclaimed) => new(
        partner,
        findings.Length,
        findings.Count(static f => f.Result == SelfClaimResult.Agreed),
        findings.Count(static f => f.Result == SelfClaimResult.Shared),
        findings.Count(static f => f.Result == SelfClaimResult.Lost),
        findings.Count(static f => f.Result is SelfClaimResult.Untouched or SelfClaimResult.Unknown),
        unclaimed);
}
