using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>
/// All credit to the partner to whom the outcome belongs, by its coupon, territory or customer; else by another rule.
/// </summary>
/// <remarks>
/// Which claims count says <see cref="AttributionRule.Claims"/>, the most important kind first; of the kinds that the
/// outcome has, only the first counts. The owner gets the credit at its newest touch, and at the claim itself when it
/// touched nobody. The inner rule never sees claims.
/// </remarks>
public sealed record OwnerFirst : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "owner-first";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>When the owner gets the credit; always by default.</summary>
    public OwnerCondition When { get; init; }

    /// <summary>Who gets it when several own the outcome; by default they share evenly.</summary>
    public SeveralOwners Several { get; init; }

    /// <summary>How an outcome without an owner that gets credit is shared; the last touch by default.</summary>
    public AttributionRule Of { get; init => field = value ?? new LastTouch(); } = new LastTouch();

    internal override (string Name, AttributionRule Rule)? Inner => (nameof(Of), Of);

    internal static OwnerFirst Read(TermReader terms, AttributionRuleCatalog catalog) => new()
    {
        When = terms.Enum("when", OwnerCondition.Always),
        Several = terms.Enum("several", SeveralOwners.Share),
        Of = catalog.ReadInner(terms, "of"),
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("when", When, OwnerCondition.Always);
        terms.Enum("several", Several, SeveralOwners.Share);
        terms.Terms("of", Of);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        // Claims stand last, the most important kind at the very end.
        int touches = journey.Count;
        while (touches > 0 && journey[touches - 1].Claim is not null)
        {
            touches--;
        }

        WeighTouches(journey, touches, weights);
        List<PartnerId> owners = OwnersOf(journey, touches, weights);
        if (owners.Count > 0)
        {
            weights.Clear();
            foreach (PartnerId owner in owners)
            {
                weights[PlaceOf(journey, touches, owner)] = 1;
            }
        }
    }

    private void WeighTouches(in JourneyView journey, int touches, Span<long> weights)
    {
        if (touches == journey.Count)
        {
            WeighAll(Of, journey, weights);
        }
        else if (touches > 0)
        {
            int[] places = [.. Enumerable.Range(0, touches)];
            WeighPart(Of, journey, places, weights);
        }
    }

    // Those of the most important kind of claim that get the credit; a partner that claims twice once.
    private List<PartnerId> OwnersOf(in JourneyView journey, int touches, ReadOnlySpan<long> weights)
    {
        List<PartnerId> owners = [];
        for (int i = touches; i < journey.Count; i++)
        {
            PartnerId owner = journey[i].Partner;
            if (journey[i].Claim == journey[journey.Count - 1].Claim && !owners.Contains(owner))
            {
                owners.Add(owner);
            }
        }

        for (int i = owners.Count - 1; i >= 0; i--)
        {
            if (!IsEntitled(journey, touches, weights, owners[i]))
            {
                owners.RemoveAt(i);
            }
        }

        return Several == SeveralOwners.Share || owners.Count < 2 ? owners
            : Several == SeveralOwners.First ? owners[..1]
            : owners[^1..];
    }

    private bool IsEntitled(in JourneyView journey, int touches, ReadOnlySpan<long> weights, PartnerId owner)
    {
        bool found = When == OwnerCondition.Always;
        for (int i = 0; i < touches && !found; i++)
        {
            found = journey.EarnerOf(i) == owner && (When == OwnerCondition.IfInvolved || weights[i] > 0);
        }

        return found;
    }

    // The owner's newest touch; its claim when it touched nobody.
    private static int PlaceOf(in JourneyView journey, int touches, PartnerId owner)
    {
        for (int i = touches - 1; i >= 0; i--)
        {
            if (journey.EarnerOf(i) == owner)
            {
                return i;
            }
        }

        int place = journey.Count - 1;
        while (journey[place].Partner != owner)
        {
            place--;
        }

        return place;
    }
}
