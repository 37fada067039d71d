using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>Weights by channel, kind, partner or fact: each touch has that of the first entry that fits it.</summary>
public sealed record CustomWeights : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "custom-weights";

    /// <summary>The most entries.</summary>
    public const int EntryCountMax = 1_000;

    /// <summary>The greatest weight.</summary>
    public const long WeightMax = 1_000_000_000;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>
    /// The weights; from 1 to <see cref="EntryCountMax"/>, at least one above 0 or <see cref="Otherwise"/>.
    /// </summary>
    public ValueList<TouchWeight> Weights { get; init => field = value ?? []; } = [];

    /// <summary>The weight of a touch that no entry fits, from 0 to <see cref="WeightMax"/>; 0 by default.</summary>
    public long Otherwise { get; init; }

    /// <summary>Reads the rule's own terms.</summary>
    /// <param name="terms">The terms.</param>
    public static CustomWeights Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Weights = terms.List("weights", TouchWeight.Read, 1, EntryCountMax),
            Otherwise = terms.Has("otherwise") ? terms.Integer("otherwise") : 0,
        };
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("weights", Weights);
        terms.Integer("otherwise", Otherwise == 0 ? null : Otherwise);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        for (int i = 0; i < journey.Count; i++)
        {
            weights[i] = WeightOf(journey[i]);
        }
    }

    private long WeightOf(in JourneyTouch touch)
    {
        foreach (TouchWeight entry in Weights)
        {
            if (entry.Touches.Matches(touch))
            {
                return entry.Weight;
            }
        }

        return Otherwise;
    }
}
