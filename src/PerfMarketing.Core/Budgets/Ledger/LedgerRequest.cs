using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>What somebody asks of a <see cref="IBudgetLedger"/>: about one reservation, or about one line.</summary>
/// <remarks>
/// There are exactly these seven cases. The id is the idempotency key: a request that comes again gets the first
/// answer, and one under the same id with other content is a conflict. As terms, the case is named by <c>request</c>.
/// </remarks>
public abstract partial record LedgerRequest : ITerms
{
    private LedgerRequest(ReservationId id) => Id = id;

    /// <summary>
    /// The reservation, such as a click, a lead or a lease; of what changes a line, the change. Never used for anything
    /// else.
    /// </summary>
    public ReservationId Id { get; init; }

    /// <summary>The case's name in its written form.</summary>
    public abstract string Name { get; }

    /// <summary>Sets an amount aside on some lines and all lines above them, or on none of them.</summary>
    /// <param name="Id">What it is for. The id is the promise that its result will be paid.</param>
    /// <param name="Budgets">The lowest lines that it counts in.</param>
    /// <param name="Amount">
    /// The expected amount, for the lines of money; not negative. Zero promises and sets nothing aside.
    /// </param>
    /// <param name="At">
    /// The instant whose periods it is set aside in: when it was bought, or is expected.
    /// </param>
    public sealed record Reserve(ReservationId Id, ValueList<BudgetId> Budgets, Money Amount, Instant At)
        : LedgerRequest(Id)
    {
        /// <inheritdoc/>
        public override string Name => "reserve";

        /// <summary>How many pieces it is, for the lines that count pieces; 1 by default.</summary>
        public long Count { get; init; } = 1;

        /// <summary>From when on it is set aside no more; null when it never expires.</summary>
        public Instant? Expires { get; init; }

        /// <summary>
        /// The lease out of which it is taken, if that is of the same lines and periods and still has as much: then no
        /// room is asked for. Null when there is none.
        /// </summary>
        public ReservationId? From { get; init; }

        /// <summary>
        /// When a node promised it out of the lease <see cref="From"/>, where the ledger is told of it afterwards; null
        /// when it is asked for now. A promise that was made before the lease expired stands: where its room is gone,
        /// nothing is set aside, and its result is paid as one whose reservation expired.
        /// </summary>
        public Instant? PromisedAt { get; init; }

        /// <inheritdoc/>
        private protected override void WriteCore(TermWriter terms)
        {
            terms.Values("budgets", Budgets);
            terms.Value("amount", Amount);
            terms.Integer("count", Count == 1 ? null : Count);
            terms.Instant("at", At);
            terms.Instant("expires", Expires);
            terms.Value("from", From);
            terms.Instant("promisedAt", PromisedAt);
        }
    }

    /// <summary>
    /// Spends what a result costs: on each line in the period that its <see cref="BudgetLine.Recognition"/> says, with
    /// what was set aside for it. A line that has no period then counts it in that of the reservation.
    /// </summary>
    /// <param name="Id">The reservation, or an id that nothing was reserved under.</param>
    /// <param name="Actual">What the result costs; not negative. What was set aside beyond it is free again.</param>
    public sealed record Commit(ReservationId Id, Money Actual) : LedgerRequest(Id)
    {
        /// <inheritdoc/>
        public override string Name => "commit";

        /// <summary>How many pieces it is; 1 by default.</summary>
        public long Count { get; init; } = 1;

        /// <summary>
        /// The lowest lines, where nothing was reserved; else not looked at. Other ones when it comes again are a
        /// conflict, none are not.
        /// </summary>
        public ValueList<BudgetId> Budgets { get; init; } = [];

        /// <summary>
        /// When the result occurred: on lines by event it counts then. Needed where nothing was reserved; by default
        /// the instant of the reservation. Where nothing was reserved, another one when it comes again is a conflict,
        /// none is not.
        /// </summary>
        public Instant? At { get; init; }

        /// <summary>
        /// When its touch was bought, where nothing was reserved; by default <see cref="At"/>. On lines by touch it
        /// counts then; what was reserved counts at the instant of the reservation. See also
        /// <see cref="CapBehavior.StopAndHonorInFlight"/>.
        /// </summary>
        public Instant? BoughtAt { get; init; }

        /// <summary>When it was approved: on lines by approval it counts then. The present by default.</summary>
        public Instant? ApprovedAt { get; init; }

        /// <inheritdoc/>
        private protected override void WriteCore(TermWriter terms)
        {
            terms.Value("actual", Actual);
            terms.Integer("count", Count == 1 ? null : Count);
            terms.Values("budgets", Budgets);
            terms.Instant("at", At);
            terms.Instant("boughtAt", BoughtAt);
            terms.Instant("approvedAt", ApprovedAt);
        }
    }

    /// <summary>Frees what is still set aside: the result will not come.</summary>
    /// <param name="Id">The reservation, or a lease whose idle rest goes back.</param>
    public sealed record Release(ReservationId Id) : LedgerRequest(Id)
    {
        /// <inheritdoc/>
        public override string Name => "release";

        /// <inheritdoc/>
        private protected override void WriteCore(TermWriter terms)
        {
        }
    }

    /// <summary>Takes back a part of what was committed.</summary>
    /// <param name="Id">The commit.</param>
    /// <param name="Correction">What takes it back; the same one counts once for each commit.</param>
    /// <param name="Part">The part; not negative, and with all other corrections at most what was committed.</param>
    public sealed record Reverse(ReservationId Id, CorrectionId Correction, Money Part) : LedgerRequest(Id)
    {
        /// <inheritdoc/>
        public override string Name => "reverse";

        /// <summary>How many of the pieces are taken back with it; none by default.</summary>
        public long Count { get; init; }

        /// <inheritdoc/>
        private protected override void WriteCore(TermWriter terms)
        {
            terms.Value("correction", Correction);
            terms.Value("part", Part);
            terms.Integer("count", Count == 0 ? null : Count);
        }
    }

    /// <summary>
    /// Says what results are expected to cost that are still to come and that nothing was reserved for: it leaves less
    /// room for reservations, and none less for commits. The latest one holds.
    /// </summary>
    /// <param name="Id">What is said; its own id each time.</param>
    /// <param name="Budget">The line.</param>
    /// <param name="At">An instant of the period.</param>
    /// <param name="Units">The amount in minor units or pieces; not negative.</param>
    public sealed record Expect(ReservationId Id, BudgetId Budget, Instant At, long Units) : LedgerRequest(Id)
    {
        /// <inheritdoc/>
        public override string Name => "expect";

        /// <inheritdoc/>
        private protected override void WriteCore(TermWriter terms)
        {
            terms.Value("budget", Budget);
            terms.Instant("at", At);
            terms.Integer("units", Units);
        }
    }

    /// <summary>Sets the limit, without flex, of one period alone.</summary>
    /// <param name="Id">The change.</param>
    /// <param name="Budget">The line, which has a limit.</param>
    /// <param name="At">An instant of the period.</param>
    /// <param name="Units">
    /// The limit in minor units or pieces; not negative. Below what is in use it only stops.
    /// </param>
    public sealed record ChangeLimit(ReservationId Id, BudgetId Budget, Instant At, long Units) : LedgerRequest(Id)
    {
        /// <inheritdoc/>
        public override string Name => "change-limit";

        /// <inheritdoc/>
        private protected override void WriteCore(TermWriter terms)
        {
            terms.Value("budget", Budget);
            terms.Instant("at", At);
            terms.Integer("units", Units);
        }
    }

    /// <summary>Gives a line new terms from now on: its limit, flex, alerts, policies, or that it is paused.</summary>
    /// <remarks>What is in use stays.</remarks>
    /// <param name="Id">The change.</param>
    /// <param name="Line">
    /// The line with its new terms; id, scope, parent, periods and unit are as before, and lines of a partition have no
    /// more than their parent.
    /// </param>
    public sealed record Change(ReservationId Id, BudgetLine Line) : LedgerRequest(Id)
    {
        /// <inheritdoc/>
        public override string Name => "change";

        /// <inheritdoc/>
        private protected override void WriteCore(TermWriter terms) => terms.Terms("line", Line);
    }
}
