using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Commands;

/// <summary>The commands, their words and their help.</summary>
internal sealed partial class CommandTree
{
    private readonly Argument<string> campaign = new("CAMPAIGN")
    {
        Description = "The campaign with its contracts, as JSON.",
    };

    private readonly Option<string> events = new("--events")
    {
        Description = "The log: .csv or .jsonl, also compressed (.gz), in any order.",
        HelpName = "LOG",
        Required = true,
    };

    private readonly Option<string?> map = new("--map")
    {
        Description = "How the columns of a foreign CSV log are read, as JSON. Default: the native form.",
        HelpName = "FILE",
    };

    private readonly Option<string?> rates = new("--rates")
    {
        Description = "The exchange rates, as JSON. Default: none, and what is in another currency waits.",
        HelpName = "FILE",
    };

    private readonly Option<Instant?> asOf = InstantOption(
        "--as-of",
        "Look at everything as it stood at this instant, such as 2026-04-01T00:00:00Z. Default: the end of the log.");

    private readonly Option<Instant?> settledAsOf = InstantOption(
        "--as-of",
        "Look at everything as it stood at this instant, such as 2026-04-01T00:00:00Z. Default: the end of the log, or "
            + "of the month of --period when that is later.");

    private readonly IToolActions actions;

    private CommandTree(IToolActions actions) => this.actions = actions;

    /// <summary>All commands.</summary>
    /// <param name="actions">What they do.</param>
    public static RootCommand Create(IToolActions actions)
    {
        CommandTree tree = new(actions);
        RootCommand root = new("Settles, checks and explains performance-marketing campaigns from files.")
        {
            tree.Settle(),
            tree.Compare(),
            tree.Attribute(),
            tree.Simulate(),
            tree.Validate(),
            tree.Explain(),
            tree.Diff(),
            tree.Schema(),
            tree.Audit(),
            tree.Verify(),
        };
        return root;
    }

    private Command Settle()
    {
        Option<YearMonth?> period = new("--period")
        {
            Description = "Print only the statements that end in this month, such as 2026-03.",
            HelpName = "MONTH",
            CustomParser = static result => result.Tokens is [var token]
                && YearMonthPattern.Iso.Parse(token.Value) is { Success: true } parsed
                ? parsed.Value
                : Refuse<YearMonth?>(result, "A month is written like 2026-03."),
        };
        Option<string?> previous = new("--previous")
        {
            Description = "The folder of an earlier run: its closed statements stand, whatever came later.",
            HelpName = "DIR",
        };
        Option<string?> output = new("--out")
        {
            Description = "Write statements.json, ledger.csv, decisions.jsonl and rejected.csv into this folder, "
                + "and chain.jsonl and seals.jsonl, by which 'audit' checks them.",
            HelpName = "DIR",
        };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of a table." };
        Option<bool> strict = new("--strict") { Description = "Fail on the first bad line of the log." };
        Option<DecisionDetail?> explain = new("--explain")
        {
            Description = "How much decisions.jsonl explains: none, standard or full. Default: standard.",
            HelpName = "LEVEL",
            CustomParser = static result => result.Tokens is [var token]
                && EnumText.TryParse(token.Value, out DecisionDetail level)
                ? level
                : Refuse<DecisionDetail?>(result, "A level is none, standard or full."),
        };
        Option<bool> sorted = new("--sorted")
        {
            Description = "The log is in the order of recording: read it as a stream instead of holding it.",
        };

        Command command = new("settle", "Decide every outcome of a log and print what each partner is owed.")
        {
            campaign, events, map, rates, period, settledAsOf, previous, output, explain, sealKey, proofs, json, strict,
            sorted,
        };
        Needs(command, output, sealKey, proofs);
        command.SetAction((parsed, cancel) => Task.FromResult(actions.Settle(
            new(
                LogOf(parsed, parsed.GetRequiredValue(campaign)) with { AsOf = parsed.GetValue(settledAsOf) },
                parsed.GetValue(period),
                parsed.GetValue(previous),
                parsed.GetValue(output),
                parsed.GetValue(json),
                parsed.GetValue(strict),
                parsed.GetValue(sorted))
            {
                Explain = parsed.GetValue(explain) ?? DecisionDetail.Standard,
                SealKey = parsed.GetValue(sealKey),
                HasProofs = parsed.GetValue(proofs),
            },
            cancel)));
        return command;
    }

    private Command Compare()
    {
        Argument<string[]> campaigns = new("CAMPAIGN")
        {
            Description = "Two or more campaigns, as JSON; the others are compared with the first.",
            Arity = new(1, CampaignComparison.CampaignCountMax),
        };
        campaigns.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1)
            {
                result.AddError("One campaign has nothing to be compared with: name two or more.");
            }
        });
        Option<OutcomeKind[]> acquisitions = Kinds(
            "--acquisition", "A kind that counts as an acquisition. Default: sale, order, subscription-start.");
        Option<OutcomeKind[]> revenue = Kinds(
            "--revenue", "A kind whose value is revenue. Default: sale, order, subscription-start and -renewal.");
        Option<string?> output = new("--out")
        {
            Description = "Write comparison.json, differences.csv and rejected.csv into this folder.",
            HelpName = "DIR",
        };
        Option<string?> picture = new("--picture")
        {
            Description = "Write a picture (SVG) of the costs, with a bar for each campaign parted by who gets it.",
            HelpName = "FILE",
        };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of a table." };
        Option<bool> strict = new("--strict") { Description = "Fail on the first bad line of the log." };
        Command command = new(
            "compare", "Settle one log under several campaigns, and say what each costs and who gains or loses.")
        {
            campaigns, events, map, rates, asOf, acquisitions, revenue, output, picture, json, strict,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(actions.Compare(
            new(
                parsed.GetRequiredValue(campaigns).ToValueList(),
                LogOf(parsed, parsed.GetRequiredValue(campaigns)[0]))
            {
                Acquisitions = [.. parsed.GetValue(acquisitions) ?? []],
                Revenue = [.. parsed.GetValue(revenue) ?? []],
                Out = parsed.GetValue(output),
                Picture = parsed.GetValue(picture),
                IsJson = parsed.GetValue(json),
                IsStrict = parsed.GetValue(strict),
            },
            cancel)));
        return command;
    }

    // What would be ignored without another option is refused by name.
    private static void Needs(Command command, Option needed, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            command.Validators.Add(result =>
            {
                if (result.GetResult(option) is { Implicit: false }
                    && result.GetResult(needed) is not { Implicit: false })
                {
                    result.AddError($"{option.Name} needs {needed.Name}.");
                }
            });
        }
    }

    private static void Excludes(Command command, Option one, params ReadOnlySpan<Option> others)
    {
        foreach (Option other in others)
        {
            command.Validators.Add(result =>
            {
                if (result.GetResult(one) is { Implicit: false } && result.GetResult(other) is { Implicit: false })
                {
                    result.AddError($"{other.Name} says nothing beside {one.Name}.");
                }
            });
        }
    }

    private static Option<OutcomeKind[]> Kinds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "KIND",
        CustomParser = static result => result.Tokens.All(static t => OutcomeKind.TryParse(t.Value, null, out _))
            ? [.. result.Tokens.Select(static t => new OutcomeKind(t.Value))]
            : Refuse<OutcomeKind[]>(result, "A kind is written like sale."),
    };

    private Command Validate()
    {
        Command command = new("validate", "Say everything that is wrong with a campaign's file.") { campaign };
        command.SetAction(parsed => actions.Validate(parsed.GetRequiredValue(campaign)));
        return command;
    }

    private Command Explain()
    {
        Option<OutcomeId> outcome = new("--outcome")
        {
            Description = "The outcome to explain.",
            HelpName = "ID",
            Required = true,
            CustomParser = static result => result.Tokens is [var token]
                && OutcomeId.TryParse(token.Value, null, out OutcomeId id)
                ? id
                : Refuse<OutcomeId>(result, "An outcome's id is 1 to 64 printable ASCII characters."),
        };
        Option<ExplainAudience> audience = new("--audience")
        {
            Description = "Who reads it: advertiser, network or partner:ID. Nobody sees what concerns others only. "
                + "Default: advertiser.",
            HelpName = "WHO",
            CustomParser = static result => result.Tokens is [var token]
                && ExplainAudience.TryParse(token.Value, out ExplainAudience who)
                ? who
                : Refuse<ExplainAudience>(result, "An audience is advertiser, network or partner:ID."),
        };

        Command command = new("explain", "Show how one outcome was decided: evidence, touches, payout, ledger.")
        {
            campaign, events, map, rates, asOf, outcome, audience,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(actions.Explain(
            new(
                LogOf(parsed, parsed.GetRequiredValue(campaign)),
                parsed.GetValue(outcome),
                parsed.GetValue(audience)),
            cancel)));
        return command;
    }

    private Command Diff()
    {
        Argument<string> older = new("OLD") { Description = "The older version, as JSON." };
        Argument<string> newer = new("NEW") { Description = "The newer version, as JSON." };
        Option<bool> json = new("--json") { Description = "Print one JSON object instead of text." };
        Command command = new(
            "diff",
            "Say what differs between two versions of a campaign's or a contract's file. "
                + "Ends with 0 when nothing does, with 3 when something does.")
        {
            older, newer, json,
        };
        command.SetAction(parsed => actions.Diff(
            new(parsed.GetRequiredValue(older), parsed.GetRequiredValue(newer), parsed.GetValue(json))));
        return command;
    }

    private Command Schema()
    {
        Argument<FileKind> kind = new("KIND")
        {
            Description = "Which file: campaign or contract.",
            CustomParser = static result => result.Tokens is [{ Value: "campaign" or "contract" } token]
                ? token.Value == "contract" ? FileKind.Contract : FileKind.Campaign
                : Refuse<FileKind>(result, "A schema is there for campaign and for contract."),
        };
        Command command = new("schema", "Print the JSON Schema of a campaign's or a contract's file.") { kind };
        command.SetAction(parsed => actions.Schema(parsed.GetValue(kind)));
        return command;
    }

    private LogRequest LogOf(ParseResult parsed, string first) => new(
        first,
        parsed.GetRequiredValue(events),
        parsed.GetValue(map),
        parsed.GetValue(asOf),
        parsed.GetValue(rates));

    private static Option<Instant?> InstantOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "INSTANT",
        CustomParser = static result => result.Tokens is [var token]
            && InstantPattern.ExtendedIso.Parse(token.Value) is { Success: true } parsed
            ? parsed.Value
            : Refuse<Instant?>(result, "An instant is written like 2026-04-01T00:00:00Z."),
    };

    private static T? Refuse<T>(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
