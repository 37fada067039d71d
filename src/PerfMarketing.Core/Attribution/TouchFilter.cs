using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>Which touches a term is about; one that says nothing is about every touch.</summary>
/// <remarks>Everything that is stated must hold. What a touch does not say matches nothing.</remarks>
public sealed record TouchFilter : ITerms
{
    /// <summary>The most entries of each list.</summary>
    public const int CountMax = 1_000;

    /// <summary>The filter that every touch passes.</summary>
    public static TouchFilter All { get; } = new();

    /// <summary>The kinds, such as click and view; empty means all.</summary>
    public ValueList<TouchpointKind> Kinds { get; init => field = value ?? []; } = [];

    /// <summary>The channels; empty means all.</summary>
    public ValueList<ChannelId> Channels { get; init => field = value ?? []; } = [];

    /// <summary>The channels whose touches do not pass; a touch without a channel passes.</summary>
    public ValueList<ChannelId> ExceptChannels { get; init => field = value ?? []; } = [];

    /// <summary>The partners; empty means all.</summary>
    public ValueList<PartnerId> Partners { get; init => field = value ?? []; } = [];

    /// <summary>Claims of these kinds; empty means touches and claims alike.</summary>
    public ValueList<ClaimBasis> Claims { get; init => field = value ?? []; } = [];

    /// <summary>The name of a fact that the touch states; null means none is asked for.</summary>
    public string? Fact { get; init; }

    /// <summary>The fact's values as text; empty means any. Of several texts one must be among them.</summary>
    public ValueList<string> Values { get; init => field = value ?? []; } = [];

    /// <summary>Reads a filter.</summary>
    /// <param name="terms">The terms.</param>
    public static TouchFilter Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Kinds = terms.Values<TouchpointKind>("kinds", 0, CountMax),
            Channels = terms.Values<ChannelId>("channels", 0, CountMax),
            ExceptChannels = terms.Values<ChannelId>("exceptChannels", 0, CountMax),
            Partners = terms.Values<PartnerId>("partners", 0, CountMax),
            Claims = terms.Values<ClaimBasis>("claims", 0, CountMax),
            Fact = terms.OptionalText("fact"),
            Values = terms.Values<string>("values", 0, CountMax),
        };
    }

    /// <summary>Whether a touch passes.</summary>
    /// <param name="touch">The touch.</param>
    public bool Matches(in JourneyTouch touch) =>
        (Kinds.Count == 0 || (!touch.Kind.IsUnset && Kinds.AsSpan().Contains(touch.Kind)))
        && (Channels.Count == 0 || (!touch.Channel.IsUnset && Channels.AsSpan().Contains(touch.Channel)))
        && (ExceptChannels.Count == 0 || !ExceptChannels.AsSpan().Contains(touch.Channel))
        && (Partners.Count == 0 || (!touch.Partner.IsUnset && Partners.AsSpan().Contains(touch.Partner)))
        && (Claims.Count == 0 || (touch.Claim is { } claim && Claims.AsSpan().Contains(claim)))
        && (Fact is null || States(touch.Facts));

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Values("kinds", Kinds);
        terms.Values("channels", Channels);
        terms.Values("exceptChannels", ExceptChannels);
        terms.Values("partners", Partners);
        terms.Values("claims", Claims);
        terms.Value("fact", Fact);
        terms.Values("values", Values);
    }

    private bool States(FactSet facts)
    {
        if (!facts.TryFind(Fact!, out FactValue value))
        {
            return false;
        }

        if (Values.Count == 0)
        {
            return true;
        }

        if (value.Kind != FactKind.Texts)
        {
            return Values.AsSpan().Contains(value.Text);
        }

        foreach (string text in value.Texts)
        {
            if (Values.AsSpan().Contains(text))
            {
                return true;
            }
        }

        return false;
    }
}
