using System.Buffers;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>
/// Touches in groups of falling priority: the first group with an eligible touch shares everything by another rule.
/// </summary>
/// <remarks>
/// A touch belongs to the first group that fits it; those that fit none are a last group. So a click beats a later view
/// (<see cref="ClickBeforeView"/>), and preferred partners beat the others.
/// </remarks>
public sealed record PriorityGroups : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "priority-groups";

    /// <summary>The most groups.</summary>
    public const int GroupCountMax = 100;

    private const int SmallCount = 64;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The groups, the most important first; from 1 to <see cref="GroupCountMax"/>.</summary>
    public ValueList<TouchFilter> Groups { get; init => field = value ?? []; } = [];

    /// <summary>How the winning group shares; the last touch by default.</summary>
    public AttributionRule Of { get; init => field = value ?? new LastTouch(); } = new LastTouch();

    internal override (string Name, AttributionRule Rule)? Inner => (nameof(Of), Of);

    /// <summary>
    /// A click beats a view however old it is: clicks, then engagements and whatever is no mere view, then views and
    /// impressions.
    /// </summary>
    /// <param name="of">How the winning group shares; the last touch when null.</param>
    public static PriorityGroups ClickBeforeView(AttributionRule? of = null) => new()
    {
        Groups =
        [
            new() { Kinds = [TouchpointKind.Click, TouchpointKind.Call] },
            new() { Kinds = [TouchpointKind.Engagement, TouchpointKind.Visit, TouchpointKind.Message] },
        ],
        Of = of ?? new LastTouch(),
    };

    internal static PriorityGroups Read(TermReader terms, AttributionRuleCatalog catalog) => new()
    {
        Groups = terms.List("groups", TouchFilter.Read, 1, GroupCountMax),
        Of = catalog.ReadInner(terms, "of"),
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("groups", Groups);
        terms.Terms("of", Of);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        int count = journey.Count;
        int[]? rented = count <= SmallCount ? null : ArrayPool<int>.Shared.Rent(count);
        Span<int> places = (rented ?? stackalloc int[SmallCount])[..count];
        int best = int.MaxValue;
        int found = 0;
        for (int i = 0; i < count; i++)
        {
            int group = GroupOf(journey[i]);
            if (group < best)
            {
                (best, found) = (group, 0);
            }

            if (group == best)
            {
                places[found++] = i;
            }
        }

        WeighPart(Of, journey, places[..found], weights);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private int GroupOf(in JourneyTouch touch)
    {
        int group = 0;
        while (group < Groups.Count && !Groups[group].Matches(touch))
        {
            group++;
        }

        return group;
    }
}
