using System.Runtime.ExceptionServices;

namespace PerfMarketing.Tool.Commands;

/// <summary>Does things side by side; the first that fails is what fails.</summary>
internal static class Together
{
    /// <summary>Does several things.</summary>
    /// <param name="things">The things.</param>
    public static void Do(params Action[] things) => Unwrapped(() => Parallel.Invoke(things));

    /// <summary>Does a thing for each number from 0.</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">The thing.</param>
    /// <param name="cancel">Stops it.</param>
    public static void For(int count, Action<int> thing, CancellationToken cancel) => Unwrapped(
        () => Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, thing));

    private static void Unwrapped(Action all)
    {
        try
        {
            all();
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
