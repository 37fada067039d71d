using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Commands;

/// <summary>Tells a log that says something from a wrong file.</summary>
internal static class UselessLog
{
    /// <summary>What is wrong with a log of which nothing can be used; empty when something can.</summary>
    /// <param name="file">The log.</param>
    /// <param name="end">When its last event was recorded; the beginning of time when there is none.</param>
    /// <param name="rejected">The lines that could not be used.</param>
    /// <param name="isAsked">Whether it is said as of when to look at it, so that nothing may have happened.</param>
    public static ValueList<string> Why(
        string file, Instant end, IReadOnlyList<RejectedLine> rejected, bool isAsked)
    {
        ArgumentNullException.ThrowIfNull(rejected);
        return end > Instant.MinValue ? []
            : rejected.Count > 0
                ? [$"{file}: {LogCodes.Unusable}: No line can be used; the first:", rejected[0].ToString(file)]
            : isAsked ? []
            : [$"{file}: {LogCodes.Empty}: The log holds nothing, so it needs to be said as of when it is settled."];
    }
}
