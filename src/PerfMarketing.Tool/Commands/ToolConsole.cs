namespace PerfMarketing.Tool.Commands;

/// <summary>Where the command prints: results to one writer, what went wrong and progress to the other.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="IsTerminal">Whether a person is watching, so that progress may be drawn.</param>
internal sealed record ToolConsole(TextWriter Out, TextWriter Error, bool IsTerminal)
{
    /// <summary>The most problems that are printed at once.</summary>
    public const int ProblemCountMax = 100;

    /// <summary>Prints what is wrong with a file, up to a bound.</summary>
    /// <param name="problems">One line each.</param>
    public void Complain(IEnumerable<string> problems)
    {
        int count = 0;
        foreach (string problem in problems)
        {
            if (++count <= ProblemCountMax)
            {
                Error.WriteLine(Printable(problem));
            }
        }

        if (count > ProblemCountMax)
        {
            Error.WriteLine($"... and {count - ProblemCountMax} more.");
        }
    }

    // What comes from a file must not steer the terminal or forge another line.
    internal static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? '�' : c)) : text;
}
