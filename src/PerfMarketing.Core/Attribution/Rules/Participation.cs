using System.Runtime.InteropServices;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>
/// Shares by role: who introduced the customer, who closed the deal, and who assisted between, each partner once.
/// </summary>
/// <remarks>
/// The partner of the newest eligible touch is the closer, that of the oldest the introducer, and every other partner
/// assists. Assisting partners share their part evenly. The part of a role that nobody has goes to the others in
/// proportion; a partner alone gets everything. All weights are exact.
/// </remarks>
/// <param name="Introducer">The introducer's share, from 0 to 1 with at most 9 decimals.</param>
/// <param name="Assist">The share of all who assisted together.</param>
/// <param name="Closer">The closer's share. The three add up to at most 1, in proportion to each other.</param>
public sealed record Participation(decimal Introducer, decimal Assist, decimal Closer) : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "participation";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>
    /// Whether a partner that introduced and closed gets the closer's share alone; by default it gets both.
    /// </summary>
    public bool CloserOnly { get; init; }

    /// <summary>Reads the rule's own terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Participation Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Number("introducer"), terms.Number("assist"), terms.Number("closer"))
        {
            CloserOnly = terms.Flag("closerOnly"),
        };
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Number("introducer", Introducer);
        terms.Number("assist", Assist);
        terms.Number("closer", Closer);
        terms.Flag("closerOnly", CloserOnly);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        long introducer = Shares.Units(Introducer);
        long assist = Shares.Units(Assist);
        long closer = Shares.Units(Closer);
        if (journey.EarnerOf(0) == journey.EarnerOf(journey.Count - 1))
        {
            (introducer, closer) = (0, CloserOnly ? closer : introducer + closer);
        }

        int assisting = MarkAssists(journey, weights);
        assist = assisting == 0 ? 0 : assist;
        long divisor = Shares.GreatestCommonDivisor(Shares.GreatestCommonDivisor(introducer, closer), assist);
        if (divisor == 0)
        {
            // Nobody has a role that counts: the closer stands for all.
            weights.Clear();
            weights[^1] = 1;
            return;
        }

        foreach (ref long weight in weights)
        {
            weight *= assist / divisor;
        }

        weights[0] += introducer / divisor * Math.Max(1, assisting);
        weights[^1] += closer / divisor * Math.Max(1, assisting);
    }

    // Puts 1 on the oldest touch of each partner that assisted, and counts these partners.
    private static int MarkAssists(in JourneyView journey, Span<long> weights)
    {
        PartnerId introducer = journey.EarnerOf(0);
        PartnerId closer = journey.EarnerOf(journey.Count - 1);
        Dictionary<PartnerId, int>? seen = null;
        int assisting = 0;
        for (int i = 1; i < journey.Count - 1; i++)
        {
            PartnerId partner = journey.EarnerOf(i);
            if (partner == introducer || partner == closer)
            {
                continue;
            }

            seen ??= [];
            ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, partner, out bool _);
            if (count++ == 0)
            {
                weights[i] = 1;
                assisting++;
            }
        }

        return assisting;
    }
}
