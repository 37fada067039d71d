using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PerfMarketing.Tool.Budgets;

namespace PerfMarketing.Tool.Commands;

/// <content>The words of what replays traffic through the pace of a budget.</content>
internal sealed partial class CommandTree
{
    private Command Simulate()
    {
        Argument<string> budget = new("BUDGET") { Description = "The budget with its pace, as JSON." };
        Option<string> traffic = new("--traffic")
        {
            Description = "The traffic: a CSV with an instant and a count, or a date and its minutes, on each line.",
            HelpName = "SERIES",
            Required = true,
        };
        Option<SimulatedPace[]> pacers = new("--pacer")
        {
            Description = $"The paces to replay instead of the budget's own, parted by commas: "
                + $"{string.Join(", ", SimulatedPace.All)}.",
            HelpName = "PACER,...",
            CustomParser = static result => [.. result.Tokens.SelectMany(static t => t.Value.Split(','))
                .Select(name => PaceOf(result, name.Trim()))],
        };
        Option<double?> share = NumberOption(
            "--budget-share", "SHARE", "Set each day's limit to this part of its forecast demand, such as 0.3.", 1e6);
        Option<double?> perDay = NumberOption(
            "--requests-per-day", "COUNT", "Scale the traffic so that an average day has so many requests.", 1e7);
        Option<int?> days = DaysOption();
        Option<ulong?> seed = SeedOption();
        Option<string?> prices = new("--prices")
        {
            Description = "What a request costs by time: a CSV with an instant and a price in the budget's currency on "
                + "each line.",
            HelpName = "PRICES",
        };
        Option<string?> picture = new("--picture")
        {
            Description = "Write a picture (SVG) of spending and traffic over a day, with a line for each pace.",
            HelpName = "FILE",
        };
        Option<bool> compare = new("--compare") { Description = "Replay all paces and list them side by side." };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of a table." };
        Command command = new("simulate", "Replay traffic through the pace of a budget, and measure what comes of it.")
        {
            budget, traffic, prices, pacers, share, perDay, days, seed, compare, picture, json,
        };
        Excludes(command, compare, pacers);
        command.SetAction((parsed, cancel) => Task.FromResult(actions.Simulate(
            new(parsed.GetRequiredValue(budget), parsed.GetRequiredValue(traffic))
            {
                Paces = parsed.GetValue(compare) ? SimulatedPace.All : [.. (parsed.GetValue(pacers) ?? []).Distinct()],
                BudgetShare = parsed.GetValue(share),
                RequestsPerDay = parsed.GetValue(perDay),
                Days = parsed.GetValue(days),
                Seed = parsed.GetValue(seed) ?? 1,
                Prices = parsed.GetValue(prices),
                Picture = parsed.GetValue(picture),
                IsJson = parsed.GetValue(json),
            },
            cancel)));
        return command;
    }

    private static Option<int?> DaysOption() => new("--days")
    {
        Description = "Measure so many days, spread evenly over the series. Default: all but those that only "
            + "teach, the first seven or the first third of a short series.",
        HelpName = "COUNT",
        CustomParser = static result => result.Tokens is [var token]
            && int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count > 0
            ? count
            : Refuse<int?>(result, "A count is a whole number from 1."),
    };

    private static Option<ulong?> SeedOption() => new("--seed")
    {
        Description = "What chance is drawn by. Default: 1.",
        HelpName = "NUMBER",
        CustomParser = static result => result.Tokens is [var token]
            && ulong.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : Refuse<ulong?>(result, "A seed is a whole number from 0."),
    };

    private static SimulatedPace PaceOf(ArgumentResult result, string name) => SimulatedPace.Find(name)
        ?? Refuse<SimulatedPace>(
            result, $"No pace is called '{name}'. There are: {string.Join(", ", SimulatedPace.All)}.")!;

    private static Option<double?> NumberOption(string name, string help, string description, double max) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => result.Tokens is [var token]
            && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number > 0 && number <= max
            ? number
            : Refuse<double?>(result, string.Create(
                CultureInfo.InvariantCulture, $"A number above 0 and at most {max} is expected.")),
    };
}
