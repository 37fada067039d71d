using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Rules;

/// <summary>
/// All credit to the newest eligible touch of a channel that is not ignored; when all are, to the newest of them.
/// </summary>
/// <remarks>A touch without a channel is not ignored.</remarks>
public sealed record LastNonDirect : AttributionRule
{
    /// <summary>The rule's name in terms.</summary>
    public const string TagName = "last-non-direct";

    private static readonly ValueList<ChannelId> Direct = [new("direct")];

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>
    /// The ignored channels, at least one and at most <see cref="TouchFilter.CountMax"/>; <c>direct</c> by default.
    /// </summary>
    public ValueList<ChannelId> Ignored { get; init => field = value ?? []; } = Direct;

    /// <summary>Reads the rule's own terms.</summary>
    /// <param name="terms">The terms.</param>
    public static LastNonDirect Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Has("ignored")
            ? new() { Ignored = terms.Values<ChannelId>("ignored", 1, TouchFilter.CountMax) }
            : new();
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Values("ignored", Ignored);
    }

    /// <inheritdoc/>
    protected override void Weigh(in JourneyView journey, Span<long> weights)
    {
        ReadOnlySpan<ChannelId> ignored = Ignored.AsSpan();
        int place = journey.Count - 1;
        while (place >= 0 && ignored.Contains(journey[place].Channel))
        {
            place--;
        }

        weights[place >= 0 ? place : journey.Count - 1] = 1;
    }
}
