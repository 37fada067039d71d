using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>A fitted model as a value: the whole weights of channels, and where they come from.</summary>
/// <remarks>
/// Fitting uses floating point, paying does not: the weights are rounded once, here, and what is paid follows from them
/// by whole numbers alone. A model never changes; a later fitting is a new version with another digest.
/// </remarks>
public sealed record FittedModel : ITerms
{
    /// <summary>The weight of a channel without which nothing would convert: 10^12.</summary>
    public const long WeightMax = 1_000_000_000_000;

    /// <summary>What the model is called, such as <c>spring-markov</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which fitting it is; from 1.</summary>
    public required int Version { get; init; }

    /// <summary>How it was fitted.</summary>
    public required PathModel Method { get; init; }

    /// <summary>The digest of the counts to which it was fitted.</summary>
    public required Digest Counts { get; init; }

    /// <summary>The weights, sorted by channel; a channel that is not listed weighs nothing.</summary>
    public required ValueList<FittedWeight> Weights { get; init; }

    /// <summary>The digest of the model: name, version, origin and weights.</summary>
    public Digest Digest => TermDigest.Of(this);

    /// <summary>What decisions and earnings say of the model.</summary>
    public ModelCitation ToCitation() => new(Name, Version, Digest);

    /// <summary>The model of a fitted Markov chain: a channel weighs its removal effect.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="version">Which fitting it is; from 1.</param>
    /// <param name="fit">The fitted chain, of single channels.</param>
    /// <param name="counts">The digest of the counts to which it was fitted.</param>
    /// <exception cref="ArgumentException">Groups of channels were removed together.</exception>
    public static FittedModel Of(string name, int version, MarkovModel fit, Digest counts)
    {
        ArgumentNullException.ThrowIfNull(fit);
        // What skipping loses of all conversions is the same with and without the journeys that did not convert.
        PathModelKind kind = fit.Removal == RemovalMode.Skip ? PathModelKind.MarkovSkip
            : fit.IsConvertingOnly ? PathModelKind.MarkovConverting
            : PathModelKind.Markov;
        return fit.Effects.Any(static e => e.Channels.Count != 1)
            ? throw new ArgumentException("Only a model of single channels gives channels weights.", nameof(fit))
            : Of(
                (name, version, new(kind, fit.Order), counts),
                fit.Effects.Select(static e => (e.Channels[0], e.Removal)));
    }

    /// <summary>The model of a Shapley value: a channel weighs its credit; a negative one counts as 0.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="version">Which fitting it is; from 1.</param>
    /// <param name="fit">The Shapley value.</param>
    /// <param name="counts">The digest of the counts to which it was fitted.</param>
    public static FittedModel Of(string name, int version, ShapleyModel fit, Digest counts)
    {
        ArgumentNullException.ThrowIfNull(fit);
        PathModelKind kind = fit.Game switch
        {
            ShapleyGame.SubsetRate => PathModelKind.ShapleySubsetRate,
            ShapleyGame.ExactSetRate => PathModelKind.ShapleyExactSetRate,
            ShapleyGame.Markov => PathModelKind.ShapleyMarkov,
            ShapleyGame.ShaoLi => PathModelKind.ShaoLi,
            _ => PathModelKind.ShapleyCoverage,
        };
        double most = fit.Worths.Max(static w => w.Credit);
        return Of((name, version, new(kind), counts), fit.Worths.Select(w => (w.Channel, w.Credit / most)));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="terms">The terms.</param>
    public static FittedModel Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Name = terms.Text("name"),
            Version = terms.Int("version", 1),
            Method = terms.Value<PathModel>("method"),
            Counts = terms.Value<Digest>("counts"),
            Weights = terms.List("weights", FittedWeight.Read, 1, PathCountsBuilder.ChannelCountMax),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("name", Name);
        terms.Integer("version", Version == 1 ? null : Version);
        terms.Value("method", Method);
        terms.Value("counts", Counts);
        terms.List("weights", Weights);
    }

    // Shares are from 0 to 1 of the heaviest; rounding is by decimals, and the same for the same bits.
    private static FittedModel Of(
        (string Name, int Version, PathModel Method, Digest Counts) origin,
        IEnumerable<(ChannelId Channel, double Share)> shares)
    {
        ArgumentException.ThrowIfNullOrEmpty(origin.Name);
        ArgumentOutOfRangeException.ThrowIfLessThan(origin.Version, 1);
        return new()
        {
            Name = origin.Name,
            Version = origin.Version,
            Method = origin.Method,
            Counts = origin.Counts,
            Weights =
            [
                .. shares.Select(static s => new FittedWeight(s.Channel, WeightOf(s.Share)))
                    .OrderBy(static w => w.Channel),
            ],
        };
    }

    private static long WeightOf(double share) => (long)((Math.Clamp(share, 0, 1) * WeightMax) + 0.5);
}
