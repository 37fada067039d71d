using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Several models on the same journeys, side by side.</summary>
public sealed record ModelComparison
{
    /// <summary>How many conversions each model shares out.</summary>
    public required long Conversions { get; init; }

    /// <summary>How many journeys there are.</summary>
    public required long Journeys { get; init; }

    /// <summary>What the conversions are worth.</summary>
    public required decimal Value { get; init; }

    /// <summary>The models in the order in which they were asked for.</summary>
    public required ValueList<ModelCredits> Models { get; init; }

    /// <summary>Runs models over paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="models">The models.</param>
    /// <param name="timeDecay">
    /// What time decay gives, from journeys with a clock; null refuses that model, since paths have none.
    /// </param>
    public static ModelComparison Of(
        PathCounts paths, ValueList<PathModel> models, ValueList<ChannelCredit>? timeDecay = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(models);
        PathTally? tally = null;
        List<ModelCredits> credits = [];
        foreach (PathModel model in models)
        {
            credits.Add(paths.Conversions == 0
                ? Refused(model, Reason.Of(DataDrivenReasons.NothingConverts, ("journeys", paths.Journeys)))
                : model.Kind switch
                {
                    PathModelKind.First or PathModelKind.Last or PathModelKind.Linear or PathModelKind.Position =>
                        new(model, (tally ??= new(paths)).Credits(model.Kind)),
                    PathModelKind.PositionDecay or PathModelKind.StepDecay =>
                        new(model, PathDecay.Credits(paths, model.Kind)),
                    PathModelKind.TimeDecay => timeDecay is { } timed
                        ? new(model, timed)
                        : Refused(model, new(DataDrivenReasons.NoClock)),
                    PathModelKind.Markov or PathModelKind.MarkovSkip or PathModelKind.MarkovConverting =>
                        Markov(paths, model),
                    _ => Shapley(paths, model),
                });
        }

        return new()
        {
            Conversions = paths.Conversions,
            Journeys = paths.Journeys,
            Value = paths.Value,
            Models = [.. credits],
        };
    }

    private static ModelCredits Refused(PathModel model, Reason refusal) => new(model, []) { Refusal = refusal };

    private static ModelCredits Markov(PathCounts paths, PathModel model)
    {
        MarkovOptions options = new()
        {
            Removal = model.Kind == PathModelKind.MarkovSkip ? RemovalMode.Skip : RemovalMode.ToNull,
        };
        bool convertingOnly = model.Kind == PathModelKind.MarkovConverting;
        ChainCounts counts = ChainCounts.Of(paths, model.Order, convertingOnly);
        if (!MarkovModel.TryFit(counts, out MarkovModel? fit, out Reason? refusal, options))
        {
            return Refused(model, refusal);
        }

        var credits = new ChannelCredit[fit.Effects.Count];
        for (int i = 0; i < credits.Length; i++)
        {
            RemovalEffect effect = fit.Effects[i];
            credits[i] = new(effect.Channels[0], effect.Credit, effect.Value, effect.Removal);
        }

        return new(model, ValueList<ChannelCredit>.Own(credits)) { Markov = fit };
    }

    private static ModelCredits Shapley(PathCounts paths, PathModel model)
    {
        ShapleyGame game = model.Kind switch
        {
            PathModelKind.ShapleySubsetRate => ShapleyGame.SubsetRate,
            PathModelKind.ShapleyExactSetRate => ShapleyGame.ExactSetRate,
            PathModelKind.ShapleyMarkov => ShapleyGame.Markov,
            PathModelKind.ShaoLi => ShapleyGame.ShaoLi,
            _ => ShapleyGame.Coverage,
        };
        if (!ShapleyModel.TryFit(paths, game, out ShapleyModel? fit, out Reason? refusal))
        {
            return Refused(model, refusal);
        }

        var credits = new ChannelCredit[fit.Worths.Count];
        for (int i = 0; i < credits.Length; i++)
        {
            ChannelWorth worth = fit.Worths[i];
            credits[i] = new(worth.Channel, worth.Credit, worth.Value);
        }

        return new(model, ValueList<ChannelCredit>.Own(credits)) { IsUnstable = fit.IsUnstable };
    }
}
