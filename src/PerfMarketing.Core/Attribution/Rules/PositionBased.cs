using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>
/// Fixed shares to the oldest and the newest eligible touch; what is left is spread evenly over those between.
/// </summary>
/// <remarks>
/// With n touches: n = 1 gets everything; n = 2 share as <paramref name="First"/> to <paramref name="Last"/> (evenly
/// when both are 0); from n = 3 on the n − 2 in the middle get (1 − First − Last) / (n − 2) each. All weights are
/// exact.
/// </remarks>
/// <param name="First">The oldest touch's share, from 0 to 1 with at most 9 decimals; default 0.4.</param>
/// <param name="Last">
/// The newest touch's share, from 0 to 1 with at most 9 decimals; default 0.4. Together at most 1.
/// </param>
public sealed record PositionBased(decimal First = 0.4m, decimal Last = 0.4m) : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "position-based";

    /// <summary>The most decimals of a share.</summary>
    public const int DecimalsMax = Shares.DecimalsMax;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>
    /// Whether what is left is spread over all touches, the oldest and the newest too, so that their shares are
    /// bonuses; not by default.
    /// </summary>
    public bool RestToAll { get; init; }

    private bool IsValid => Shares.IsValid(First) && Shares.IsValid(Last) && First + Last <= 1;

    /// <summary>Reads the rule's own terms; a share that is absent is 0.4.</summary>
    /// <param name="terms">The terms.</param>
    public static PositionBased Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Number("first", 0.4m), terms.Number("last", 0.4m)) { RestToAll = terms.Flag("restToAll") };
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Number("first", First);
        terms.Number("last", Last);
        terms.Flag("restToAll", RestToAll);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        if (!IsValid)
        {
            throw new InvalidOperationException("The shares are not valid: validate a rule before it is used.");
        }

        long first = Shares.Units(First);
        long last = Shares.Units(Last);
        long rest = Shares.One - first - last;
        if (RestToAll)
        {
            WithBonuses(weights, first, last, rest);
            return;
        }

        if (journey.Count < 3)
        {
            bool even = journey.Count == 1 || (first == 0 && last == 0);
            weights[0] = even ? 1 : first;
            weights[^1] = even ? 1 : last;
            return;
        }

        long divisor = Shares.GreatestCommonDivisor(Shares.GreatestCommonDivisor(first, last), rest);
        int between = journey.Count - 2;
        weights.Fill(rest / divisor);
        weights[0] = first / divisor * between;
        weights[^1] = last / divisor * between;
    }

    private static void WithBonuses(Span<long> weights, long first, long last, long rest)
    {
        long divisor = Shares.GreatestCommonDivisor(Shares.GreatestCommonDivisor(first, last), rest);
        weights.Fill(rest / divisor);
        weights[0] += first / divisor * weights.Length;
        weights[^1] += last / divisor * weights.Length;
    }
}
