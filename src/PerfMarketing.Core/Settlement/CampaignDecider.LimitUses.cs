using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <content>What earnings take of limits, as they stand after corrections.</content>
public sealed partial class CampaignDecider
{
    // What the earnings of a clause take, as they stand after corrections: those of several versions apart.
    private ValueList<LimitMoved> UsesOf(
        OutcomeState known, Contract contract, Clause clause, Func<EarningState, int> apartOf, Instant asOf)
    {
        EarningState[] earned = [.. known.Earnings
            .Where(e => e.Standing.Contract == contract.Id && e.Standing.Clause == clause.Id)];
        if (earned.Length == 0)
        {
            return [];
        }

        List<LimitMoved> uses = [];
        foreach (IGrouping<int, EarningState> own in earned.GroupBy(apartOf))
        {
            Earning first = own.First().Standing;
            EarningState[] all = [.. own];
            uses.AddRange(rooms.Of(
                contract, clause, [.. all.Select(static e => e.Earning.Partner)], first.Customer, first.OccurredAt)
                .Select(room => new LimitMoved
                {
                    OutcomeId = known.Id,
                    DecidedAt = asOf,
                    Key = room.Key,
                    Entry = EntryOf(
                        (clause.Id, own.Key),
                        known.Id,
                        first.OccurredAt,
                        LimitPhase.Used,
                        room.NeedOf(all.Where(e => IsIn(e, contract.Version, room.Key)).Select(PartOf))),
                }));
        }

        return uses.ToValueList();
    }

    // What an earning leaves in the rooms of its terms, now that others may price it.
    private ValueList<LimitMoved> LeftBy(
        OutcomeState known, Earning before, Func<EarningState, int> apartOf, Instant asOf)
    {
        if (RoomedClauseOf(before) is not { } roomed)
        {
            return [];
        }

        int apart = apartOf(known.StateOf(before.Id));
        EarningState[] all = [.. BesideOf(known, before.Contract, before.Clause, apart, apartOf)];
        return [.. rooms.Of(
            roomed.Contract, roomed.Clause, [before.Partner], before.Customer, before.OccurredAt)
            .Select(room => new LimitMoved
            {
                OutcomeId = before.OutcomeId,
                DecidedAt = asOf,
                Key = room.Key,
                Entry = EntryOf(
                    (before.Clause, apart),
                    before.OutcomeId,
                    before.OccurredAt,
                    LimitPhase.Used,
                    room.NeedOf(all.Where(e => IsIn(e, before.Version, room.Key)).Select(PartOf))),
            })];
    }

    private static IEnumerable<EarningState> BesideOf(
        OutcomeState known, ContractId contract, ClauseId clause, int apart, Func<EarningState, int> apartOf) =>
        known.Earnings
            .Where(e => e.Standing.Contract == contract && e.Standing.Clause == clause && apartOf(e) == apart);

    // Whether what an earning comes to counts in a room of a version: another version may price it by now, and have no
    // such limit, or other rooms of it.
    private bool IsIn(EarningState earned, int version, LimitKey room) => earned.Standing.Version == version
        || (RoomedClauseOf(earned.Standing) is { } roomed
            && rooms.Of(
                roomed.Contract,
                roomed.Clause,
                [earned.Earning.Partner],
                earned.Standing.Customer,
                earned.Standing.OccurredAt).Any(r => r.Key == room));

    // What was taken back in full, or never paid because of a limit, gives its place back.
    private static LimitPart PartOf(EarningState earned) => new(
        earned.Earning.Partner,
        earned.Earning.Credit.Weight,
        earned.Earning.Credit.Total,
        earned.Net.Amount + earned.Repriced.Amount,
        earned.Net.MinorUnits != 0 || (earned.StandsAtNothing && !LimitCheck.IsCut(earned.Earning.Lines)));
}
