using NodaTime;

namespace PerfMarketing.Testing;

/// <summary>Time that passes only when told, for delays without waiting.</summary>
/// <remarks>
/// A call that waits here goes on, on the thread that lets time pass, when its delay is over: earlier ends first, equal
/// ends in the order in which they began to wait. So one thread plays any interleaving of calls, and the same one
/// again. Used by one thread at a time.
/// </remarks>
public sealed class VirtualScheduler
{
    private readonly PriorityQueue<TaskCompletionSource, (Duration End, long Order)> waiting = new();
    private long order;

    /// <summary>How much time has passed.</summary>
    public Duration Elapsed { get; private set; }

    /// <summary>How many calls wait.</summary>
    public int WaitingCount => waiting.Count;

    /// <summary>Waits until so much time has passed.</summary>
    /// <param name="delay">How long; not negative.</param>
    /// <param name="cancellationToken">Ends the wait early, when time passes next.</param>
    public async ValueTask DelayAsync(Duration delay, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, Duration.Zero);
        TaskCompletionSource end = new();
        waiting.Enqueue(end, (Elapsed + delay, order++));
        await end.Task.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Lets time pass until the next wait is over.</summary>
    /// <returns>Whether anything waited.</returns>
    public bool Step()
    {
        if (!waiting.TryDequeue(out TaskCompletionSource? next, out (Duration End, long Order) at))
        {
            return false;
        }

        Elapsed = Duration.Max(Elapsed, at.End);
        next.SetResult();
        return true;
    }

    /// <summary>Lets time pass until nothing waits any more.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }
}
