using System.CommandLine;

namespace PerfMarketing.Tool.Commands;

/// <summary>The whole command: reads its words, runs it, and says how it ended.</summary>
internal static class Entry
{
    /// <summary>Runs the command.</summary>
    /// <param name="args">Its words.</param>
    /// <param name="console">Where it prints.</param>
    /// <param name="actions">What its commands do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(string[] args, ToolConsole console, IToolActions actions)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(console);
        ParseResult parsed = CommandTree.Create(actions).Parse(args.Length == 0 ? ["--help"] : args);
        bool isHelp = parsed.Action is System.CommandLine.Help.HelpAction or { ClearsParseErrors: true };
        if (parsed.Errors.Count > 0 && !isHelp)
        {
            console.Complain(parsed.Errors.Select(static error => error.Message));
            console.Error.WriteLine("Say 'perfmarketing --help' or 'perfmarketing settle --help'.");
            return ExitCodes.WrongUsage;
        }

        InvocationConfiguration configuration = new()
        {
            EnableDefaultExceptionHandler = false,
            Output = console.Out,
            Error = console.Error,
        };
        try
        {
            return parsed.Invoke(configuration);
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("Stopped.");
            return ExitCodes.BadInput;
        }
    }
}
