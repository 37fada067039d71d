using System.Diagnostics;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <summary>Pays for periods that are over, and makes statements of what ledgers hold.</summary>
/// <remarks>
/// What contracts pay for periods is committed once, when a statement is first asked for after their end, and with it
/// that the statement is closed: whatever is decided later is in the next one, whatever <c>asOf</c> it is handed in
/// with. Statements themselves are not stored: they follow from the ledgers, and from what was noted of the terms that
/// cut them when they were closed. So settling a closed month again gives the same statements, whatever became known of
/// the terms since. Thread-safe when the ports are.
/// </remarks>
public sealed class SettlementWorkflow
{
    private readonly ICampaignStore campaigns;
    private readonly ILedgerStore ledger;

    /// <summary>Makes the workflow.</summary>
    /// <param name="campaigns">Where campaigns are kept.</param>
    /// <param name="ledger">Where the records of campaigns are kept.</param>
    public SettlementWorkflow(ICampaignStore campaigns, ILedgerStore ledger)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        ArgumentNullException.ThrowIfNull(ledger);
        this.campaigns = campaigns;
        this.ledger = ledger;
    }

    /// <summary>The statements of a campaign for a month, in the zone of each contract.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="month">The month.</param>
    /// <param name="asOf">
    /// The present, never a future instant: what is decided after it does not count, and every statement that is over
    /// by then is closed, also those of earlier months.
    /// </param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One statement for each contract and partner that has lines or a balance, by their names.</returns>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">
    /// What is paid for periods, or that statements are closed, could not be committed.
    /// </exception>
    /// <exception cref="TermsChangedException">
    /// A version of a contract has other terms than those under which statements were closed.
    /// </exception>
    /// <exception cref="StatementBoundsException">
    /// Statements are beyond <see cref="Money.MinorUnitsMax"/>; the others are in the exception. All periods and
    /// statements that are over are closed nevertheless.
    /// </exception>
    public async ValueTask<ValueList<Statement>> SettleAsync(
        CampaignId campaign, YearMonth month, Instant asOf, CancellationToken cancellationToken)
    {
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Settle, campaign);
        Campaign found = await campaigns.GetAsync(campaign, cancellationToken).ConfigureAwait(false);
        List<Statement> statements = [];
        List<StatementBeyond> beyond = [];
        var contracts = found.Contracts.GroupBy(static c => c.Id)
            .Select(c => (Versions: c, Turn: new PeriodTurn(found, c.Key, ledger))).ToList();
        await CheckAsync(contracts.Select(static c => c.Turn), cancellationToken).ConfigureAwait(false);
        foreach ((IGrouping<ContractId, Contract> versions, PeriodTurn turn) in contracts)
        {
            await turn.CloseAsync(asOf, cancellationToken).ConfigureAwait(false);

            ValueList<StreamPosition> ledgers = LedgersOf(found.Id, versions);
            List<CampaignRecord> records = [.. turn.Closings];
            await foreach (StoredRecord stored in ledger.ReadAsync(ledgers, cancellationToken).ConfigureAwait(false))
            {
                records.Add(stored.Record);
            }

            CalendarPeriod period = versions.First().Calendar.Month(month);
            statements.AddRange(BuildOf(found, records, asOf, beyond)
                .Where(s => s.To > period.Start && s.To <= period.End));
        }

        WorkflowTelemetry.Answer(activity, statements.Count);
        ValueList<Statement> all = [.. statements.OrderBy(static s => s.Contract).ThenBy(static s => s.Partner)];
        return beyond.Count == 0 ? all : throw new StatementBoundsException(all, beyond.ToValueList());
    }

    // Of all contracts before any is closed.
    private static async ValueTask CheckAsync(IEnumerable<PeriodTurn> turns, CancellationToken cancellationToken)
    {
        List<Reason> changed = [];
        foreach (PeriodTurn turn in turns)
        {
            changed.AddRange(await turn.CheckAsync(cancellationToken).ConfigureAwait(false));
        }

        if (changed.Count > 0)
        {
            throw new TermsChangedException(changed.ToValueList());
        }
    }

    private static ValueList<Statement> BuildOf(
        Campaign campaign, List<CampaignRecord> records, Instant asOf, List<StatementBeyond> beyond)
    {
        try
        {
            return StatementBook.Build(campaign, records, [], asOf);
        }
        catch (StatementBoundsException problem)
        {
            beyond.AddRange(problem.Beyond);
            return problem.Statements;
        }
    }

    private static ValueList<StreamPosition> LedgersOf(CampaignId campaign, IEnumerable<Contract> versions) =>
    [
        .. versions.SelectMany(static c => c.Partners.Select(p => (Contract: c.Id, Partner: p))).Distinct()
            .Select(l => new StreamPosition(StreamId.OfLedger(campaign, l.Contract, l.Partner), 0)),
    ];
}
