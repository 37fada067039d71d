using System.Globalization;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Tallies;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Replays;

/// <summary>
/// I16: outcomes that are taken back in full as soon as they earn leave everybody what they have without them.
/// Clauses that tally keep the place of what is taken back there: their outcomes are left alone, or the campaign gets
/// terms by which tallies forget what is taken back.
/// </summary>
internal sealed class ReversedEventCheck(WorldPlan world, LiveRun live, SeededRandom random, Violations violations)
{
    public void Run(LogReplay replay, Handed[] log)
    {
        if (world.IsWide || world.Budgets.Length > 0)
        {
            // What a budget or a limit could not pay in full leaves traces with others.
            return;
        }

        CampaignDraft draft = CampaignBuilder.DraftOf(world);

        if (random.Happens(500))
        {
            draft = Forgetting(draft);
            replay = new(world, draft.Build(), live.Journeys);
        }

        HashSet<OutcomeKind> frozen = [.. FrozenIn(draft)];
        HashSet<OutcomeId> chosen = [.. log.Select(static h => h.Outcome).OfType<Outcome>()
            .Where(o => o.OrderId is null && !frozen.Contains(o.Kind) && random.Happens(150)).Select(static o => o.Id)];
        RunPicture without = replay.Play(log.Where(h => !chosen.Contains(h.About)), live.Now);
        RunPicture with = new(replay);
        HashSet<OutcomeId> left = [];
        foreach (Handed one in log)
        {
            if (!chosen.Contains(one.About))
            {
                replay.HandIn(with.Run, one);
            }
            else if (one.Outcome is not null && left.Add(one.About))
            {
                replay.HandIn(with.Run, one);
                replay.HandIn(with.Run, Handed.Of(new Retraction
                {
                    Id = new($"gone-{one.About}"),
                    Outcome = one.About,
                    At = one.At,
                    RecordedAt = one.At,
                }));
            }
        }

        with.At(live.Now);
        Differences differences = new(violations, "I16: with outcomes that were taken back");
        differences.Compare(NetsOf(without), NetsOf(with), static n => n.ToString(CultureInfo.InvariantCulture));
        differences.Compare(
            StatementsOf(without),
            StatementsOf(with),
            static m => m.ToString());
        differences.Compare(without.Rooms(with), with.Rooms(without), static r => r.ToString());
        Dictionary<OutcomeId, string> standings = with.Standings(isWhy: false);
        foreach (OutcomeId id in chosen)
        {
            standings.Remove(id);
        }

        differences.Compare(without.Standings(isWhy: false), standings, static s => s);
    }

    // The versions of a clause tally together.
    private static IEnumerable<OutcomeKind> FrozenIn(CampaignDraft draft) =>
        from contract in draft.Contracts
        from clause in contract.Clauses
        group clause by (contract.Id, clause.Id) into versions
        where versions.Any(static k => k.Rounding.At == RoundAt.Period || k.Pays is Tiered)
            && versions.Any(static k => k.Tally.Corrections == TallyCorrections.Frozen)
        select versions.First().Outcome;

    // Where what a period pays follows from its tally alone.
    private static CampaignDraft Forgetting(CampaignDraft draft) => draft with
    {
        Contracts =
        [
            .. draft.Contracts.Select(static c => c with
            {
                Clauses =
                [
                    .. c.Clauses.Select(static k => k.Pays.IsOrderFree && k.Tally.Scope == TallyScope.Partner
                        ? k with { Tally = k.Tally with { Corrections = TallyCorrections.Reevaluated } }
                        : k),
                ],
            }),
        ],
    };

    // Where nothing was decided but what was taken back there is no statement without it.
    private static Dictionary<(ContractId, PartnerId, string), StatementMoney> StatementsOf(RunPicture picture) =>
        picture.StatementsByName(StatementMoney.Of).Where(static s => !s.Value.MovesNothing).ToDictionary();

    // What each outcome comes to; where that is nothing it is left out.
    private static Dictionary<string, long> NetsOf(RunPicture picture) => picture.Run.Entries
        .GroupBy(static e => $"the net of {e.OutcomeId} {e.Contract} {e.Clause} {e.Partner}")
        .Select(static g => (g.Key, Net: g.Sum(static e => e.Amount.MinorUnits)))
        .Where(static g => g.Net != 0)
        .ToDictionary(static g => g.Key, static g => g.Net);
}
