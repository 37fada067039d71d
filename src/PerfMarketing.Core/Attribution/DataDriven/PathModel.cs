using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>A model by which conversions are shared out among channels, by its name.</summary>
/// <remarks>
/// Names: <c>first</c>, <c>last</c>, <c>linear</c>, <c>position</c>, <c>position-decay</c>, <c>step-decay</c>,
/// <c>time-decay</c>, <c>markov</c> (<c>markov:2</c> has order 2), <c>markov-skip</c>, <c>markov-converting</c>,
/// <c>shapley</c>, <c>shapley-rate</c>, <c>shapley-exact</c>, <c>shapley-markov</c> and <c>shao-li</c>.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<PathModel>))]
public readonly record struct PathModel : IParsable<PathModel>
{
    private const string MarkovName = "markov";
    private const string SkipName = "markov-skip";
    private const string ConvertingName = "markov-converting";

    private static readonly (string Name, PathModelKind Kind)[] Names =
    [
        ("first", PathModelKind.First),
        ("last", PathModelKind.Last),
        ("linear", PathModelKind.Linear),
        ("position", PathModelKind.Position),
        ("position-decay", PathModelKind.PositionDecay),
        ("step-decay", PathModelKind.StepDecay),
        ("time-decay", PathModelKind.TimeDecay),
        (MarkovName, PathModelKind.Markov),
        (SkipName, PathModelKind.MarkovSkip),
        (ConvertingName, PathModelKind.MarkovConverting),
        ("shapley", PathModelKind.ShapleyCoverage),
        ("shapley-rate", PathModelKind.ShapleySubsetRate),
        ("shapley-exact", PathModelKind.ShapleyExactSetRate),
        ("shapley-markov", PathModelKind.ShapleyMarkov),
        ("shao-li", PathModelKind.ShaoLi),
    ];

    /// <summary>A model.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="order">The order of a Markov model; 1 for all others.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model does not have this order.</exception>
    public PathModel(PathModelKind kind, int order = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, IsMarkovKind(kind) ? MarkovOptions.OrderMax : 1);
        Kind = kind;
        Order = order;
    }

    /// <summary>The names of all models, the order left out.</summary>
    public static ValueList<string> All => [.. Names.Select(static n => n.Name)];

    /// <summary>Which model.</summary>
    public PathModelKind Kind { get; }

    /// <summary>The order of a Markov model; 1 for all others.</summary>
    public int Order { get; }

    /// <summary>Whether the model is one of the Markov models, which have an order.</summary>
    public bool IsMarkov => IsMarkovKind(Kind);

    /// <inheritdoc/>
    public static PathModel Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out PathModel found)
            ? found
            : throw new FormatException(
                $"A model is one of {string.Join(", ", All)}; Markov with its order, markov:2.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PathModel result)
    {
        result = default;
        string[] parts = (s ?? string.Empty).Split(':');
        int place = Array.FindIndex(Names, name => name.Name == parts[0]);
        if (place < 0 || parts.Length > 2)
        {
            return false;
        }

        PathModelKind kind = Names[place].Kind;
        int order = 1;
        if (parts.Length == 2 && (!IsMarkovKind(kind)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out order)
            || order is < 1 or > MarkovOptions.OrderMax))
        {
            return false;
        }

        result = new(kind, order);
        return true;
    }

    /// <summary>The model's name, with the order of a Markov model: <c>markov:2</c>.</summary>
    public override string ToString()
    {
        PathModelKind kind = Kind;
        string name = Array.Find(Names, entry => entry.Kind == kind).Name;
        return IsMarkov ? string.Create(CultureInfo.InvariantCulture, $"{name}:{Order}") : name;
    }

    private static bool IsMarkovKind(PathModelKind kind) =>
        kind is PathModelKind.Markov or PathModelKind.MarkovSkip or PathModelKind.MarkovConverting;
}

/// <summary>The models that share out conversions among channels.</summary>
public enum PathModelKind
{
    /// <summary>All to the first touch.</summary>
    First,

    /// <summary>All to the last touch.</summary>
    Last,

    /// <summary>Evenly; a repeated touch counts again.</summary>
    Linear,

    /// <summary>0.4 to the first, 0.4 to the last, 0.2 evenly to those between; of two touches half each.</summary>
    Position,

    /// <summary>In proportion to the place, 1 for the oldest touch.</summary>
    PositionDecay,

    /// <summary>
    /// Half as much for each seven touches that came after it: a decay for paths, which have no clock.
    /// </summary>
    StepDecay,

    /// <summary>
    /// Half as much for each seven days before the newest touch; only for journeys, which have a clock.
    /// </summary>
    TimeDecay,

    /// <summary>The Markov model, a removed channel leading nowhere.</summary>
    Markov,

    /// <summary>The Markov model, a removed channel being skipped; see <see cref="RemovalMode.Skip"/>.</summary>
    MarkovSkip,

    /// <summary>The Markov model of converting journeys only.</summary>
    MarkovConverting,

    /// <summary>Shapley's value of <see cref="ShapleyGame.Coverage"/>.</summary>
    ShapleyCoverage,

    /// <summary>Shapley's value of <see cref="ShapleyGame.SubsetRate"/>.</summary>
    ShapleySubsetRate,

    /// <summary>Shapley's value of <see cref="ShapleyGame.ExactSetRate"/>.</summary>
    ShapleyExactSetRate,

    /// <summary>Shapley's value of <see cref="ShapleyGame.Markov"/>.</summary>
    ShapleyMarkov,

    /// <summary>The model of Shao and Li.</summary>
    ShaoLi,
}
