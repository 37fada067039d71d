using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;

namespace PerfMarketing.Testing.Pacing;

/// <summary>One flight of a budget of results, by half hours.</summary>
internal sealed class LateResultsRun
{
    private const long Payout = 1_000;
    private const long Limit = LateResultsSimulation.Results * Payout;
    private const int StepsPerDay = 48;
    private const int Steps = LateResultsSimulation.Days * StepsPerDay;

    // Long enough for nearly all results; what comes later still counts on the last day.
    private const int Horizon = 400 * StepsPerDay;

    private static readonly Duration Step = Duration.FromMinutes(30);

    private readonly LateResultsRule rule;
    private readonly ResultDelays delays;
    private readonly SeededRandom random;
    private readonly BudgetCounter counter = new(Limit);
    private readonly double[] matureBy = new double[Steps + 1];
    private readonly int[] resultsAt = new int[Horizon];
    private readonly int[] reversalsAt = new int[Horizon];
    private readonly InFlightCohort[] cohorts = new InFlightCohort[Steps];
    private double due;

    internal LateResultsRun(LateResultsRule rule, ResultDelays delays, DelayCurve known, SeededRandom random)
    {
        this.rule = rule;
        this.delays = delays;
        this.random = random;
        for (int i = 0; i <= Steps; i++)
        {
            // A cohort's clicks came over half an hour: half of it on average.
            matureBy[i] = known.Before((Step * i) - (Step / 2));
        }
    }

    internal double Demand { get; init; }

    internal int Paid { get; private set; }

    internal int Reversed { get; private set; }

    internal int Unpaid { get; private set; }

    internal void Run()
    {
        for (int i = 0; i < Horizon; i++)
        {
            for (; reversalsAt[i] > 0; reversalsAt[i]--)
            {
                counter.Release(Payout);
                Reversed++;
            }

            for (; resultsAt[i] > 0; resultsAt[i]--)
            {
                Come(i);
            }

            if (i < Steps)
            {
                Buy(i);
            }
        }
    }

    private void Come(int at)
    {
        if (rule == LateResultsRule.HardStop && counter.Available < Payout)
        {
            Unpaid++;
            return;
        }

        counter.Settle(rule == LateResultsRule.FullPayout ? Payout : 0, Payout);
        Paid++;
        if (random.Happens(LateResultsSimulation.ReversedPerMille))
        {
            int after = StepsPerDay * 7;
            reversalsAt[Math.Min(Horizon - 1, at + after + random.Below(after))]++;
        }
    }

    private void Buy(int at)
    {
        due += LateResultsSimulation.Results / LateResultsSimulation.Rate * Demand / Steps;
        int clicks = (int)due;
        due -= clicks;
        (double used, double each) = Used(at);
        long room = Limit * (at + 1) / Steps;
        int bought = 0;
        while (bought < clicks && Fits(used + (bought * each), room))
        {
            bought++;
        }

        cohorts[at] = new(bought, 0);
        for (int i = 0; i < bought; i++)
        {
            if (random.Uniform() < LateResultsSimulation.Rate)
            {
                double steps = (delays.Next(random) / Step) + random.Uniform();
                resultsAt[(int)Math.Min(Horizon - 1, at + Math.Max(1, steps))]++;
            }
        }
    }

    // A payout set aside for a click without a result is not freed within the flight: nobody knows that none will come.
    private bool Fits(double used, long room) => rule == LateResultsRule.FullPayout
        ? counter.TryReserve(Payout, room)
        : used + Payout <= room;

    // What counts as used, and how much more of it each further click is.
    private (double Used, double Each) Used(int at)
    {
        if (rule is LateResultsRule.Committed or LateResultsRule.HardStop or LateResultsRule.FullPayout)
        {
            return (counter.Used, 0);
        }

        for (int i = 0; i < at; i++)
        {
            cohorts[i] = cohorts[i] with { Mature = matureBy[at - i] };
        }

        ReadOnlySpan<InFlightCohort> bought = cohorts.AsSpan(0, at);
        ResultRate rate = ResultRate.Of(Paid, bought);
        InFlightCost coming = InFlightCost.Of(bought, rate.Mean, Payout, Paid);
        double each = rate.Mean * Payout;
        const double Kept = 1 - (LateResultsSimulation.ReversedPerMille / 1_000d);
        return rule switch
        {
            LateResultsRule.Guarded => (counter.Used + coming.Guarded, each),
            LateResultsRule.NetOfReversals => (((Paid * Payout) + coming.Expected) * Kept, each * Kept),
            _ => (counter.Used + coming.Expected, each),
        };
    }
}
