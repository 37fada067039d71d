using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Simulation.Replays;

/// <summary>What a run comes to: entries, statements, who is credited, what rooms and budgets hold.</summary>
internal sealed class RunPicture
{
    private readonly HashSet<LimitKey> rooms = [];
    private readonly Dictionary<(BudgetId Budget, string Period), Instant> budgets = [];

    public RunPicture(LogReplay replay)
    {
        replay.Now = Instant.MinValue;
        Run = new(replay.Campaign, replay) { Recorded = Note };
        foreach (OrderClaimed claim in replay.Taken)
        {
            Run.Note(claim);
        }
    }

    public CampaignRun Run { get; }

    /// <summary>Is told of each record.</summary>
    public Action<CampaignRecord>? Recorded { get; set; }

    public ValueList<Statement> Statements { get; private set; } = [];

    /// <summary>Lets time pass, and cuts the statements.</summary>
    public RunPicture At(Instant end)
    {
        Run.Expire(end);
        Statements = Run.Statements(end);
        return this;
    }

    /// <summary>Entries by their ids.</summary>
    public Dictionary<EntryId, LedgerEntry> Entries() => Run.Entries.ToDictionary(static e => e.Id);

    /// <summary>Statements by whose they are and when.</summary>
    public Dictionary<(ContractId Contract, PartnerId Partner, string Period), T> StatementsByName<T>(
        Func<Statement, T> part) =>
        Statements.ToDictionary(static s => (s.Contract, s.Partner, s.Period), part);

    /// <summary>Where outcomes stand, and who is credited.</summary>
    /// <param name="isWhy">Whether the reasons are told, too.</param>
    public Dictionary<OutcomeId, string> Standings(bool isWhy) => Run.State.Outcomes
        .Where(static o => o is { Outcome: not null, Decision: not null })
        .ToDictionary(static o => o.Id, o => StandingOf(o.Decision!, isWhy));

    /// <summary>What limits and budgets hold in the end; what holds nothing is left out.</summary>
    /// <param name="other">Whose rooms are looked at too: what was restored is told of none.</param>
    public Dictionary<string, RoomHeld> Rooms(RunPicture other)
    {
        Dictionary<string, RoomHeld> found = [];
        foreach (LimitKey key in rooms.Union(other.rooms))
        {
            if (Run.State.LimitOf(key) is { } room && (room.Taken != 0 || room.WaitingCount > 0))
            {
                found.Add($"the room {key}", new(room.Used, room.Reserved, room.WaitingCount));
            }
        }

        foreach (((BudgetId id, string period), Instant at) in budgets.UnionBy(other.budgets, static b => b.Key))
        {
            BudgetState state = Run.State.BudgetOf(Run.State.Campaign.Budgets.First(b => b.Id == id), at);
            if (state.Committed.Units != 0 || state.Reserved.Units != 0)
            {
                found.Add($"the budget {id} in {period}", new(state.Committed.Units, state.Reserved.Units, 0));
            }
        }

        return found;
    }

    // What is disputed is not priced again: what it would be worth is of the instant.
    private static string StandingOf(OutcomeDecided decision, bool isWhy) => string.Join(
        "; ",
        [
            KindOf(decision.Qualification, isWhy),
            string.Join(", ", CreditsOf(decision).Select(static c => $"{c.Partner} {c.Weight}/{c.Total}")),
            .. decision.Qualification is Qualification.Disputed ? [] : decision.Legs.Select(
                l => $"{l.Contract} {l.Clause} {AmountOf(l)} {KindOf(l.Qualification, isWhy)}"),
        ]);

    // Of what waits there is an estimate, made whenever it is looked at.
    private static string AmountOf(LegDecision leg) =>
        leg.Qualification is Qualification.Pending ? "" : leg.Amount.ToString();

    private static IEnumerable<Credit> CreditsOf(OutcomeDecided decision) =>
        (decision.Attribution?.Credits ?? []).OrderBy(static c => c.Partner);

    private static string KindOf(Qualification qualification, bool isWhy) => qualification.Match(
        qualified: static q => $"qualified {q.At}",
        pending: static p => $"pending {p.Until}",
        rejected: r => isWhy ? $"rejected {string.Join(' ', r.Reasons.Select(static e => e.Code))}" : "rejected",
        disputed: static _ => "disputed");

    private void Note(CampaignRecord record)
    {
        Recorded?.Invoke(record);
        if (record is LimitMoved moved)
        {
            rooms.Add(moved.Key);
        }
        else if (record is BudgetMoved { Entry: var entry } counted)
        {
            budgets.TryAdd((entry.Budget, entry.Period), counted.CountsAt ?? counted.OccurredAt);
        }
    }
}
