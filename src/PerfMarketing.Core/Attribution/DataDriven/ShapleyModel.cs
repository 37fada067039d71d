using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Shapley's value of channels, computed exactly.</summary>
public sealed record ShapleyModel
{
    /// <summary>The most channels of a game over all sets unless more are asked for.</summary>
    public const int ChannelCountUsual = 20;

    /// <summary>The most channels of a game over all sets: 2^24 sets are held.</summary>
    public const int ChannelCountMax = 24;

    /// <summary>The most channels of the Markov game, each of whose 2^n sets is a chain to be solved.</summary>
    public const int MarkovChannelCountMax = 16;

    /// <summary>The game.</summary>
    public required ShapleyGame Game { get; init; }

    /// <summary>How many conversions were shared out.</summary>
    public required long Conversions { get; init; }

    /// <summary>The value that was shared out.</summary>
    public required decimal Value { get; init; }

    /// <summary>
    /// Whether the game is known to be unstable: rare channels may come out far from their data, even negative.
    /// </summary>
    public bool IsUnstable => Game is ShapleyGame.SubsetRate or ShapleyGame.ExactSetRate;

    /// <summary>The channels, sorted.</summary>
    public required ValueList<ChannelWorth> Worths { get; init; }

    /// <summary>Fits a model to paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="game">The game.</param>
    /// <param name="model">The model; null when it is refused.</param>
    /// <param name="refusal">
    /// Why there is none: nothing converts, there are too many channels, or the worths have no proportion.
    /// </param>
    /// <param name="channelCountMax">
    /// The most channels of a game over all sets; up to <see cref="ChannelCountMax"/>, with 16 bytes for each set.
    /// </param>
    public static bool TryFit(
        PathCounts paths,
        ShapleyGame game,
        [NotNullWhen(true)] out ShapleyModel? model,
        [NotNullWhen(false)] out Reason? refusal,
        int channelCountMax = ChannelCountUsual)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channelCountMax, ChannelCountMax);
        int most = game switch
        {
            ShapleyGame.SubsetRate => channelCountMax,
            ShapleyGame.Markov => MarkovChannelCountMax,
            _ => PathCountsBuilder.ChannelCountMax,
        };
        model = null;
        refusal = paths.Conversions == 0 ? Reason.Of(DataDrivenReasons.NothingConverts, ("journeys", paths.Journeys))
            : paths.Channels.Count > most
                ? Reason.Of(DataDrivenReasons.TooManyChannels, ("channels", paths.Channels.Count), ("max", most))
                : null;
        if (refusal is not null)
        {
            return false;
        }

        model = new ShapleyFit(paths).Fit(game, out refusal);
        return model is not null;
    }
}
