using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>Shares of any positions and milestones; what they leave is spread evenly over the other touches.</summary>
/// <remarks>
/// A touch that several marks mean gets all their shares. The share of a mark that the journey does not have, and what
/// is left when no other touch is there, goes to the others in proportion; where all that is there would get nothing,
/// each touch gets the same. So a single touch gets everything, and two touches under 30/30/30 share evenly. All
/// weights are exact.
/// </remarks>
public sealed record PositionVector : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "position-vector";

    /// <summary>The most marks.</summary>
    public const int MarkCountMax = 100;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The marks, from 1 to <see cref="MarkCountMax"/>; their shares add up to at most 1.</summary>
    public ValueList<PositionMark> Marks { get; init => field = value ?? []; } = [];

    /// <summary>First and last 40 % each, 20 % to those between.</summary>
    public static PositionVector UShape { get; } = new() { Marks = [At(1, 0.4m), At(-1, 0.4m)] };

    /// <summary>The first touch, the one that made a lead and the last 30 % each, 10 % to the others.</summary>
    /// <param name="milestone">The milestone of the middle; the middle touch when null.</param>
    public static PositionVector WShape(string? milestone = "lead") => new()
    {
        Marks = [At(1, 0.3m), milestone is null ? At(0, 0.3m) : Of(milestone, 0.3m), At(-1, 0.3m)],
    };

    /// <summary>First, two milestones and last 22.5 % each, 10 % to the others.</summary>
    /// <param name="milestone">The first milestone.</param>
    /// <param name="next">The second milestone.</param>
    public static PositionVector ZShape(string milestone = "lead", string next = "opportunity") => new()
    {
        Marks = [At(1, 0.225m), Of(milestone, 0.225m), Of(next, 0.225m), At(-1, 0.225m)],
    };

    /// <summary>Reads the rule's own terms.</summary>
    /// <param name="terms">The terms.</param>
    public static PositionVector Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new() { Marks = terms.List("marks", PositionMark.Read, 1, MarkCountMax) };
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("marks", Marks);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        long rest = Shares.One;
        foreach (PositionMark mark in Marks)
        {
            long units = Shares.Units(mark.Share);
            rest -= units;
            if (mark.IndexIn(journey) is >= 0 and int index)
            {
                // Whoever is marked is below zero, so that a share of 0 differs from none.
                weights[index] += weights[index] == 0 ? -1 - units : -units;
            }
        }

        if (rest < 0)
        {
            throw new InvalidOperationException("The shares are not valid: validate a rule before it is used.");
        }

        Spread(weights, rest);
    }

    private static void Spread(Span<long> weights, long rest)
    {
        int others = weights.Count(0L);
        long divisor = others == 0 ? 0 : rest;
        foreach (long weight in weights)
        {
            divisor = Shares.GreatestCommonDivisor(divisor, weight == 0 ? 0 : -1 - weight);
        }

        if (divisor == 0)
        {
            weights.Fill(1);
            return;
        }

        foreach (ref long weight in weights)
        {
            weight = weight == 0 ? rest / divisor : (-1 - weight) / divisor * Math.Max(1, others);
        }
    }

    private static PositionMark At(int place, decimal share) => new(share) { Place = place };

    private static PositionMark Of(string milestone, decimal share) => new(share) { Milestone = milestone };
}
