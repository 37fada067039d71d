using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Events;
using PerfMarketing.Time;

namespace PerfMarketing.Tool.Commands;

/// <content>The words of what shares out conversions among channels.</content>
internal sealed partial class CommandTree
{
    private const string PicksOrder = ":auto";

    private readonly Argument<string> journeys = new("LOG")
    {
        Description = "The log: .csv or .jsonl, also compressed (.gz), in any order; or a file of counted paths.",
    };

    private readonly Option<NamedModel[]> models = new("--model")
    {
        Description = $"The models, parted by commas: {string.Join(", ", PathModel.All)}; markov:2 is of order 2, "
            + "and of markov:auto the order is chosen by journeys that are held out. "
            + "Default: first,last,linear,position,markov,shapley.",
        HelpName = "MODEL,...",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = static result => [.. result.Tokens.SelectMany(static t => t.Value.Split(','))
            .Select(name => ModelOf(result, name.Trim()))],
    };

    private readonly Option<LookbackWindow?> lookback = new("--lookback")
    {
        Description = "How long a touch may count, such as 30d. Default: unlimited.",
        HelpName = "WINDOW",
        CustomParser = static result => result.Tokens is [var token]
            && LookbackWindow.TryParse(token.Value, null, out LookbackWindow window)
            ? window
            : Refuse<LookbackWindow?>(result, "A window is written like 30d, 12h, 45m or unlimited."),
    };

    private readonly Option<int?> topPaths = new("--top-paths")
    {
        Description = "List so many of the paths with the most conversions, and how channels take part.",
        HelpName = "COUNT",
        CustomParser = static result => result.Tokens is [var token]
            && int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : Refuse<int?>(result, "A count is a whole number from 0."),
    };

    private readonly Option<string?> by = new("--by")
    {
        Description = "Report paths apart for each value of this fact of touches.",
        HelpName = "FACT",
    };

    private readonly Option<bool> keepHistory = new("--keep-history")
    {
        Description = "Each conversion has all of its customer's touches before it, not only those since the last one.",
    };

    private readonly Option<bool> pathsFile = new("--paths-file")
    {
        Description = "The file has one line for each path: path, conversions, value, nulls. Default: by its columns.",
    };

    private static NamedModel ModelOf(ArgumentResult result, string name) =>
        PathModel.TryParse(name, null, out PathModel model) ? new(name, model)
            : name.EndsWith(PicksOrder, StringComparison.Ordinal)
                && PathModel.TryParse(name[..^PicksOrder.Length], null, out model) && model.IsMarkov
                && !name[..^PicksOrder.Length].Contains(':', StringComparison.Ordinal)
            ? new(name, model) { PicksOrder = true }
            : Refuse<NamedModel>(
                result,
                $"No model is called '{name}'. There are: {string.Join(", ", PathModel.All)}; Markov models with an"
                + $" order from 1 to {MarkovOptions.OrderMax}, such as markov:2.")!;

    private Command Attribute()
    {
        Option<OutcomeKind[]> conversions = Kinds("--conversion", "A kind that counts as a conversion. Default: all.");
        Option<string?> output = new("--out")
        {
            Description = "Write attribution.json, credits.csv and rejected.csv into this folder.",
            HelpName = "DIR",
        };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of a table." };
        Option<bool> strict = new("--strict") { Description = "Fail on the first bad line of the log." };
        Command command = new(
            "attribute", "Share out the conversions of a log among its channels by several models, side by side.")
        {
            journeys, map, models, lookback, topPaths, by, keepHistory, pathsFile, conversions, output, json, strict,
        };
        Excludes(command, pathsFile, map, lookback, keepHistory, conversions);
        command.SetAction((parsed, cancel) => Task.FromResult(actions.Attribute(
            new(parsed.GetRequiredValue(journeys), [.. parsed.GetValue(models) ?? []])
            {
                Map = parsed.GetValue(map),
                IsPathsFile = parsed.GetValue(pathsFile),
                Lookback = parsed.GetValue(lookback) ?? LookbackWindow.Unlimited,
                KeepsHistory = parsed.GetValue(keepHistory),
                Kinds = [.. parsed.GetValue(conversions) ?? []],
                TopPaths = parsed.GetValue(topPaths),
                By = parsed.GetValue(by),
                Out = parsed.GetValue(output),
                IsJson = parsed.GetValue(json),
                IsStrict = parsed.GetValue(strict),
            },
            cancel)));
        return command;
    }
}
