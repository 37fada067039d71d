using PerfMarketing.Primitives;

namespace PerfMarketing.Testing;

/// <summary>A scenario or check did not come out as expected; every test runner shows it as a failed test.</summary>
public sealed class ScenarioFailedException : Exception
{
    private const string NoException = "no exception";

    /// <summary>Makes the exception without details.</summary>
    public ScenarioFailedException()
        : this("The scenario failed.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What failed.</param>
    public ScenarioFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The cause: what was thrown where nothing should be.</param>
    public ScenarioFailedException(string message, Exception innerException)
        : base(Text(message, NoException, $"{innerException?.GetType().Name}: {innerException?.Message}", []),
            innerException)
    {
        Expected = NoException;
        Actual = $"{innerException?.GetType().Name}: {innerException?.Message}";
    }

    /// <summary>Makes the exception of what was expected and what came.</summary>
    /// <param name="step">The step that failed.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="actual">What came instead.</param>
    /// <param name="lines">What explains it: payout lines and reasons.</param>
    public ScenarioFailedException(string step, string expected, string actual, ValueList<string> lines)
        : base(Text(step, expected, actual, lines))
    {
        Expected = expected;
        Actual = actual;
        Lines = lines;
    }

    internal ScenarioFailedException(string step, Difference difference)
        : base(Text($"{step}\n  at:       {difference.Place}", difference.Expected, difference.Actual, []))
    {
        (Place, Expected, Actual) = difference;
    }

    /// <summary>The check that failed, by its name; empty in a scenario.</summary>
    public string Check { get; internal set; } = string.Empty;

    /// <summary>What failed, after the name of the check.</summary>
    public override string Message => Check.Length == 0 ? base.Message : $"{Check}: {base.Message}";

    /// <summary>
    /// The first place that differs, as a JSON path such as <c>$[0].recordedAt</c>; empty when it is not said.
    /// </summary>
    public string Place { get; } = string.Empty;

    /// <summary>What was expected; empty when it is not said.</summary>
    public string Expected { get; } = string.Empty;

    /// <summary>What came instead; empty when it is not said.</summary>
    public string Actual { get; } = string.Empty;

    /// <summary>What explains it: payout lines and reasons.</summary>
    public ValueList<string> Lines { get; } = [];

    private static string Text(string step, string expected, string actual, ValueList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        string indented = string.Concat(lines.Select(static line => $"\n    {line}"));
        return $"{step}\n  expected: {expected}\n  actual:   {actual}{indented}";
    }
}
