using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Settle;

/// <summary>What an earlier run left behind.</summary>
/// <param name="Statements">Its statements; the closed ones stand.</param>
/// <param name="AsOf">
/// The instant at which it looked at everything: months that were over by then are closed, also those without a
/// statement. Null when there was no earlier run.
/// </param>
internal sealed record PreviousRun(ValueList<Statement> Statements, Instant? AsOf)
{
    /// <summary>There was no earlier run.</summary>
    public static PreviousRun None { get; } = new([], null);
}
