namespace PerfMarketing.Testing;

/// <summary>Compares what a check expects with what came.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual, string step)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ScenarioFailedException(step, Difference.First(expected, actual));
        }
    }

    public static T Is<T>(object actual, string step)
        where T : class => actual as T
            ?? throw new ScenarioFailedException(step, typeof(T).Name, $"{actual}", []);

    /// <summary>The last item of a page, which holds as many as it should.</summary>
    public static T Last<T>(int count, IReadOnlyList<T> page, string step)
    {
        Equal(count, page.Count, step);
        return page[^1];
    }

    /// <summary>Runs a check; what fails tells its name, and what the port throws is a failure, too.</summary>
    public static async Task RunAsync(string check, Func<Task> run, CancellationToken token)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (ScenarioFailedException failed)
        {
            failed.Check = check;
            throw;
        }
        catch (Exception thrown) when (!token.IsCancellationRequested)
        {
            throw new ScenarioFailedException("What is asked of it throws nothing.", thrown) { Check = check };
        }
    }
}
