using NodaTime;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Oracle;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Tallies;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// Whether tallies telescope, in every world: what was counted before is what was counted before, and what was posted
/// for a period is its P, rounded once, after each commit.
/// </summary>
internal sealed class TallyChecks(WorldPlan world, Violations violations)
{
    private const int Grid = 12;

    private readonly Dictionary<(string Contract, string Clause, string Partner, string Period), Running> sums = [];
    private readonly List<Earning> earnings = [];
    private readonly List<Running> touched = [];

    public void Take(Earning earning) => earnings.Add(earning);

    /// <summary>Whether the tally that a booking opens has counted anything.</summary>
    public bool HasBegun(ManualEarning opening) => sums.ContainsKey(KeyOf(opening));

    /// <summary>After all earnings of a commit, which may stand in several streams.</summary>
    public void End(CampaignRecord[] records)
    {
        if (earnings.Count == 0)
        {
            CountAgain(records);
            return;
        }

        if (earnings.Count > 1)
        {
            // Who shares a tally in one commit stands in several streams: what was counted before says the order.
            earnings.Sort(static (left, right) => left.Before.Count.CompareTo(right.Before.Count));
        }

        foreach (Earning earning in earnings)
        {
            Count(earning);
        }

        CountAgain(records);
        foreach (Running running in touched)
        {
            Check(running);
        }

        earnings.Clear();
        touched.Clear();
    }

    // What crossing a tier posts, and what corrections move where tallies are evaluated again.
    private void CountAgain(CampaignRecord[] records)
    {
        foreach (CampaignRecord record in records)
        {
            if (record is ManualEntry { Source.Tally: not null } opened)
            {
                Open(opened);
            }
            else if (record is Repricing repricing
                && sums.TryGetValue(KeyOf(repricing, repricing.TallyPeriod), out Running? running))
            {
                running.Now += repricing.Counted;
                running.Posted += repricing.Correction is null ? Uncut(repricing, repricing.Lines) : 0;
                running.Unpriced += Rational.Of(
                    repricing.Lines.Where(static l => l.Code == "unpriced").Sum(static l => l.Amount.Amount));
                running.IsEvaluatedAgain |= repricing.Correction is not null;
            }
        }
    }

    // What another system had counted is where counting begins, in the month of its own instant.
    private void Open(ManualEntry opened)
    {
        Tally counted = opened.Source.Tally!.Counted;
        var key = KeyOf(opened.Source);
        violations.Require(
            opened.TallyPeriod == key.Period && opened.TallyScope == (key.Partner == "*" ? TallyScope.Contract
                : TallyScope.Partner),
            $"I2: {opened.Id} opens {opened.TallyPeriod} for {opened.TallyScope}, not {key}");
        bool isFirst = !sums.TryGetValue(key, out Running? running)
            || running.Now == Tally.Zero(opened.Amount.Currency);
        violations.Require(isFirst, $"I2: {opened.Id} opens {key}, which holds {running?.Now}");
        sums[key] = new() { Now = counted, IsEvaluatedAgain = running?.IsEvaluatedAgain == true };
    }

    private void Count(Earning earning)
    {
        if (ClauseOf(earning) is not { } clause)
        {
            return;
        }

        var key = KeyOf(earning, earning.TallyPeriod);
        if (!sums.TryGetValue(key, out Running? running))
        {
            sums.Add(key, running = new() { Now = Tally.Zero(earning.Amount.Currency) });
        }

        violations.Require(
            running.Now == earning.Before,
            $"I2: before {earning.Id} there was {running.Now}, and it says {earning.Before}");

        // Each version has a P of its own: it begins where the one before ended.
        if (running.Clause != clause)
        {
            (running.Clause, running.Base, running.PostedBefore, running.Steps) =
                (clause, running.Now, running.Posted, 0);
            running.Unpriced = default;
        }

        running.Now += earning.Counted;
        running.Posted += Uncut(earning, earning.Lines);
        running.Steps++;
        if (!touched.Contains(running))
        {
            touched.Add(running);
        }
    }

    private void Check(Running running)
    {
        ClausePlan clause = running.Clause!;
        if (!clause.IsCumulative || running.IsEvaluatedAgain)
        {
            return;
        }

        var now = Rational.Of(running.Now.Accrued.Amount);
        var then = Rational.Of(running.Base.Accrued.Amount);
        long due = (long)(now.Round(world.Digits, clause.Mode) - then.Round(world.Digits, clause.Mode));
        violations.Require(
            running.Posted - running.PostedBefore == due,
            $"I2: {clause.Id} posted {running.Posted - running.PostedBefore}, and P is {due}: {running.Now}");
        violations.Require(now.Sign >= 0, $"I2: {clause.Id} fell below nothing: {running.Now}");
        if (TotalOf(clause.Model, running.Now) is { } after && TotalOf(clause.Model, running.Base) is { } before)
        {
            // Each step of P is kept with so many decimals, and so are the parts of units and values. What others had
            // priced lower falls to what these terms pay for it, and no less.
            Rational drift = now - then - (after - before) - running.Unpriced;
            Rational most = new Rational(running.Steps, Rational.Ten(Grid))
                * (clause.Model.IsTiered ? Rational.One : Rational.One + Rational.Of(clause.Model.Rate));
            violations.Require(
                drift <= most && Rational.Zero - drift <= most,
                $"I2: {clause.Id} accrued {drift} too much: {running.Now}");
            violations.Require(
                running.Unpriced.Sign == 0 || now - after <= most,
                $"I2: {clause.Id} did not fall to {after}: {running.Now}");
        }
    }

    private static Rational? TotalOf(ModelPlan model, in Tally tally) => OraclePricing.Total(
        model, Rational.Of(tally.Quantity), Rational.Of(tally.Value.Amount));

    // What the terms alone pay, whatever budgets and limits had room for.
    private static long Uncut(LedgerEntry entry, ValueList<PayoutLine> lines)
    {
        decimal cut = 0;
        foreach (PayoutLine line in lines)
        {
            cut += line.Code is "over-budget" or "over-limit" or "unpaid" ? line.Amount.Amount : 0;
        }

        return cut == 0
            ? entry.Amount.MinorUnits
            : entry.Amount.MinorUnits - Monetary.Money.Of(cut, entry.Amount.Currency).MinorUnits;
    }

    private ClausePlan? ClauseOf(LedgerEntry entry)
    {
        foreach (ContractPlan contract in world.Contracts)
        {
            if (contract.Version == entry.Version && contract.Id == entry.Contract.Value)
            {
                return Array.Find(contract.Clauses, c => c.Id == entry.Clause.Value);
            }
        }

        return null;
    }

    private (string Contract, string Clause, string Partner, string Period) KeyOf(ManualEarning opening)
    {
        ContractPlan contract = world.InForce(opening.Contract.Value, opening.At)!;
        string clause = opening.Tally!.Clause.Value;
        bool isTogether = Array.Find(contract.Clauses, c => c.Id == clause)!.Together;
        LocalDate day = opening.At.InZone(DateTimeZoneProviders.Tzdb[contract.Zone]).Date;
        return (contract.Id, clause, isTogether ? "*" : opening.Partner.Value, OracleStatements.NameOf(day));
    }

    private (string Contract, string Clause, string Partner, string Period) KeyOf(LedgerEntry entry, string period) => (
        entry.Contract.Value,
        entry.Clause.Value,
        ClauseOf(entry) is { Together: true } ? "*" : entry.Partner.Value,
        period);

    /// <summary>What was counted and posted in one period.</summary>
    private sealed class Running
    {
        public Tally Now { get; set; }

        public long Posted { get; set; }

        /// <summary>The clause of the version that counts now; what stood when it began.</summary>
        public ClausePlan? Clause { get; set; }

        public Tally Base { get; set; }

        public long PostedBefore { get; set; }

        public int Steps { get; set; }

        /// <summary>What of falls since then was never priced.</summary>
        public Rational Unpriced { get; set; }

        /// <summary>Whether corrections moved the tally: what they posted is checked by what they take back.</summary>
        public bool IsEvaluatedAgain { get; set; }
    }
}
