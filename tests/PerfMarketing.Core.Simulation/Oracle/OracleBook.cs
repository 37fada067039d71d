using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Checks;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>
/// Decides a world again, naively and with exact fractions, from what was taken in and when: what the ledgers should
/// hold. It shares no code with the library but the types that carry events.
/// </summary>
internal sealed partial class OracleBook(WorldPlan world, JourneyLog journeys, OrderWatch taken)
{
    private readonly OraclePricing pricing = new(world.Digits);
    private readonly OracleLines writer = new(world.Digits);
    private readonly Dictionary<int, string> months = [];
    private readonly Dictionary<string, OracleOutcome> outcomes = [];
    private readonly Dictionary<string, string> orders = [];
    private readonly Dictionary<(string Contract, string Clause, string Partner, string Period), Counter> tallies = [];
    private readonly Dictionary<(string Contract, string Clause, string Partner, string Period), long> paid = [];
    private readonly Dictionary<(string Budget, LocalDate From), OracleBudget> budgets = [];
    private readonly Dictionary<string, DateTimeZone> zones = [];
    private List<OracleEntry> posted = [];
    private Instant asOf;
    private bool isAdjustedAtOnce;

    public IReadOnlyCollection<OracleOutcome> Outcomes => outcomes.Values;

    public List<OracleEntry> Entries { get; } = [];

    public OracleOutcome Of(string id)
    {
        if (!outcomes.TryGetValue(id, out OracleOutcome? found))
        {
            outcomes.Add(id, found = new(id));
        }

        return found;
    }

    /// <summary>
    /// What another system had counted, and paid: what comes next counts on. Its entry is of nothing.
    /// </summary>
    /// <param name="opened">What was booked.</param>
    /// <param name="entry">What the ledger calls it.</param>
    /// <param name="bookedAt">When it was booked.</param>
    public void Open(ManualEarning opened, EntryId entry, Instant bookedAt)
    {
        Tallies.Tally counted = opened.Tally!.Counted;
        ContractPlan contract = InForce(opened.Contract.Value, opened.At)!;
        ClausePlan clause = Array.Find(contract.Clauses, c => c.Id == opened.Tally.Clause.Value)!;
        OracleLeg leg = new(contract, clause);
        var key = KeyOf(leg, opened.Partner.Value, opened.At);
        Counter counter = new(
            Rational.Of(counted.Count),
            Rational.Of(counted.Quantity),
            Rational.Of(counted.Value.Amount),
            Rational.Of(counted.Accrued.Amount));
        tallies[key] = tallies.GetValueOrDefault(key) + counter;
        paid[key] = paid.GetValueOrDefault(key) + (long)counter.Accrued.Round(world.Digits, clause.Mode);
        OracleEarning none = new()
        {
            Leg = leg,
            Outcome = opened.Id.Value,
            OccurredAt = opened.At,
            Partner = opened.Partner.Value,
            Weight = 1,
            Total = 1,
            Amount = 0,
            Priced = 0,
            Before = default,
            Counted = counter,
            Period = key.Period,
            Value = default,
            Quantity = 0,
            PayableAt = bookedAt,
        };
        Entries.Add(new(EntryKind.Opening, none, 0, bookedAt) { Id = entry });
    }

    /// <summary>Takes one commit in and says which entries it should have posted.</summary>
    public List<OracleEntry> Take(LogItem item)
    {
        posted = [];
        if (item.Conflict is not null)
        {
            return posted;
        }

        asOf = item.AsOf;
        OracleOutcome known = Of(item.Outcome);
        if (item.Received is { } outcome)
        {
            known.Outcome = outcome;
            if (outcome is { OrderId: { } order, IsTest: false } && Flies(outcome.At))
            {
                orders.TryAdd(order.Value, known.Id);
            }
        }

        known.Verdicts.AddRange(item.Believed);
        Ruling? reopening = null;
        if (item.Correction is { } correction)
        {
            reopening = correction is (Approval or Graded) and Ruling ruling && known.Outcome is not null
                && known.Legs.Exists(l => Reopens(ruling, l)) ? ruling : null;
            known.Corrections.Add(correction);
        }

        Review(known, item, reopening);
        Entries.AddRange(posted);
        return posted;
    }

    // An approval asks again for what was rejected, a grade for what was rejected because of a grade.
    private static bool Reopens(Ruling ruling, OracleLeg leg) => leg.Standing == Standing.Rejected
        && leg.Concerns(ruling) && (ruling is Approval || leg.IsGradedDown);

    private void Review(OracleOutcome known, LogItem item, Ruling? reopening)
    {
        if (known.Outcome is not { } outcome)
        {
            return;
        }

        Adjust(known);
        Dispute(known, outcome);
        DecideOpen(known, outcome, item, reopening);
        Align(known);
    }

    private void DecideOpen(OracleOutcome known, Outcome outcome, LogItem item, Ruling? reopening)
    {
        // Whoever was refused while nothing was accepted is asked for again once it is, by the credits that stand.
        bool isAmended = item.IsAmendment && known.Why == OracleCodes.NoneAccepted;
        bool isFinal = known.Standing == Standing.Qualified
            || (known.Standing == Standing.Rejected && !known.MayComeBack)
            || (known.Standing == Standing.Disputed && known.Legs.TrueForAll(l => l.Standing is Standing.Qualified
                or Standing.Rejected || known.Earnings.Exists(e => e.Leg.Key == l.Key)));
        if (isFinal && reopening is null && !isAmended)
        {
            return;
        }

        OracleTruth truth = known.Truth();
        if (known.Earnings.Count == 0)
        {
            bool isTaken = outcome.OrderId is { } order
                && orders.TryGetValue(order.Value, out string? first) && first != known.Id;
            if ((outcome.IsTest ? OracleCodes.Test
                : isTaken ? OracleCodes.DuplicateOrder
                : !Flies(outcome.At) ? OracleCodes.OutsideFlight
                : truth.IsGone ? OracleCodes.Retracted
                : null) is { } why)
            {
                Reject(known, why);
                return;
            }

            if (reopening is null && !isAmended)
            {
                new OracleCredits(world, zones, journeys).Assign(known, outcome, asOf, item.Sequence);
            }
        }

        if (known.Credits.Count == 0)
        {
            Reject(known, OracleCodes.NoTouch);
            return;
        }

        DecideLegs(known, outcome, truth, reopening);
    }

    private void DecideLegs(OracleOutcome known, Outcome outcome, OracleTruth truth, Ruling? reopening)
    {
        List<OracleLeg> before = known.Legs;
        List<OracleLeg> legs = asOf < world.AcceptedAt ? [] : LegsOf(known, outcome);
        if (legs.Count > 0 && known.Earnings.Count == 0
            && outcome.OrderId is { } order && taken.IsOthers(world.Campaign, order))
        {
            Reject(known, OracleCodes.DuplicateOrder);
            return;
        }

        if (legs.Count == 0)
        {
            bool isEarly = asOf < world.AcceptedAt && known.Credits.Exists(c => world.Contracts.Any(o =>
                InForce(o.Id, outcome.At)?.Partners.Contains(c.Partner) == true));
            Reject(known, isEarly ? OracleCodes.NoneAccepted : OracleCodes.NoClause);
            return;
        }

        foreach (OracleLeg leg in legs)
        {
            OracleLeg? stood = before.Find(l => l.Key == leg.Key);
            bool isReopened = stood is not null && reopening is not null && Reopens(reopening, stood);
            if ((stood is { Standing: Standing.Qualified or Standing.Rejected } && !isReopened)
                || (stood is { Standing: Standing.Disputed } && known.Earnings.Exists(e => e.Leg.Key == leg.Key)))
            {
                leg.Keep(stood!);
            }
            else if (truth.IsGone)
            {
                Release(leg, outcome);
                leg.Reject(OracleCodes.Retracted);
            }
            else
            {
                Decide(known, leg, outcome, truth);
            }
        }

        ReleaseOthers(before, legs, outcome);
        known.Legs = legs;
        known.Standing = Overall(legs);
        known.Why = null;
        known.MayComeBack = false;
        if (isAdjustedAtOnce)
        {
            Adjust(known);
            isAdjustedAtOnce = false;
        }
    }

    private static Standing Overall(List<OracleLeg> legs) =>
        legs.Exists(static l => l.Standing == Standing.Disputed) ? Standing.Disputed
        : legs.Exists(static l => l.Standing == Standing.Pending) ? Standing.Pending
        : legs.Exists(static l => l.Standing == Standing.Qualified) ? Standing.Qualified
        : Standing.Rejected;

    private List<OracleLeg> LegsOf(OracleOutcome known, Outcome outcome)
    {
        List<OracleLeg> legs = [];
        foreach (OracleCredit credit in known.Credits)
        {
            foreach (string id in world.Contracts.Select(static c => c.Id).Distinct())
            {
                if (InForce(id, outcome.At) is not { } contract || !contract.Partners.Contains(credit.Partner)
                    || Array.Find(contract.Clauses, c => outcome.Kind == (OutcomeKind)c.Outcome) is not { } clause)
                {
                    continue;
                }

                OracleLeg? leg = legs.Find(l => l.Clause == clause && l.Contract == contract);
                if (leg is null)
                {
                    legs.Add(leg = new(contract, clause));
                }

                leg.Credits.Add(credit);
            }
        }

        return legs;
    }

    private ContractPlan? InForce(string id, Instant at) => world.Contracts
        .Where(c => c.Id == id && ZoneOf(c.Zone).AtStartOfDay(c.From).ToInstant() <= at)
        .MaxBy(static c => c.Version);

    private void Decide(OracleOutcome known, OracleLeg leg, Outcome outcome, OracleTruth truth)
    {
        var ruling = OracleRuling.Of(known.Corrections, leg);
        if (ruling.IsRefused)
        {
            Release(leg, outcome);
            leg.Reject(ruling.IsGradedDown ? OracleCodes.GradeReversed : OracleCodes.RulingRejected);
            leg.IsGradedDown = ruling.IsGradedDown;
            return;
        }

        if (truth.Kept is not null && truth.Currency != leg.Contract.Currency && leg.Clause.Model.ReadsValue)
        {
            (leg.Standing, leg.Why) = (Standing.Pending, OracleCodes.RateMissing);
            return;
        }

        (leg.Standing, leg.Until, leg.Evidence, leg.Why) = ruling.IsApproved
            ? (Standing.Qualified, null, null, null)
            : Judge(leg.Clause.Proof, outcome.At, known.Verdicts);
        if (leg.Standing == Standing.Qualified && ruling.IsHeld)
        {
            (leg.Standing, leg.Evidence, leg.Why) = (Standing.Pending, null, OracleCodes.GradeHeld);
        }

        if (leg.Standing == Standing.Rejected)
        {
            Release(leg, outcome);
            return;
        }

        (Rational quantity, Rational value) = BasisOf(truth, leg.Contract.Currency);
        OracleShare[] shares = pricing.Price(
            leg.Clause,
            quantity,
            value,
            [.. leg.Credits.Select(c => (c.Partner, c.Weight, CounterOf(leg, c.Partner, outcome.At)))],
            leg.Credits[0].Total);
        long due = shares.Sum(static s => s.Amount);
        if (leg.Standing != Standing.Qualified)
        {
            Hold(known, leg, outcome, due);
            return;
        }

        Pay(known, leg, outcome, (value, truth.KeptQuantity), shares);
    }

    private void Hold(OracleOutcome known, OracleLeg leg, Outcome outcome, long expected)
    {
        OracleBudget[] all = [.. BudgetsOf(outcome.At)];
        string key = $"{leg.Key}|{outcome.Id}";
        if (expected > 0 && Array.Exists(all, b =>
            !b.IsHeldBy(key) && !b.HasRoomFor(expected, known.TouchedAt)))
        {
            Release(leg, outcome);
            leg.Reject(OracleCodes.OverBudget);
            return;
        }

        leg.Expected = expected;
        foreach (OracleBudget budget in all)
        {
            if (budget.HeldBy(key) > expected)
            {
                budget.Release(key);
            }

            if (!budget.IsHeldBy(key) && expected > 0)
            {
                budget.Reserve(key, expected);
            }
        }
    }

    private void Reject(OracleOutcome known, string why)
    {
        ReleaseOthers(known.Legs, [], known.Outcome!);
        known.Legs = [];
        known.Standing = Standing.Rejected;
        known.Why = why;
        known.MayComeBack = why == OracleCodes.Retracted;
    }
}
