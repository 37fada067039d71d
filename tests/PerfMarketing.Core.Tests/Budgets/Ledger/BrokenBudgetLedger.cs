using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets.Ledger;

/// <summary>What a ledger does wrong.</summary>
internal enum BudgetLedgerFault
{
    CountsRepeats,
    IgnoresContent,
    KeepsRefusals,
    IgnoresParents,
    NamesNoLimit,
    SaysNoReset,
    IgnoresFlex,
    NeverExpires,
    LosesLateCommits,
    LosesUnreservedCommits,
    PaysAboveRejectingLines,
    GivesRoomForEveryReversal,
    CountsByTheClock,
    IgnoresLeases,
    ChecksAndThenCounts,
    ShowsWhatItGivesBack,
    LosesPromises,
    KeepsEveryPromise,
    ExpectsNothing,
    ForgetsChanges,
    IgnoresSharedDays,
    IgnoresLaterRollingDays,
    IgnoresRecognition,
    BeginsAnyPeriod,
}

/// <summary>A ledger with one fault: the checks must find it.</summary>
internal sealed class BrokenBudgetLedger(BudgetLedgerFault fault) : IBudgetLedger
{
    private readonly BudgetLedger inner = new(PlanOf(fault));
    private readonly Dictionary<ReservationId, LedgerDecision> refusals = [];
    private readonly Lock gate = new();
    private int repeats;

    public async ValueTask<ValueList<LedgerDecision>> ApplyAsync(
        ValueList<LedgerRequest> requests, Instant asOf, CancellationToken cancellationToken)
    {
        List<LedgerDecision> decisions = [];
        foreach (LedgerRequest request in requests.AsEnumerable())
        {
            LedgerDecision decision = fault switch
            {
                BudgetLedgerFault.ChecksAndThenCounts => await CheckThenCountAsync(request, asOf),
                BudgetLedgerFault.ShowsWhatItGivesBack => await TakeLineByLineAsync(request, asOf),
                _ => AnswerOf(inner.Decide(Asked(request, asOf), asOf), request, asOf),
            };
            decisions.Add(decision with { Id = request.Id });
        }

        return decisions.ToValueList();
    }

    public ValueTask<int> ExpireAsync(Instant asOf, CancellationToken cancellationToken) =>
        inner.ExpireAsync(asOf, cancellationToken);

    public ValueTask<ValueList<BudgetSnapshot>> ReadAsync(
        ValueList<BudgetId> budgets, Instant at, CancellationToken cancellationToken) =>
        inner.ReadAsync(budgets, at, cancellationToken);

    private static BudgetPlan PlanOf(BudgetLedgerFault fault) => BudgetLedgerChecks.Plan with
    {
        Lines = BudgetLedgerChecks.Plan.Lines.Select(l => fault switch
        {
            BudgetLedgerFault.IgnoresParents => l with { Parent = null },
            BudgetLedgerFault.IgnoresFlex => l with { Flex = default },
            BudgetLedgerFault.PaysAboveRejectingLines => l with { AtCap = CapBehavior.StopAdmission },
            BudgetLedgerFault.GivesRoomForEveryReversal => l with { ReversalsGiveRoom = true },
            BudgetLedgerFault.IgnoresSharedDays when l.Windows?.Days is not null => l with { Windows = null },
            BudgetLedgerFault.IgnoresLaterRollingDays when l.Per == PeriodUnit.Rolling =>
                l with { Per = PeriodUnit.Week, Windows = null },
            BudgetLedgerFault.IgnoresRecognition => l with { Recognition = BudgetRecognition.OnTouch },
            _ => l,
        }).ToValueList(),
    };

    private LedgerRequest Asked(LedgerRequest request, Instant asOf) => (fault, request) switch
    {
        (BudgetLedgerFault.CountsRepeats, LedgerRequest.Reserve r) =>
            r with { Id = new($"{r.Id}+{Interlocked.Increment(ref repeats)}") },
        (BudgetLedgerFault.LosesPromises, LedgerRequest.Reserve r) => r with { PromisedAt = null },
        (BudgetLedgerFault.KeepsEveryPromise, LedgerRequest.Reserve { From: not null } r) =>
            r with { PromisedAt = Instant.MinValue },
        (BudgetLedgerFault.ExpectsNothing, LedgerRequest.Expect e) => e with { Units = 0 },
        (BudgetLedgerFault.ForgetsChanges, LedgerRequest.ChangeLimit c) => new LedgerRequest.Expect(
            c.Id, c.Budget, c.At, 0),
        (BudgetLedgerFault.BeginsAnyPeriod, LedgerRequest.Reserve r) =>
            r with { At = Instant.Max(asOf - Duration.FromDays(1), Instant.Min(r.At, asOf + Duration.FromDays(9))) },
        (BudgetLedgerFault.NeverExpires, LedgerRequest.Reserve r) => r with { Expires = null },
        (BudgetLedgerFault.CountsByTheClock, LedgerRequest.Reserve r) => r with { At = asOf },
        (BudgetLedgerFault.IgnoresLeases, LedgerRequest.Reserve r) => r with { From = null },
        (BudgetLedgerFault.LosesUnreservedCommits, LedgerRequest.Commit c) => c with { Budgets = [] },
        _ => request,
    };

    private LedgerDecision AnswerOf(LedgerDecision decision, LedgerRequest request, Instant asOf)
    {
        switch (fault)
        {
            case BudgetLedgerFault.IgnoresContent when decision.Code == BudgetReasons.Conflict:
                return decision with { Code = null, IsRepeat = true };
            case BudgetLedgerFault.NamesNoLimit:
                return decision with { Binding = null };
            case BudgetLedgerFault.SaysNoReset:
                return decision with { ResetsAt = null };
            case BudgetLedgerFault.LosesLateCommits when decision.Marks.HasFlag(CommitMarks.Late):
                inner.Decide(new LedgerRequest.Reverse(request.Id, new("lost"), decision.Amount) { Count = 1 }, asOf);
                return decision with { Code = LedgerReasons.Expired };
            case BudgetLedgerFault.KeepsRefusals when request is LedgerRequest.Reserve:
                lock (gate)
                {
                    return refusals.TryGetValue(request.Id, out LedgerDecision? first) ? first
                        : decision.IsDone || refusals.TryAdd(request.Id, decision) ? decision : decision;
                }

            default:
                return decision;
        }
    }

    // What one writes first: is there room? Then take it, whether there still is or not.
    private async Task<LedgerDecision> CheckThenCountAsync(LedgerRequest request, Instant asOf)
    {
        if (request is not LedgerRequest.Reserve reserve)
        {
            return inner.Decide(request, asOf);
        }

        bool fits = BudgetLedgerChecks.Plan.Lines.Any(l => l.Id == reserve.Budgets[0])
            && reserve.Budgets.All(b => inner.Read(b, reserve.At)!.Available >= reserve.Amount.MinorUnits);
        await Task.Delay(1);
        LedgerDecision decision = inner.Decide(request, asOf);
        if (decision.Code is not (BudgetReasons.Exhausted or LedgerReasons.ParentCap) || !fits)
        {
            return decision;
        }

        inner.Decide(
            new LedgerRequest.Commit(request.Id, reserve.Amount) { Budgets = reserve.Budgets, At = reserve.At }, asOf);
        return decision with { Code = null, Amount = reserve.Amount };
    }

    // Takes the highest line first, by itself, and gives it back when a lower one refuses.
    private async Task<LedgerDecision> TakeLineByLineAsync(LedgerRequest request, Instant asOf)
    {
        if (request is LedgerRequest.Reserve reserve && reserve.Budgets.Contains(new("search")))
        {
            ReservationId taken = new($"{request.Id}+{Interlocked.Increment(ref repeats)}");
            inner.Decide(reserve with { Id = taken, Budgets = [new("spring")] }, asOf);
            await Task.Delay(1);
            inner.Decide(new LedgerRequest.Release(taken), asOf);
        }

        return inner.Decide(request, asOf);
    }
}
