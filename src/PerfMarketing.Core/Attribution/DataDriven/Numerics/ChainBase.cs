namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>What is to be expected from each state on, nothing being removed.</summary>
/// <param name="Conversion">The probability of converting.</param>
/// <param name="Value">The value.</param>
/// <param name="Steps">The states that are still entered, this one included.</param>
/// <param name="Residual">The greatest residual of the conversions' equations.</param>
internal sealed record ChainBase(double[] Conversion, double[] Value, double[] Steps, double Residual)
{
    /// <summary>The most steps that are to be expected from any state.</summary>
    internal double StepsMax => Steps.Length == 0 ? 0 : Steps.Max();
}
