using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tool.Commands;

/// <summary>What <c>attribute</c> is told.</summary>
/// <param name="Log">The log, or a file of paths.</param>
/// <param name="Models">The models, each with the name under which it was asked for.</param>
internal sealed record AttributeRequest(string Log, ValueList<NamedModel> Models)
{
    /// <summary>The file that says how a foreign log's columns are read; null for the native form.</summary>
    public string? Map { get; init; }

    /// <summary>Whether the file is of paths, whatever its columns are called.</summary>
    public bool IsPathsFile { get; init; }

    /// <summary>How long a touch may count.</summary>
    public LookbackWindow Lookback { get; init; } = LookbackWindow.Unlimited;

    /// <summary>Whether each conversion has all touches before it, not only those since the one before.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>The kinds of outcome that count as conversions; all when empty.</summary>
    public ValueList<OutcomeKind> Kinds { get; init; } = [];

    /// <summary>How many of the top paths are listed; null leaves all of the paths out.</summary>
    public int? TopPaths { get; init; }

    /// <summary>The fact by whose values journeys are reported apart; null reports all together.</summary>
    public string? By { get; init; }

    /// <summary>The folder to write to; null writes nothing.</summary>
    public string? Out { get; init; }

    /// <summary>Whether one JSON object is printed instead of the table.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether one bad line fails the whole run.</summary>
    public bool IsStrict { get; init; }
}

/// <summary>A model and the name under which it was asked for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Model">The model.</param>
internal sealed record NamedModel(string Name, PathModel Model)
{
    /// <summary>Whether the order is chosen by how well it foretells other journeys.</summary>
    public bool PicksOrder { get; init; }
}
