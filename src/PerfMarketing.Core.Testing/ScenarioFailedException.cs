using PerfMarketing.Primitives;

namespace PerfMarketing.Testing;

/// <summary>A scenario or check did not come out as expected; every test runner shows it as a failed test.</summary>
public sealed class ScenarioFailedException : Exception
{
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
    /// <param name="innerException">The cause.</param>
    public ScenarioFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
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
