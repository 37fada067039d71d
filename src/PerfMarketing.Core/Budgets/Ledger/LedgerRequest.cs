using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>What somebody asks of a <see cref="IBudgetLedger"/> about one reservation.</summary>
/// <remarks>
/// There are exactly these four cases. The reservation's id is the idempotency key: a request that comes again gets the
/// first answer, and one under the same id with other content is a conflict.
/// </remarks>
public abstract record LedgerRequest
{
    private LedgerRequest(ReservationId id) => Id = id;

    /// <summary>The reservation: a click, a lead, a lease; never used for anything else.</summary>
    public ReservationId Id { get; init; }

    /// <summary>Sets an amount aside on some lines and all lines above them, or on none of them.</summary>
    /// <param name="Id">What it is for. The id is the promise that its result will be paid.</param>
    /// <param name="Budgets">The lowest lines that it counts in.</param>
    /// <param name="Amount">
    /// The expected amount, for the lines of money; not negative. Zero promises and sets nothing aside.
    /// </param>
    /// <param name="At">
    /// The instant whose periods it counts in, by the rule of recognition that the host follows.
    /// </param>
    public sealed record Reserve(ReservationId Id, ValueList<BudgetId> Budgets, Money Amount, Instant At)
        : LedgerRequest(Id)
    {
        /// <summary>How many pieces it is, for the lines that count pieces; 1 by default.</summary>
        public long Count { get; init; } = 1;

        /// <summary>From when on it is set aside no more; null when it never expires.</summary>
        public Instant? Expires { get; init; }

        /// <summary>
        /// The lease out of which it is taken, if that is of the same lines and periods and still has as much: then no
        /// room is asked for. Null when there is none.
        /// </summary>
        public ReservationId? From { get; init; }
    }

    /// <summary>Spends what a result costs, in the periods of its reservation.</summary>
    /// <param name="Id">The reservation, or an id that nothing was reserved under.</param>
    /// <param name="Actual">What the result costs; not negative. What was set aside beyond it is free again.</param>
    public sealed record Commit(ReservationId Id, Money Actual) : LedgerRequest(Id)
    {
        /// <summary>How many pieces it is; 1 by default.</summary>
        public long Count { get; init; } = 1;

        /// <summary>
        /// The lowest lines, where nothing was reserved; else not looked at. Other ones when it comes again are a
        /// conflict, none are not.
        /// </summary>
        public ValueList<BudgetId> Budgets { get; init; } = [];

        /// <summary>
        /// The instant whose periods it counts in, where nothing was reserved; else not looked at. Another one when it
        /// comes again is a conflict, none is not.
        /// </summary>
        public Instant? At { get; init; }

        /// <summary>
        /// When its touch was bought, where nothing was reserved; by default <see cref="At"/>. See
        /// <see cref="CapBehavior.StopAndHonorInFlight"/>.
        /// </summary>
        public Instant? BoughtAt { get; init; }
    }

    /// <summary>Frees what is still set aside: the result will not come.</summary>
    /// <param name="Id">The reservation, or a lease whose idle rest goes back.</param>
    public sealed record Release(ReservationId Id) : LedgerRequest(Id);

    /// <summary>Takes back a part of what was committed.</summary>
    /// <param name="Id">The commit.</param>
    /// <param name="Correction">What takes it back; the same one counts once for each commit.</param>
    /// <param name="Part">The part; not negative, and with all other corrections at most what was committed.</param>
    public sealed record Reverse(ReservationId Id, CorrectionId Correction, Money Part) : LedgerRequest(Id)
    {
        /// <summary>How many of the pieces are taken back with it; none by default.</summary>
        public long Count { get; init; }
    }
}
