using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What is paid for periods when they close.</content>
public sealed partial class CampaignDecider
{
    private readonly PeriodPricing periodPricing = new();

    /// <summary>Closes all periods of a contract that end at an instant, and pays for them.</summary>
    /// <remarks>
    /// What was decided before the end counts, whenever it occurred. The entries are decided in the last instant of the
    /// periods, so that the statements that end with them contain them. Clauses are computed by stage (bonuses,
    /// override, fee share, retainer, guarantee, draw), shorter periods first, then in the order of the draft; each
    /// sees what those before it paid. Closing the same periods again gives the same entries and adds nothing.
    /// </remarks>
    /// <param name="state">The state, to which the entries are applied; it knows all ledgers of the contract.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="end">
    /// The first instant after the periods: what <see cref="CampaignState.NextClosing"/> says, or an earlier one.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The contract pays for no periods, or earlier ones are not closed yet.
    /// </exception>
    public PeriodClosing ClosePeriods(CampaignState state, ContractId contract, Instant end)
    {
        ArgumentNullException.ThrowIfNull(state);
        PeriodBook book = state.BookOf(contract)
            ?? throw new ArgumentException("The contract pays for no periods.", nameof(contract));
        if (end <= book.ClosedThrough || end <= state.ClosedThrough(contract))
        {
            return new(DecisionAnswer.Replayed, book.PaidAt(end), []);
        }

        if (state.NextClosing(contract) is { } next && next < end)
        {
            throw new ArgumentException("Periods are closed in their order.", nameof(end));
        }

        List<PeriodEarning> entries = [];
        List<CampaignRecord> records = [];
        foreach (PeriodTask task in book.Due(end))
        {
            if (book.ContextOf(task) is { } context
                && periodPricing.Price(task.Clause, context) is { IsNothing: false } priced)
            {
                PeriodEarning entry = WithinLimits(state, task, EntryOf(task, priced));
                CampaignRecord[] posted = [entry, .. UsesOf(task.Contract, entry)];
                Array.ForEach(posted, state.Apply);
                entries.Add(entry);
                records.AddRange(posted);
            }
        }

        PeriodsClosed closed = new()
        {
            OutcomeId = default,
            DecidedAt = end - Duration.Epsilon,
            Contract = contract,
            End = end,
        };
        state.Apply(closed);
        List<LimitKey> touched = [.. records.OfType<LimitMoved>().Select(static m => m.Key)];
        return new(DecisionAnswer.Decided, [.. entries], [.. records, closed]) { Due = DueIn(state, touched) };
    }

    private PeriodEarning EntryOf(PeriodTask task, PricedPeriod priced)
    {
        Contract contract = task.Contract;
        Instant last = task.Period.End - Duration.Epsilon;
        string period = task.Period.Key;
        return new()
        {
            OutcomeId = default,
            DecidedAt = last,
            Id = PeriodEarning.IdOf(campaign.Id, contract.Id, contract.Version, task.Clause.Id, period, task.Partner),
            Contract = contract.Id,
            Version = contract.Version,
            Clause = task.Clause.Id,
            Partner = task.Partner,
            Amount = priced.Amount,
            OccurredAt = last,
            PayableAt = last,
            Terms = contract.Digest,
            Campaign = campaign.Id,
            CampaignVersion = campaign.Version,
            Period = period,
            Opening = priced.Opening,
            Closing = priced.Closing,
            Lines = priced.Payout.Lines,
        };
    }
}
