using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>
/// Which outcomes are due: what the commits of a ledger store noted in <see cref="CommitBatch.Due"/>.
/// </summary>
/// <remarks>
/// <para>
/// Ordering: by time, then by the outcome's id compared ordinally. It is an index: an outcome stands in it once, with
/// the time that was noted last.
/// </para>
/// <para>
/// Idempotency: reading has no effect. A commit that is replayed notes nothing again.
/// </para>
/// <para>
/// Consistency: times are noted in the same transaction as the records of their commit, all or nothing; of two commits
/// the later one stands. What was committed before a call began is found. A relational store keeps (unit, outcome, at)
/// with a unique index on (unit, outcome) and one on (unit, at, outcome).
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface IDueOutcomes
{
    /// <summary>The first outcomes of a campaign that are due.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="asOf">The last instant at which an outcome may be due.</param>
    /// <param name="after">Only what comes after this one; null for the first ones.</param>
    /// <param name="count">How many at most; above zero.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The outcomes, in their order; fewer than asked for when there are no more.</returns>
    ValueTask<ValueList<DueOutcome>> FindAsync(
        CampaignId campaign, Instant asOf, DueOutcome? after, int count, CancellationToken cancellationToken);
}
