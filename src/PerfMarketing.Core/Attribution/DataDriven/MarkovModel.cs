using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>A Markov model of journeys, and what removing each channel from it would lose.</summary>
/// <remarks>
/// Computed exactly, not simulated: Anderl et al., International Journal of Research in Marketing 33(3), 2016, without
/// their sampling. The same counts give the same bits, whatever the number of threads and the order of journeys.
/// </remarks>
public sealed record MarkovModel
{
    /// <summary>
    /// How far a removal effect of conversions may be off at most: a model with a greater <see cref="ResidualBound"/>
    /// beside its <see cref="ConversionProbability"/> is refused.
    /// </summary>
    public const double RemovalErrorMax = 1e-9;

    /// <summary>How many touches a state looks back on.</summary>
    public required int Order { get; init; }

    /// <summary>What became of a journey that would enter a removed channel.</summary>
    public required RemovalMode Removal { get; init; }

    /// <summary>Whether it was fitted to converting journeys only.</summary>
    public bool IsConvertingOnly { get; init; }

    /// <summary>How many conversions were shared out.</summary>
    public required long Conversions { get; init; }

    /// <summary>How many journeys there were.</summary>
    public required long Journeys { get; init; }

    /// <summary>The value that was shared out.</summary>
    public required decimal Value { get; init; }

    /// <summary>
    /// The probability that a journey converts. It is conversions over journeys for every order, so that the solution
    /// can be checked by it.
    /// </summary>
    public required double ConversionProbability { get; init; }

    /// <summary>The value to be expected of a journey.</summary>
    public required double ValuePerJourney { get; init; }

    /// <summary>How many states a journey enters on average, start and ends not counted.</summary>
    public required double ExpectedSteps { get; init; }

    /// <summary>The most states that are still to be entered from any state, on average.</summary>
    public required double ExpectedStepsMax { get; init; }

    /// <summary>
    /// How far the probability that a removal loses may be from the exact one at most, for every channel: what the
    /// equations of the chain without the channel lack, and those of the whole chain, each as often as a journey enters
    /// its state, and what rounding may hide of that. At most <see cref="RemovalErrorMax"/> times
    /// <see cref="ConversionProbability"/>, and mostly some 10^−15.
    /// </summary>
    public required double ResidualBound { get; init; }

    /// <summary>How many states there are, without start and ends.</summary>
    public required int StateCount { get; init; }

    /// <summary>The channels or groups, sorted by name.</summary>
    public required ValueList<RemovalEffect> Effects { get; init; }

    /// <summary>Fits a model to paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="order">
    /// How many touches a state looks back on; from 1 to <see cref="MarkovOptions.OrderMax"/>.
    /// </param>
    /// <param name="model">The model; null when it is refused.</param>
    /// <param name="refusal">Why there is none; null when there is one.</param>
    /// <param name="options">How to fit it; the usual way when null.</param>
    /// <returns>
    /// Whether there is a model: not when nothing converts, or when the chain could not be solved exactly enough.
    /// </returns>
    public static bool TryFit(
        PathCounts paths,
        int order,
        [NotNullWhen(true)] out MarkovModel? model,
        [NotNullWhen(false)] out Reason? refusal,
        MarkovOptions? options = null) =>
        TryFit(ChainCounts.Of(paths, order), out model, out refusal, options);

    /// <summary>Fits a model to counts of windows.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="model">The model; null when it is refused.</param>
    /// <param name="refusal">Why there is none; null when there is one.</param>
    /// <param name="options">How to fit it; the usual way when null.</param>
    /// <returns>
    /// Whether there is a model: not when nothing converts, or when the chain could not be solved exactly enough.
    /// </returns>
    /// <exception cref="ArgumentException">A channel is in two groups, or a group's name is taken.</exception>
    public static bool TryFit(
        ChainCounts counts,
        [NotNullWhen(true)] out MarkovModel? model,
        [NotNullWhen(false)] out Reason? refusal,
        MarkovOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        model = null;
        if (counts.Conversions == 0)
        {
            refusal = Reason.Of(DataDrivenReasons.NothingConverts, ("journeys", counts.Journeys));
            return false;
        }

        MarkovModel fit = new MarkovFit(counts, options ?? MarkovOptions.Default).Fit();
        refusal = RefusalOf(fit);
        model = refusal is null ? fit : null;
        return refusal is null;
    }

    /// <summary>Why a model is not exact enough to be handed out; null when it is.</summary>
    /// <param name="model">The model.</param>
    internal static Reason? RefusalOf(MarkovModel model)
    {
        double error = model.ResidualBound / model.ConversionProbability;
        return error <= RemovalErrorMax
            ? null
            : Reason.Of(DataDrivenReasons.NotExact, ("error", Text(error)), ("max", Text(RemovalErrorMax)));
    }

    private static string Text(double number) => number.ToString("0.0E+0", CultureInfo.InvariantCulture);
}
