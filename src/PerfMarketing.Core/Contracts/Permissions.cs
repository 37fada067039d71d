using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>
/// Which touches a contract or a campaign accepts: allowed and denied channels, methods, places and kinds of touch.
/// </summary>
/// <remarks>
/// An empty list of what is allowed allows everything. A list that is not empty asks for the thing to be known: a touch
/// whose channel nobody knows does not come through an allowed one. What is denied is refused when it is known. A touch
/// is judged by the version in force when it happened.
/// </remarks>
public sealed record Permissions : ITerms
{
    /// <summary>The most entries of one list.</summary>
    public const int CountMax = 1_000;

    /// <summary>The channels that are allowed; all when empty.</summary>
    public ValueList<ChannelId> Channels { get; init; } = [];

    /// <summary>The channels that are denied.</summary>
    public ValueList<ChannelId> DeniedChannels { get; init; } = [];

    /// <summary>
    /// The methods that are allowed, as <see cref="Facts.Method"/> names them, such as <c>cashback</c>; all when empty.
    /// </summary>
    public ValueList<string> Methods { get; init; } = [];

    /// <summary>The methods that are denied, such as <c>brand-bidding</c>.</summary>
    public ValueList<string> DeniedMethods { get; init; } = [];

    /// <summary>The places that are allowed; all when empty.</summary>
    public ValueList<Place> Places { get; init; } = [];

    /// <summary>The places that are denied.</summary>
    public ValueList<Place> DeniedPlaces { get; init; } = [];

    /// <summary>The kinds of touch that are allowed, such as clicks alone; all when empty.</summary>
    public ValueList<TouchpointKind> Kinds { get; init; } = [];

    /// <summary>The kinds of touch that are denied.</summary>
    public ValueList<TouchpointKind> DeniedKinds { get; init; } = [];

    /// <summary>What must hold of the touch's facts besides, such as its referrer; null asks for nothing.</summary>
    public Condition? When { get; init; }

    /// <summary>Reads permissions.</summary>
    /// <param name="terms">The terms.</param>
    public static Permissions Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Channels = terms.Values<ChannelId>("channels", 0, CountMax),
            DeniedChannels = terms.Values<ChannelId>("deniedChannels", 0, CountMax),
            Methods = terms.Values<string>("methods", 0, CountMax),
            DeniedMethods = terms.Values<string>("deniedMethods", 0, CountMax),
            Places = terms.Values<Place>("places", 0, CountMax),
            DeniedPlaces = terms.Values<Place>("deniedPlaces", 0, CountMax),
            Kinds = terms.Values<TouchpointKind>("kinds", 0, CountMax),
            DeniedKinds = terms.Values<TouchpointKind>("deniedKinds", 0, CountMax),
            When = terms.OptionalObject("when", Condition.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Values("channels", Channels);
        terms.Values("deniedChannels", DeniedChannels);
        terms.Values("methods", Methods);
        terms.Values("deniedMethods", DeniedMethods);
        terms.Values("places", Places);
        terms.Values("deniedPlaces", DeniedPlaces);
        terms.Values("kinds", Kinds);
        terms.Values("deniedKinds", DeniedKinds);
        terms.Terms("when", When);
    }
}
