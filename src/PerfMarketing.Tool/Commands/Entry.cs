using System.CommandLine;
using PerfMarketing.Tool.Settle;

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
        return Printed(console, () => RunParsed(args, console, actions));
    }

    private static int RunParsed(string[] args, ToolConsole console, IToolActions actions)
    {
        ParseResult parsed = CommandTree.Create(actions).Parse(args.Length == 0 ? ["--help"] : args);
        bool isHelp = parsed.Action is System.CommandLine.Help.HelpAction or { ClearsParseErrors: true };
        bool hasEmpty = Array.Exists(args, static word => word.Length == 0);
        if ((parsed.Errors.Count > 0 || hasEmpty) && !isHelp)
        {
            console.Complain(parsed.Errors.Count > 0
                ? parsed.Errors.Select(static error => error.Message)
                : ["A word of the command is empty."]);
            string command = parsed.CommandResult.Command is RootCommand ? "settle" : parsed.CommandResult.Command.Name;
            console.Error.WriteLine($"Say 'perfmarketing --help' or 'perfmarketing {command} --help'.");
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
        catch (OverflowException problem)
        {
            console.Complain([$"{SettleCodes.TooGreat}: {problem.Message}"]);
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("Stopped.");
            return ExitCodes.BadInput;
        }
    }

    // Whoever reads files says himself which one could not be read: what is left is what could not be printed.
    private static int Printed(ToolConsole console, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            try
            {
                console.Complain([$"{SettleCodes.NotPrinted}: {problem.Message}"]);
            }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException)
            {
                // Nobody can be told; the exit code says it.
            }

            return ExitCodes.BadInput;
        }
    }
}
