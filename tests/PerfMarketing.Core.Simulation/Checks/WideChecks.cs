using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tallies;

namespace PerfMarketing.Simulation.Checks;

/// <summary>What must hold where terms are wide, looked at after every commit.</summary>
internal sealed class WideChecks(Campaign campaign, FaultCounts counts, Violations violations)
{
    private readonly Dictionary<LimitKey, Dictionary<(ClauseId, OutcomeId, int), decimal>> rooms = [];
    private readonly Dictionary<LimitKey, decimal> taken = [];
    private readonly Dictionary<LimitKey, decimal> paid = [];
    private readonly Dictionary<OutcomeId, OutcomeDecided> decided = [];
    private readonly StatementChecks settled = new(campaign, violations);
    private readonly ReversalChecks reversals = new(campaign, violations);
    private readonly ReevaluatedChecks reevaluated = new(campaign, violations);

    /// <summary>Everything that was committed.</summary>
    public List<CampaignRecord> Records { get; } = [];

    public AccountChecks Books { get; } = new(campaign, violations);

    public void Take(CampaignRecord[] records)
    {
        HashSet<LimitKey> touched = [];
        reversals.Take(records);
        reevaluated.Take(records);
        foreach (CampaignRecord record in records)
        {
            Records.Add(record);
            Books.Post(record);
            switch (record)
            {
                case OutcomeDecided decision:
                    decided[decision.OutcomeId] = decision;
                    Count(decision);
                    break;
                case LimitMoved moved:
                    Take(moved);
                    break;
                case TrafficCounted { Change: var change } when change.Held != default || change.Filtered != default:
                    counts.Hit(FaultKind.InvalidTraffic);
                    break;
                case ManualEntry booked:
                    settled.Take(booked);
                    counts.Hit(FaultKind.BookedByHand);
                    break;
                case LedgerEntry entry and not DisputeHold:
                    settled.Take(entry);
                    Count(entry);
                    touched.UnionWith(Pay(entry));
                    break;
                case DisputeHold hold:
                    settled.Take(hold);
                    break;
                default:
                    break;
            }
        }

        // What was paid is counted here by the entries alone, whatever the library says that it has counted.
        foreach (LimitKey key in touched)
        {
            Limit limit = LimitOf(key);
            violations.Require(
                limit.OnExceeded == LimitOverflow.Notify || paid[key] <= limit.Amount!.Value.Amount,
                $"I5: {key} pays {paid[key]} of {limit.Amount}");
        }

        foreach (Earning earning in records.OfType<Earning>())
        {
            CheckAssist(earning);
        }
    }

    /// <summary>A month was closed.</summary>
    /// <param name="statements">Its statements.</param>
    /// <param name="month">Its first day; null when it is not over.</param>
    public void Close(IEnumerable<Statement> statements, LocalDate? month)
    {
        Statement[] closed = [.. statements.OrderBy(static s => s.To)];
        settled.Take(closed, month);
        foreach (Statement statement in closed)
        {
            counts.Hit(FaultKind.Settled);
            Books.Close(statement);
        }

        Books.Check();
    }

    private void Count(OutcomeDecided decision)
    {
        if (decision.Legs.Any(static l => l.Notes.Count > 0 || ReasonsOf(l).Any(static r =>
            r.Code.StartsWith("limit.", StringComparison.Ordinal))))
        {
            counts.Hit(FaultKind.LimitMet);
        }
    }

    private static ValueList<Reason> ReasonsOf(LegDecision leg) => leg.Qualification.Match(
        qualified: static _ => [],
        pending: static p => p.Reasons,
        rejected: static r => r.Reasons,
        disputed: static _ => ValueList<Reason>.Empty);

    private void Count(LedgerEntry entry)
    {
        FaultKind? kind = entry switch
        {
            PeriodEarning => FaultKind.PeriodPaid,
            Earning when Assists(entry) => FaultKind.Assisted,
            Earning earning when earning.Lines.Any(static l => l.Code == PayoutLineNames.OverLimit) =>
                FaultKind.LimitMet,
            Adjustment { Invalidated: not null } => FaultKind.BulkInvalidation,
            _ => null,
        };
        if (kind is { } hit)
        {
            counts.Hit(hit);
        }
    }

    private bool Assists(LedgerEntry entry) => campaign.FindContract(entry.Contract, entry.Version)!.Assists;

    // Beside somebody who is credited, and never who is.
    private void CheckAssist(Earning earning)
    {
        if (Assists(earning))
        {
            ValueList<Attribution.Credit> credits = decided[earning.OutcomeId].Attribution?.Credits ?? [];
            violations.Require(
                credits.Count > 0 && !credits.Any(c => c.Partner == earning.Partner),
                $"I19: {earning.Id} is paid for an assist, with the credits {string.Join(", ", credits)}");
        }
    }

    private void Take(LimitMoved moved)
    {
        if (!rooms.TryGetValue(moved.Key, out Dictionary<(ClauseId, OutcomeId, int), decimal>? room))
        {
            rooms.Add(moved.Key, room = []);
        }

        LimitEntry entry = moved.Entry;
        var name = (entry.Clause, entry.Outcome, entry.Version);
        decimal now = entry.Phase is LimitPhase.Used or LimitPhase.Reserved ? entry.Amount : 0;
        decimal sum = taken[moved.Key] = taken.GetValueOrDefault(moved.Key) + now - room.GetValueOrDefault(name);
        room[name] = now;
        Limit limit = LimitOf(moved.Key);
        decimal most = limit.Count ?? limit.Amount?.Amount ?? decimal.MaxValue;
        if (limit.Count is not null)
        {
            // Each share of an outcome is rounded to twelve decimals.
            most += room.Count * 0.000_000_000_001m;
        }

        violations.Require(
            limit.OnExceeded == LimitOverflow.Notify || sum <= most, $"I5: {moved.Key} holds {sum} of {most}");
    }

    // The limits of money of the whole contract hold for everything that it pays.
    private List<LimitKey> Pay(LedgerEntry entry)
    {
        List<LimitKey> keys = [];
        Contract contract = campaign.FindContract(entry.Contract, entry.Version)!;
        foreach (Limit limit in contract.Limits)
        {
            if (limit is { Amount: not null, IsByCustomer: false })
            {
                LimitKey key = new(
                    contract.Id,
                    default,
                    limit.Id,
                    limit.IsByPartner ? entry.Partner : default,
                    default,
                    contract.Calendar.Containing(limit.Per, entry.OccurredAt).Key);
                paid[key] = paid.GetValueOrDefault(key) + entry.Amount.Amount;
                keys.Add(key);
            }
        }

        return keys;
    }

    private Limit LimitOf(LimitKey key)
    {
        Contract contract = campaign.Contracts.First(c => c.Id == key.Contract);
        return key.Clause.IsUnset
            ? contract.Limits.First(l => l.Id == key.Limit)
            : contract.FindClause(key.Clause)!.Limits.First(l => l.Id == key.Limit);
    }
}
