using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>How a Markov model is fitted; without anything said, removal to null of single channels.</summary>
public sealed record MarkovOptions
{
    /// <summary>The highest order.</summary>
    public const int OrderMax = 8;

    /// <summary>The usual way.</summary>
    public static MarkovOptions Default { get; } = new();

    /// <summary>What becomes of a journey that would enter a removed channel.</summary>
    public RemovalMode Removal { get; init; }

    /// <summary>Channels that are removed together; what is in no group is removed alone.</summary>
    public ValueList<ChannelGroup> Groups { get; init; } = [];

    /// <summary>How many threads may work at once; 1 unless stated. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>What becomes of a journey that would enter a removed channel.</summary>
public enum RemovalMode
{
    /// <summary>It ends without converting. The usual meaning, and that of the literature.</summary>
    ToNull,

    /// <summary>
    /// It goes on to where the channel led: whoever came before the channel is joined to whatever came after it, and
    /// only conversions that came directly out of a window with the channel are lost.
    /// </summary>
    /// <remarks>
    /// With order 1 the effect of a channel is its share of last touches; with an order not below the longest path it
    /// is the share of conversions that it took part in.
    /// </remarks>
    Skip,
}

/// <summary>Channels that are removed together.</summary>
/// <param name="Name">What the group is called in the result.</param>
/// <param name="Channels">Its channels; a channel is in one group at most.</param>
public sealed record ChannelGroup(string Name, ValueList<ChannelId> Channels);
