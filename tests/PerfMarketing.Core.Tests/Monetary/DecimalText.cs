using System.Globalization;

namespace PerfMarketing.Tests.Monetary;

internal static class DecimalText
{
    /// <summary>The number of a theory row, which attributes cannot hold as a decimal.</summary>
    internal static decimal AsDecimal(this string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
