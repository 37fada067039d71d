namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>What is to be expected from each state on, nothing being removed.</summary>
/// <param name="Conversion">The probability of converting.</param>
/// <param name="Value">The value.</param>
/// <param name="Steps">The states that are still entered, this one included.</param>
/// <param name="Lack">
/// What the equations of conversions lack, each as often as a journey enters its state: so far conversions may be off
/// at the starts, and those of journeys that come to some states, at all of these together.
/// </param>
internal sealed record ChainBase(double[] Conversion, double[] Value, double[] Steps, double Lack)
{
    /// <summary>The most steps that are to be expected from any state.</summary>
    internal double StepsMax
    {
        get
        {
            double most = 0;
            foreach (double steps in Steps)
            {
                most = Math.Max(most, steps);
            }

            return most;
        }
    }
}
