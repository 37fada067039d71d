using System.Globalization;
using PerfMarketing.Monetary;

// Runs against the packed packages, as a user of them would.
Money fee = 4.50m.Eur + 80.Eur;
Check(fee.ToString(), "84.50 EUR");
Check(12.Percent.ToString(), "12%");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The packages work: {fee}."));

static void Check(string actual, string expected)
{
    if (actual != expected)
    {
        throw new InvalidOperationException($"Expected {expected}, found {actual}.");
    }
}
