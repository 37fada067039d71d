using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What limits of a contract leave of its payouts for periods.</content>
public sealed partial class CampaignDecider
{
    // What a period owes cannot wait or go elsewhere: it is paid as far as every limit of money has room.
    private PeriodEarning WithinLimits(CampaignState state, PeriodTask task, PeriodEarning priced)
    {
        Money due = priced.Amount;
        List<Reason> notes = [];
        foreach (LimitRoom room in due.MinorUnits > 0 ? rooms.Of(task.Contract, task.Partner, priced.OccurredAt) : [])
        {
            decimal taken = state.LimitOf(room.Key)?.Taken ?? 0;
            var left = Money.Of(Math.Clamp(room.Max - taken, 0, due.Amount), due.Currency);
            if (due > left)
            {
                bool isCap = room.Limit.OnExceeded != LimitOverflow.Notify;
                string did = !isCap ? LimitReasons.Exceeded
                    : left.MinorUnits == 0 ? LimitReasons.Unpaid : LimitReasons.Cut;
                notes.Add(LimitCheck.Tell(room, taken, did));
                due = isCap ? left : due;
            }
        }

        Money cut = priced.Amount - due;
        return priced with
        {
            Amount = due,
            Notes = [.. notes],
            Closing = cut.MinorUnits > 0 ? task.Clause.Pays.BalanceWithout(priced.Closing, cut) : priced.Closing,
            Lines = cut.MinorUnits > 0 ? priced.Lines.Add(new(PayoutLineNames.OverLimit, -cut)) : priced.Lines,
        };
    }

    // What is set off for a period gives room back.
    private ValueList<LimitMoved> UsesOf(Contract contract, PeriodEarning entry) => entry.Amount.MinorUnits == 0 ? []
        :
        [
            .. rooms.Of(contract, entry.Partner, entry.OccurredAt).Select(room => new LimitMoved
            {
                OutcomeId = default,
                DecidedAt = entry.DecidedAt,
                Key = room.Key,
                Entry = EntryOf(
                    (entry.Clause, 0),
                    new(entry.Id.Value),
                    entry.OccurredAt,
                    LimitPhase.Used,
                    entry.Amount.Amount),
            }),
        ];
}
