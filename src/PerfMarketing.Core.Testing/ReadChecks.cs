namespace PerfMarketing.Testing;

/// <summary>What checks of all ports that only read have in common.</summary>
internal static class ReadChecks
{
    private const int RacerCount = 32;

    // Many readers at once get the same answer as one.
    public static async Task RaceAsync<T>(Func<Task<T>> read, CancellationToken token)
    {
        T expected = await read().ConfigureAwait(false);
        T[] found = await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(_ => Task.Run(read, token)))
            .ConfigureAwait(false);
        foreach (T one in found)
        {
            Expect.Equal(expected, one, "Everybody gets the same answer.");
        }
    }

    // A call that is cancelled throws or answers, and the next one answers.
    public static async Task CancelAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken token)
    {
        T expected = await read(token).ConfigureAwait(false);
        using CancellationTokenSource source = new();
        await source.CancelAsync().ConfigureAwait(false);
        try
        {
            Expect.Equal(expected, await read(source.Token).ConfigureAwait(false), "An answer is a whole one.");
        }
        catch (OperationCanceledException)
        {
            Expect.Equal(expected, await read(token).ConfigureAwait(false), "The next call is answered.");
        }
    }
}
