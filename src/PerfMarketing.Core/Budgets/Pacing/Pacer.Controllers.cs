namespace PerfMarketing.Budgets.Pacing;

/// <content>The modes that steer by what was spent.</content>
public sealed partial class Pacer
{
    private const double Gain = 12;
    private const double GainOfSum = 0.08;
    private const double SumMax = 20;

    // Keeps what is stored above zero, which stands for nothing stored.
    private const double Offset = SumMax + 1;

    // The error is what should be used by now less what is used, as a part of the budget.
    private PacePlan ByFeedback(in Minute minute)
    {
        double limit = Math.Max(1, counter.Limit);
        double error = minute.Share - ((minute.Used + ExpectedInFlight) / limit);

        // What has been added up stays within bounds, so that a long lack of traffic is not paid back in one go. It is
        // stored with an offset, as a state has no negative numbers.
        double sum = control > 0 ? control - Offset : 0;
        sum = Math.Clamp(sum + (minute.IsAgain ? 0 : error), -SumMax, SumMax);
        control = sum + Offset;
        double start = limit / forecast.ExpectedCost;
        double pass = Math.Clamp(start * Math.Exp((Gain * error) + (GainOfSum * sum)), 0.0001, 1);
        return new() { PassRate = pass };
    }

    // A price on money: a request is bought when it is worth more than its cost at that price.
    private PacePlan ByPrice(in Minute minute)
    {
        if (values.Mass <= 0 || values.Mass < ValuedRequestsMin * UnitCost)
        {
            return ByForecast(minute);
        }

        double perMinute = counter.Limit * MinuteShare(minute);
        double meant = minute.Left * (minute.ShareNext - minute.Share) / Math.Max(1e-9, 1 - minute.Share);
        if (control <= 0)
        {
            (int bin, _) = values.Best(Math.Min(1, minute.Left / (forecast.ExpectedCost * RestOf(minute.Share))));
            control = ValueHistogram.LowOf(Math.Max(1, bin));
        }
        else if (!minute.IsAgain)
        {
            double spent = ((double)minute.Used - usedBefore) / elapsed;
            double step = 0.06 * (spent - meant) / Math.Max(1e-9, perMinute);
            control *= Math.Exp(Math.Clamp(step, -0.5, 0.5));
        }

        return new()
        {
            IsByValue = true,
            Threshold = control,
            ThresholdAbove = control,
            PassRate = values.PartFrom(control),
        };
    }

    private double MinuteShare(in Minute minute) =>
        (minute.Until - minute.From).TotalMinutes / forecast.Window.Length.TotalMinutes;
}
