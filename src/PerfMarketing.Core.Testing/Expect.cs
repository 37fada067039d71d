namespace PerfMarketing.Testing;

/// <summary>Compares what a check expects with what came.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual, string step)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ScenarioFailedException(step, $"{expected}", $"{actual}", []);
        }
    }

    public static T Is<T>(object actual, string step)
        where T : class => actual as T
            ?? throw new ScenarioFailedException(step, typeof(T).Name, $"{actual}", []);
}
